import type { CheckPass } from '../judgement/check-pass.ts';
import type { FreshnessBounds } from '../judgement/pass-time.ts';
import { dateIn } from '../kernel/calendar-date.ts';
import type { Vocabulary } from '../kernel/claims.ts';
import { Fault } from '../kernel/fault.ts';
import type { Mint } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import { decide } from './decide.ts';
import { gather } from './gather.ts';
import { type Question, type ReadQuestion, readQuestion } from './question.ts';
import { type RecordStores, record } from './record.ts';
import type { Answer } from './verification.ts';

export interface VerifyNeeds {
  readonly transact: Transact<RecordStores>;
  readonly world: World;
  readonly mint: Mint;
  readonly vocabulary: Vocabulary;
  readonly timeZone: string;
  /** Checks the signatures of a pass by the directory. */
  readonly checkPass: CheckPass;
  /** How old the showing of a pass may be. */
  readonly freshness: FreshnessBounds;
  /** Milliseconds for which a spent pass is remembered after it has expired. */
  readonly rememberSpent: number;
  /** Tells that something happened to presentations. */
  readonly ring: (presentations: readonly string[]) => void;
}

/**
 * Answers a set of questions in one transaction: the answer is given when spending, rows and events are committed.
 * Of several questions about one ticket exactly one is approved, in this set and across all of them. A question that
 * may not be asked, or misuses its idempotency key, is answered by a `Fault` and takes nothing from the others.
 */
export async function verifyAll(
  needs: VerifyNeeds,
  questions: readonly Question[],
): Promise<readonly (Answer | Fault)[]> {
  const now = needs.world.now();
  const read = await Promise.all(questions.map((question) => readQuestion(question, needs.checkPass)));
  const { firsts, placeOf } = withoutRetries(read);

  const { answers, rung } = await needs.transact(async (stores) => {
    const gathered = await gather(stores, firsts, { now, today: dateIn(needs.timeZone, now) });

    const decisions = decide(firsts, gathered, { ...needs, now });

    return record(needs, stores, decisions, now);
  });
  needs.ring(rung);
  return read.map((question) => {
    const place = placeOf(question);
    const answer = answers[place];
    if (answer === undefined) throw new Error('a question was not answered');
    return firsts[place] === question ? answer : again(answer);
  });
}

/**
 * The questions of a set without those that are an earlier one again, by the same idempotency key and body; and where
 * among them each one's answer will be.
 */
function withoutRetries(read: readonly ReadQuestion[]): {
  firsts: readonly ReadQuestion[];
  placeOf: (question: ReadQuestion) => number;
} {
  const firsts: ReadQuestion[] = [];
  const places = new Map<ReadQuestion | string, number>();
  const nameOf = (question: ReadQuestion): ReadQuestion | string =>
    question.scope === null ? question : `${question.scope} ${question.bodyHash}`;
  for (const question of read) {
    if (!places.has(nameOf(question))) places.set(nameOf(question), firsts.push(question) - 1);
  }
  return { firsts, placeOf: (question) => places.get(nameOf(question)) ?? -1 };
}

function again(answer: Answer | Fault): Answer | Fault {
  return answer instanceof Fault ? answer : { ...answer, replayed: true };
}

/** The answer to one question of a set; throws what `verifyAll` answers as a `Fault`. */
export function answeredOrThrow(answer: Answer | Fault): Answer {
  if (answer instanceof Fault) throw answer;
  return answer;
}
