/**
 * What the phone shows before it is unlocked: a first name, what can be shown, and how many copies and passes are left.
 * No credential, no shop and no token is in it.
 */

import type { Claim } from '../../kernel/claims.ts';
import type { CredentialType } from '../../kernel/credential-type.ts';
import type { Lock } from './lock.ts';
import type { PassStock } from './passes/stock.ts';

/** Where it lies on the shelf. */
export const FACE = 'face';

/** A copy that was never shown. What it says lies sealed under its id. */
export interface StockedCopy {
  readonly id: string;
  readonly type: CredentialType;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface Face {
  readonly issuer: string;
  readonly wallet: string | null;
  readonly name: string | null;
  readonly lock: Lock;
  /** What the copies say of the holder that is true, identity by the names of its claims. */
  readonly claims: readonly Claim[];
  readonly stock: readonly StockedCopy[];
  /** Of each pass key how many are left; absent on a phone that never fetched any. */
  readonly passes?: readonly PassStock[];
  readonly changedAt: number;
}

/** Below this many copies of a type the phone fetches new ones. */
const FEW: Readonly<Record<CredentialType, number>> = { age: 8, status: 8, identity: 2 };
const DAY = 86_400_000;

/** The passes that are left, by claim and window. */
export function passesOf({ passes }: Face): readonly PassStock[] {
  return passes ?? [];
}

/** The unused copies of a type that are still good, those that expire first in front. */
export function copiesLeft({ stock }: Face, type: CredentialType, now: Date): readonly StockedCopy[] {
  return stock
    .filter((copy) => copy.type === type && copy.expiresAt > now.getTime())
    .sort((a, b) => a.expiresAt - b.expiresAt);
}

/** The face without one copy, so that it is never taken again. */
export function withoutCopy(face: Face, id: string, now: Date): Face {
  return { ...face, stock: face.stock.filter((copy) => copy.id !== id), changedAt: now.getTime() };
}

/** The types of which few copies are left, or of which the copies end within two days. */
export function runningLow(face: Face, now: Date): readonly CredentialType[] {
  const types = [...new Set(face.claims.map(typeShowing))];
  return types.filter((type) => {
    const lasting = copiesLeft(face, type, new Date(now.getTime() + 2 * DAY));
    return lasting.length < FEW[type];
  });
}

/** The type whose copies show a claim. */
export function typeShowing(claim: Claim): CredentialType {
  if (claim.startsWith('age_over_')) return 'age';
  return claim.startsWith('status_') ? 'status' : 'identity';
}
