import { checkDigitsHold, withCheckDigits } from '../formats/digits.ts';
import type { Claim } from '../kernel/claims.ts';
import type { Asked } from './policy.ts';
import { SAMPLE_PERSON } from './sample-person.ts';
import { type AnsweredClaims, type Reason, refusal, type Verdict } from './verdict.ts';

export type TestOutcome = 'approved' | Reason;

/** The number of each outcome in a test token. It is printed in integrators' documents, so it never changes. */
const NUMBER = {
  approved: 0,
  malformed_token: 1,
  unknown_token: 2,
  expired: 3,
  not_yet_valid: 4,
  already_used: 5,
  claim_not_presented: 6,
  claim_not_satisfied: 7,
  bad_signature: 8,
  unknown_issuer: 9,
  suspended: 10,
  revoked: 11,
} as const satisfies Record<TestOutcome, number>;

export const TEST_OUTCOMES = Object.keys(NUMBER) as readonly TestOutcome[];

/** The test token of an outcome: `9`, the outcome's number in 2 digits, 29 zeros and 2 check digits. */
export function testToken(outcome: TestOutcome): string {
  return withCheckDigits(`9${String(NUMBER[outcome]).padStart(2, '0')}${'0'.repeat(29)}`);
}

/** The outcome that a test token stands for; null if it is not one. */
export function readTestToken(digits: string): TestOutcome | null {
  if (!checkDigitsHold(digits)) return null;
  return TEST_OUTCOMES.find((outcome) => testToken(outcome) === digits) ?? null;
}

/** The answer to a test token: what was asked, about a made-up person, or the refusal it stands for. */
export function testVerdict(outcome: TestOutcome, asked: Asked): Verdict {
  if (outcome !== 'approved') return refusal(outcome, asked.otherProof);
  const names: readonly Claim[] = asked.portrait ? [...asked.claims, 'portrait'] : asked.claims;
  const samples: AnsweredClaims = SAMPLE_PERSON;
  const claims = Object.fromEntries(names.map((name) => [name, samples[name] ?? true])) as AnsweredClaims;
  return { outcome, nextStep: asked.portrait ? 'compare_portrait' : 'sell', claims };
}
