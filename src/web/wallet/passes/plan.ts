/**
 * What to fetch, and whether it is time. Decided by the directory, the holder's claims, the clock and a draw, and by
 * what was fetched before: never by what was shown, so that nobody who sees the requests learns of a showing.
 */

import type { SeenKey } from '../../../formats/pass-directory.ts';
import { fromBase64url, hex } from '../../../kernel/bytes.ts';
import type { Claim } from '../../../kernel/claims.ts';
import { type Draw, windowLength } from './draws.ts';

/** A key that passes are to be fetched for. */
export interface PlannedKey {
  /** 8 hexadecimal digits. */
  readonly keyId: string;
  readonly claim: Claim;
  /** Unix seconds. */
  readonly notBefore: number;
  readonly expiresAt: number;
}

export interface PlanInput {
  readonly seen: readonly SeenKey[];
  readonly draws: readonly Draw[];
  /** All that the holder can show; identity has no passes. */
  readonly claims: readonly Claim[];
  /** Key ids that were answered before, however many passes are left of them. */
  readonly had: ReadonlySet<string>;
}

const ID_LENGTH = 4;
const SECOND = 1_000;

/**
 * The keys to fetch for now, each in the full number; empty where it is not time. A phone that was never answered for
 * the current window fetches for it and for the next; else the next is fetched for once its drawn time has come.
 * What was begun is finished.
 */
export function stockPlan({ seen, draws, claims, had }: PlanInput, now: Date): readonly PlannedKey[] {
  const own = seen.filter((key) => !key.withdrawn && claims.some((claim) => claim === key.claim));
  const seconds = now.getTime() / SECOND;
  const current = own.filter((key) => covers(key, seconds)).map(planned);
  const next = own.filter((key) => covers(key, seconds + windowLength(key))).map(planned);

  const missing = (keys: readonly PlannedKey[]) => keys.filter(({ keyId }) => !had.has(keyId));
  const begun = next.some(({ keyId }) => had.has(keyId));
  const due = next.some(({ notBefore }) => draws.some((one) => one.window === notBefore && isPast(one, now)));
  const withNext = missing(current).length > 0 || begun || due;
  return [...missing(current), ...(withNext ? missing(next) : [])];
}

/** Whether there is anything to fetch; also where the phone was away for so long that it knows no key of today. */
export function isTimeToStock(input: PlanInput, now: Date): boolean {
  const known = input.seen.some((key) => covers(key, now.getTime() / SECOND));
  return input.seen.length > 0 && (!known || stockPlan(input, now).length > 0);
}

/** The id of a key that was seen: the beginning of its hash. */
export function keyIdOf({ hash }: Pick<SeenKey, 'hash'>): string {
  return hex(fromBase64url(hash)?.subarray(0, ID_LENGTH) ?? new Uint8Array());
}

function planned(key: SeenKey): PlannedKey {
  const { claim, notBefore, expiresAt } = key;
  return { keyId: keyIdOf(key), claim: claim as Claim, notBefore, expiresAt };
}

function covers(key: SeenKey, seconds: number): boolean {
  return key.notBefore <= seconds && seconds < key.notBefore + windowLength(key);
}

function isPast({ at }: Draw, now: Date): boolean {
  return at <= now.getTime();
}
