import { notJudged } from '../../sdk/answer.ts';
import type { EmbeddedAnswer } from '../../sdk/embed-messages.ts';
import type { createVerification } from '../../verification/endpoints.ts';
import type { Call, Outcome } from '../api/client.ts';
import { resultOf } from './result.ts';
import type { Session } from './session.ts';
import type { Event, Question } from './till-state.ts';

/** Milliseconds until a till no longer waits: somebody stands there. */
const PATIENCE = 6_000;

/** What came of a question: an event for the till, or that the till is no longer let in. */
export type Came = Event | 'shut_out';

/** Asks the service. The question's key makes it safe to ask again: an approval stays one. */
export async function ask(call: Call, session: Session, question: Question) {
  const { token, policies, reference, key, scannedAt } = question;
  return call<typeof createVerification>('POST /v1/verifications', {
    token: session.token,
    headers: { 'idempotency-key': key },
    timeout: PATIENCE,
    body: {
      token,
      ask: { policies: [...policies] },
      scanned_at: scannedAt.toISOString(),
      ...(reference !== null && { reference }),
    },
  });
}

/** What an outcome means at the till. It sells on an approval of the service and on nothing else. */
export function cameOf(outcome: Outcome<typeof createVerification>, key: string): Came {
  if (outcome.kind === 'lost') return { type: 'lost', key, why: outcome.why, retryAfter: null };
  if (outcome.kind === 'answered') {
    const { body } = outcome;
    return { type: 'answered', key, approved: body.outcome === 'approved', result: resultOf(body) };
  }
  const { problem, retryAfter } = outcome;
  if (problem.code === 'unauthenticated') return 'shut_out';
  if (problem.code === 'claim_not_permitted') return { type: 'not_asked', key, why: 'not_permitted' };
  if (problem.code === 'unknown_policy') return { type: 'not_asked', key, why: 'unknown_policy' };
  return { type: 'lost', key, why: 'busy', retryAfter };
}

/** What a web till is told of an outcome: the answer, or why none will come; null where it is asked again. */
export function answerIn(outcome: Outcome<typeof createVerification>): EmbeddedAnswer | null {
  if (outcome.kind === 'answered') return outcome.body;
  const code = outcome.kind === 'refused' ? outcome.problem.code : null;
  return code === 'claim_not_permitted' || code === 'unknown_policy' ? notJudged(code) : null;
}
