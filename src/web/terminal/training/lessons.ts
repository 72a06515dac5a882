/** What there is to practise: every screen that a scan can lead to, each once. */

import { type TestOutcome, testToken } from '../../../judgement/test-token.ts';
import type { PlainKey } from '../said.ts';

export interface Lesson {
  readonly id: string;
  /** What the screen says in large. */
  readonly title: PlainKey;
  /** Why it comes, and what the cashier does then. */
  readonly words: PlainKey;
  /**
   * The test codes that lead to it. Some reasons look the same at a till, so that nobody's standing is read off it:
   * they are one lesson, and a trainee learns no more of them than a cashier sees.
   */
  readonly outcomes: readonly [TestOutcome, ...TestOutcome[]];
  /** Whether it takes a question for a portrait. */
  readonly portrait: boolean;
}

export const LESSONS = [
  lesson('approved', 'train.approved', 'train.approved_words', ['approved']),
  { ...lesson('portrait', 'next.compare', 'train.portrait_words', ['approved']), portrait: true },
  lesson('used', 'result.used', 'train.used_words', ['already_used']),
  lesson('expired', 'result.expired', 'train.expired_words', ['expired']),
  lesson('not_yet', 'result.not_yet', 'train.not_yet_words', ['not_yet_valid']),
  lesson('unknown', 'result.unknown', 'train.unknown_words', ['unknown_token']),
  lesson('malformed', 'result.malformed', 'train.malformed_words', ['malformed_token']),
  lesson('not_presented', 'result.not_presented', 'train.not_presented_words', ['claim_not_presented']),
  lesson('not_confirmed', 'result.not_confirmed', 'train.not_confirmed_words', [
    'claim_not_satisfied',
    'suspended',
    'revoked',
  ]),
  lesson('not_trusted', 'result.not_trusted', 'train.not_trusted_words', ['bad_signature', 'unknown_issuer']),
] as const satisfies readonly Lesson[];

export type LessonId = (typeof LESSONS)[number]['id'];

/** The lesson that a test code is, by what was asked. */
export function lessonOf(outcome: TestOutcome, portrait: boolean): LessonId | null {
  const found = LESSONS.find((one: Lesson) => {
    return one.outcomes.includes(outcome) && (outcome !== 'approved' || one.portrait === portrait);
  });
  return found?.id ?? null;
}

/** The code of a lesson, as it is scanned. */
export function codeOf({ outcomes }: Lesson): string {
  return testToken(outcomes[0]);
}

function lesson<Id extends string>(id: Id, title: PlainKey, words: PlainKey, outcomes: Lesson['outcomes']) {
  return { id, title, words, outcomes, portrait: false };
}
