import { dateIn } from '../kernel/calendar-date.ts';
import type { Vocabulary } from '../kernel/claims.ts';
import { Fault } from '../kernel/fault.ts';
import type { Mint } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import { decide } from './decide.ts';
import { gather } from './gather.ts';
import { type Question, readQuestion } from './question.ts';
import { type RecordStores, record } from './record.ts';
import type { Answer } from './verification.ts';

export interface VerifyNeeds {
  readonly transact: Transact<RecordStores>;
  readonly world: World;
  readonly mint: Mint;
  readonly vocabulary: Vocabulary;
  readonly timeZone: string;
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
  const read = questions.map(readQuestion);

  const { answers, rung } = await needs.transact(async (stores) => {
    const gathered = await gather(stores, read, { now, today: dateIn(needs.timeZone, now) });

    const decisions = decide(read, gathered, { now, vocabulary: needs.vocabulary });

    return record(needs, stores, decisions, now);
  });
  needs.ring(rung);
  return answers;
}

/** The answer to one question of a set; throws what `verifyAll` answers as a `Fault`. */
export function answeredOrThrow(answer: Answer | Fault): Answer {
  if (answer instanceof Fault) throw answer;
  return answer;
}
