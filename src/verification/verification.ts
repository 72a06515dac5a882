import type { AnsweredClaims, NextStep, Reason, Verdict } from '../judgement/verdict.ts';
import type { Claim } from '../kernel/claims.ts';
import { isIdentity } from '../kernel/claims.ts';
import type { Id } from '../kernel/ids.ts';

/** Seconds for which an answer that tells who somebody is can be had again. */
export const IDENTITY_SECONDS = 60;
/** Seconds in which a scanner that fires twice gets the same approval again. */
export const REPEAT_SECONDS = 5;
/** Hours for which an idempotency key holds. */
export const IDEMPOTENCY_HOURS = 24;

/** One question and its answer, as it is kept: there is no person in it, and no claim's value. */
export interface Verification {
  readonly id: Id<'verification'>;
  readonly terminal: Id<'terminal'>;
  readonly retailer: Id<'retailer'>;
  readonly live: boolean;
  readonly outcome: 'approved' | 'refused';
  readonly reason: Reason | null;
  readonly nextStep: NextStep;
  /**
   * The claims that were asked, `portrait` included; the policies, if it was asked by them; and the discount codes
   * that these had then.
   */
  readonly asked: {
    readonly claims: readonly Claim[];
    readonly policies: readonly string[] | null;
    readonly discountCodes?: readonly string[];
  };
  readonly proof: 'ticket' | 'pass' | null;
  readonly presentedAt: Date | null;
  readonly checkedAt: Date;
  readonly freshness: 'fresh' | 'skewed' | null;
  readonly reference: string | null;
  readonly scannedAt: Date | null;
}

/** A verification with what a till is told of the claims. */
export interface Answer {
  readonly verification: Verification;
  readonly claims: AnsweredClaims;
  /** Whether claims that tell who somebody is were told once and are gone. */
  readonly claimsExpired: boolean;
  /** Whether it was given before. */
  readonly replayed: boolean;
}

/** The fields of a verification that its verdict decides. */
export function outcomeOf(verdict: Verdict): Pick<Verification, 'outcome' | 'reason' | 'nextStep'> {
  return verdict.outcome === 'approved'
    ? { outcome: 'approved', reason: null, nextStep: verdict.nextStep }
    : { outcome: 'refused', reason: verdict.reason, nextStep: verdict.nextStep };
}

/** The answer as it is first given. */
export function firstAnswer(verification: Verification, verdict: Verdict): Answer {
  const claims = verdict.outcome === 'approved' ? verdict.claims : {};
  return { verification, claims, claimsExpired: false, replayed: false };
}

/**
 * The answer as it is given again: an approval of ages and statuses tells them by their names; what tells who
 * somebody is comes from what was kept for a minute, or not at all.
 */
export function repeatedAnswer(verification: Verification, kept: AnsweredClaims | null): Answer {
  const approved = verification.outcome === 'approved';
  const asked = approved ? verification.asked.claims : [];
  const plain = asked.filter((claim) => !isIdentity(claim)).map((claim) => [claim, true] as const);
  const claimsExpired = asked.some(isIdentity) && kept === null;
  return { verification, claims: { ...Object.fromEntries(plain), ...kept }, claimsExpired, replayed: true };
}

/** The part of an approval that tells who somebody is; null if nothing does. */
export function identityPart(claims: AnsweredClaims): AnsweredClaims | null {
  const entries = Object.entries(claims).filter(([claim]) => isIdentity(claim as Claim));
  return entries.length === 0 ? null : Object.fromEntries(entries);
}
