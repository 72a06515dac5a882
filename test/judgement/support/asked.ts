/** Questions about age and status, and what a verdict comes to. */

import { type Asked, askedByClaims } from '../../../src/judgement/policy.ts';
import type { Verdict } from '../../../src/judgement/verdict.ts';
import type { Claim } from '../../../src/kernel/claims.ts';

export const NOW = new Date('2026-11-22T10:00:00Z');
export const SOON = new Date(NOW.getTime() + 1);

export const over18 = askedByClaims(['age_over_18'], false);

export function asking(...claims: Claim[]): Asked {
  return askedByClaims(claims, false);
}

export function reasonOf(verdict: Verdict): string {
  return verdict.outcome === 'approved' ? 'approved' : verdict.reason;
}

export function answersOf(verdict: Verdict): object {
  return verdict.outcome === 'approved' ? verdict.claims : {};
}
