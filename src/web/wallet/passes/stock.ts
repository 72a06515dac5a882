/** How many passes are left, by claim and window. Pure; it is part of the face, which anybody may see. */

import type { Claim } from '../../../kernel/claims.ts';
import type { PlannedKey } from './plan.ts';

/** The passes of one key. The last `left` numbers of them, from 0, were not shown yet. */
export interface PassStock extends PlannedKey {
  /** `asked`: a request is out whose answer is not known. `had`: answered, and never asked for again. */
  readonly state: 'asked' | 'had';
  readonly left: number;
}

const SECOND = 1_000;

/** What of a claim can be shown now, the passes of the current window in front of those of the one before. */
export function usable(stock: readonly PassStock[], claim: Claim, now: Date): readonly PassStock[] {
  const seconds = now.getTime() / SECOND;
  return stock
    .filter((one) => one.claim === claim && one.left > 0)
    .filter(({ notBefore, expiresAt }) => notBefore <= seconds && seconds < expiresAt)
    .sort((a, b) => b.notBefore - a.notBefore);
}

/** How many times a claim can be shown without a network. */
export function passesLeft(stock: readonly PassStock[], claim: Claim, now: Date): number {
  return usable(stock, claim, now).reduce((sum, { left }) => sum + left, 0);
}

/** Whether there is any pass that can be shown now. */
export function anyLeft(stock: readonly PassStock[], now: Date): boolean {
  return stock.some(({ claim }) => passesLeft(stock, claim, now) > 0);
}

/** The ids of keys that need not be asked again. */
export function hadKeys(stock: readonly PassStock[]): ReadonlySet<string> {
  return new Set(stock.filter(({ state }) => state === 'had').map(({ keyId }) => keyId));
}

/** The stock with one key's entry in place of what it was. */
export function withStock(stock: readonly PassStock[], entry: PassStock): readonly PassStock[] {
  return [...stock.filter(({ keyId }) => keyId !== entry.keyId), entry];
}

/** Whether the passes of a key are over. */
export function isOver({ expiresAt }: PassStock, now: Date): boolean {
  return expiresAt * SECOND <= now.getTime();
}
