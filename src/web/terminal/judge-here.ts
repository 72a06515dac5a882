import type { OfflineAnswer } from '../../sdk/answer.ts';
import type { VerifierStatus } from '../../sdk/verifier.ts';
import { needsNetwork, type OfflineJudge, type Ready } from './offline.ts';
import { resultOf } from './result.ts';
import type { Judgement, Question } from './till-state.ts';

interface Here {
  readonly judgement: Judgement;
  /** What the verifier itself answered; null where there was none. */
  readonly answer: OfflineAnswer | null;
}

/** Judges a question at the till itself. Where that fails nothing is judged, and nothing is sold. */
export async function judgeHere(judge: () => Promise<OfflineJudge>, question: Question): Promise<Here> {
  const { token, policies, reference } = question;
  try {
    const { verifier } = await judge();
    const about = reference === null ? {} : { reference };
    const answer = await verifier.verify({ token, ask: { policies }, ...about });
    return { judgement: judgementOf(answer), answer };
  } catch {
    return { judgement: { came: 'nothing' }, answer: null };
  }
}

function judgementOf(answer: OfflineAnswer): Judgement {
  if (answer.outcome !== 'not_judged') {
    return { came: 'answer', approved: answer.outcome === 'approved', result: resultOf(answer) };
  }
  if (answer.code === 'claim_not_permitted') return { came: 'not_asked', why: 'not_permitted' };
  if (answer.code === 'unknown_policy') return { came: 'not_asked', why: 'unknown_policy' };
  return { came: needsNetwork(answer.code) ? 'needs_network' : 'nothing' };
}

/** Until when a till can judge by itself, or null. */
export function statusOf(status: VerifierStatus): Ready | null {
  return status.ready ? { staleAt: status.staleAt, expiresAt: status.expiresAt } : null;
}
