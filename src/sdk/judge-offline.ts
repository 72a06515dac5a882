import type { Pass } from '../formats/pass.ts';
import { type CheckedPass, passChecker } from '../judgement/check-pass.ts';
import { judge } from '../judgement/judge.ts';
import { freshnessOf } from '../judgement/pass-time.ts';
import { readToken } from '../judgement/read-token.ts';
import { testVerdict } from '../judgement/test-token.ts';
import type { TrustBundle } from '../judgement/trust-bundle.ts';
import type { Verdict } from '../judgement/verdict.ts';
import { base64url } from '../kernel/bytes.ts';
import type { World } from '../kernel/world.ts';
import { type About, answerOf, notJudged, type OfflineAnswer, type OfflineJudged } from './answer.ts';
import { type Ask, readAsk } from './read-ask.ts';
import type { Outcome, Store } from './store.ts';

/** What a verifier judges with. */
export interface Inner {
  readonly store: Store;
  readonly world: World;
  /** The last approvals, by their questions. */
  readonly recent: Map<string, { readonly answer: OfflineJudged; readonly at: number }>;
}

export interface Question {
  readonly token: string;
  readonly ask: Ask;
  readonly portrait?: boolean;
  readonly reference?: string;
}

const ID_LENGTH = 16;
/** Milliseconds in which a scanner that fires twice hears the same approval. */
const REPEAT = 5_000;
/** Milliseconds after its key's end for which a pass is remembered as spent: clocks are set back. */
const REMEMBER = 7 * 86_400_000;

/** Judges one question by a bundle that holds. */
export async function judgeOffline(
  inner: Inner,
  bundle: TrustBundle,
  question: Question,
  now: Date,
): Promise<OfflineAnswer> {
  const { token, ask, portrait = false, reference } = question;
  const asked = readAsk(bundle, ask, portrait);
  if (typeof asked === 'string') return notJudged(asked);
  const stale = now >= bundle.staleAt;
  const about: About = { asked, now, live: bundle.live, stale, reference: reference ?? null };
  const read = readToken(token, bundle.live);
  if (read.kind === 'ticket') return notJudged('needs_network');
  if (read.kind === 'test') {
    const proof = read.outcome === 'malformed_token' ? null : 'ticket';
    return answerOf(testVerdict(read.outcome, asked), about, { proof, freshness: null });
  }
  if (read.kind === 'pass') return judgePass(inner, bundle, about, { pass: read.pass, ask });
  if (readToken(token, !bundle.live).kind !== 'malformed') return notJudged('test_mode');
  return answerOf(judge({ kind: 'malformed' }, asked, now), about, { proof: null, freshness: null });
}

interface Scanned {
  readonly pass: Pass;
  readonly ask: Ask;
}

async function judgePass(
  inner: Inner,
  bundle: TrustBundle,
  about: About,
  { pass, ask }: Scanned,
): Promise<OfflineAnswer> {
  const { store, recent } = inner;
  const { asked, now, reference } = about;
  const checked = await checkerOf(bundle)(pass);
  const same = reference ? JSON.stringify([checked.mark, ask, asked.portrait, reference]) : null;
  const earlier = same === null ? undefined : recent.get(same);
  if (earlier !== undefined && now.getTime() - earlier.at <= REPEAT) return earlier.answer;

  const judged = (state: 'open' | 'spent'): Verdict =>
    judge({ ...checked.shown, state }, asked, now, bundle.freshness);
  const first = judged((await store.isSpent(checked.mark)) ? 'spent' : 'open');
  const outcome = (verdict: Verdict): Outcome => outcomeOf(inner, bundle, verdict, { pass, checked, now });
  const lastsUntil = checked.shown.window?.expiresAt.getTime() ?? now.getTime();
  const spent = { mark: checked.mark, until: lastsUntil + REMEMBER };
  const won = first.outcome === 'approved' && (await store.spend(spent, outcome(first)));
  const verdict = first.outcome === 'approved' && !won ? judged('spent') : first;

  if (!won) await store.add(outcome(verdict));
  const age = freshnessOf(checked.shown.shownAt, now, bundle.freshness);
  const freshness = age === 'fresh' || age === 'skewed' ? age : null;
  const answer = answerOf(verdict, about, { proof: 'pass', freshness });
  if (won && same !== null) remember(recent, same, answer, now.getTime());
  return answer;
}

type CheckPass = ReturnType<typeof passChecker>;
const checkers = new WeakMap<TrustBundle, CheckPass>();

/** One checker for each bundle, which keeps the keys that it has imported. */
function checkerOf(bundle: TrustBundle): CheckPass {
  const known =
    checkers.get(bundle) ?? passChecker((id) => bundle.keys.find(({ keyId }) => keyId === id) ?? null);
  checkers.set(bundle, known);
  return known;
}

interface Seen {
  readonly pass: Pass;
  readonly checked: CheckedPass;
  readonly now: Date;
}

function outcomeOf(
  { world }: Inner,
  bundle: TrustBundle,
  verdict: Verdict,
  { pass, checked, now }: Seen,
): Outcome {
  return {
    id: base64url(world.random(ID_LENGTH)),
    bundle_version: bundle.version,
    key_id: pass.keyId,
    device_key_hash: checked.mark,
    checked_at: now.toISOString(),
    outcome: verdict.outcome,
    reason: verdict.outcome === 'approved' ? null : verdict.reason,
  };
}

function remember(recent: Inner['recent'], same: string, answer: OfflineJudged, at: number): void {
  for (const [key, before] of recent) if (at - before.at > REPEAT) recent.delete(key);
  recent.set(same, { answer, at });
}
