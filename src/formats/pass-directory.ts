/**
 * The directory of pass keys: one RSA key for each claim and window, the same for everybody. An operator who showed one
 * person a key of their own could know that person's passes again, so whoever reads a directory refuses one that lists
 * two keys for one claim and window, or that changes a key it has seen.
 */

import { base64url, fromBase64url } from '../kernel/bytes.ts';
import { type Claim, partsOf } from '../kernel/claims.ts';
import { readRsaSpki } from './blind-rsa/public-key.ts';
import { isJsonObject, type Json, member } from './json.ts';
import { passKeyId } from './pass.ts';
import { sha256 } from './sha.ts';

export const DIRECTORY_TYP = 'counterproof-pass-directory+jwt';

/** Seconds before its end from which a key may be left out: clocks differ. */
const SLACK = 3_600;

/** One key as the directory has it: times in Unix seconds, `spki` the DER in base64url. */
export interface ListedKey {
  /** 8 hexadecimal digits: the first 4 bytes of SHA-256 over the SPKI. */
  readonly key_id: string;
  readonly claim: string;
  readonly not_before: number;
  /** Exclusive. */
  readonly expires_at: number;
  readonly spki: string;
  /** A withdrawn key stays listed, and what it signed is good no more. */
  readonly withdrawn_at?: number;
}

/** A key of the directory: what it signs and when that is good, and its SPKI in DER. */
export interface DirectoryKey {
  readonly keyId: string;
  readonly claim: Claim;
  readonly notBefore: Date;
  /** Exclusive: the end of the window after, so that a phone that was offline overnight still works. */
  readonly expiresAt: Date;
  readonly spki: Uint8Array;
  readonly withdrawnAt: Date | null;
}

/** What is remembered of a key that was seen. */
export interface SeenKey {
  readonly claim: string;
  /** Unix seconds. */
  readonly notBefore: number;
  readonly expiresAt: number;
  /** SHA-256 over the SPKI, base64url: the id alone is short enough to be met by trying. */
  readonly hash: string;
  readonly withdrawn: boolean;
}

/**
 * The keys of a directory's `keys`, or null unless each is whole: an RSA key of the one kind, under its own id, for a
 * claim of age or status; no id twice, and no two keys for one claim and window.
 */
export function readListedKeys(value: Json | undefined): readonly DirectoryKey[] | null {
  if (!Array.isArray(value)) return null;
  const keys = value.map(readListedKey).filter((key) => key !== null);
  const places = new Set(keys.map((key) => placeOf(key.claim, unixSeconds(key.notBefore))));
  const ids = new Set(keys.map(({ keyId }) => keyId));
  return [keys.length, places.size, ids.size].every((count) => count === value.length) ? keys : null;
}

/** A key in the form of the directory. */
export function listedKey({
  keyId,
  claim,
  notBefore,
  expiresAt,
  spki,
  withdrawnAt,
}: DirectoryKey): ListedKey {
  return {
    key_id: keyId,
    claim,
    not_before: unixSeconds(notBefore),
    expires_at: unixSeconds(expiresAt),
    spki: base64url(spki),
    ...(withdrawnAt !== null && { withdrawn_at: unixSeconds(withdrawnAt) }),
  };
}

/**
 * What is to be remembered after a directory was seen: its keys, and those seen before that are not about to expire;
 * null if the directory changes a key that was seen, leaves one out before its time, or takes a withdrawal back.
 * `speaksOf` says which keys it would list, where it is a part of the whole.
 */
export function rememberKeys(
  seen: readonly SeenKey[],
  keys: readonly DirectoryKey[],
  now: Date,
  speaksOf: (seen: SeenKey) => boolean = () => true,
): readonly SeenKey[] | null {
  const fresh = new Map(keys.map((key) => [placeOf(key.claim, unixSeconds(key.notBefore)), seenKey(key)]));
  const current = seen.filter(({ expiresAt }) => expiresAt > unixSeconds(now) + SLACK);
  const kept = current.every((known) => {
    const shown = fresh.get(placeOf(known.claim, known.notBefore));
    if (shown === undefined) return !speaksOf(known);
    const same = shown.hash === known.hash && shown.expiresAt === known.expiresAt;
    return same && (shown.withdrawn || !known.withdrawn);
  });
  if (!kept) return null;
  const others = current.filter(({ claim, notBefore }) => !fresh.has(placeOf(claim, notBefore)));
  return [...others, ...fresh.values()];
}

function readListedKey(value: Json): DirectoryKey | null {
  if (!isJsonObject(value)) return null;
  const [spki, claim] = [bytesIn(value, 'spki'), claimIn(value)];
  const [notBefore, expiresAt] = [timeIn(value, 'not_before'), timeIn(value, 'expires_at')];
  if (spki === null || claim === null || notBefore === null || expiresAt === null) return null;
  const withdrawn = Object.hasOwn(value, 'withdrawn_at');
  const withdrawnAt = withdrawn ? timeIn(value, 'withdrawn_at') : null;
  if (expiresAt <= notBefore || (withdrawn && withdrawnAt === null)) return null;
  const keyId = passKeyId(spki);
  if (readRsaSpki(spki) === null || member(value, 'key_id') !== keyId) return null;
  return { keyId, claim, notBefore, expiresAt, spki, withdrawnAt };
}

function seenKey({ claim, notBefore, expiresAt, spki, withdrawnAt }: DirectoryKey): SeenKey {
  return {
    claim,
    notBefore: unixSeconds(notBefore),
    expiresAt: unixSeconds(expiresAt),
    hash: base64url(sha256(spki)),
    withdrawn: withdrawnAt !== null,
  };
}

function bytesIn(value: { readonly [name: string]: Json }, name: string): Uint8Array | null {
  const text = member(value, name);
  return typeof text === 'string' ? fromBase64url(text) : null;
}

function claimIn(value: { readonly [name: string]: Json }): Claim | null {
  const claim = member(value, 'claim');
  const parts = typeof claim === 'string' ? partsOf(claim) : null;
  return parts === null || parts.kind === 'identity' ? null : (claim as Claim);
}

function timeIn(value: { readonly [name: string]: Json }, name: string): Date | null {
  const seconds = member(value, name);
  const at = new Date(
    typeof seconds === 'number' && Number.isInteger(seconds) ? seconds * 1_000 : Number.NaN,
  );
  return Number.isNaN(at.getTime()) ? null : at;
}

function placeOf(claim: string, notBefore: number): string {
  return `${claim} ${notBefore}`;
}

/** Whole seconds since 1970. */
export function unixSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1_000);
}
