/** Verifying an SD-JWT, all but its key binding (RFC 9901 §7.1). */

import type { CryptoKey } from 'jose';
import type { JsonObject } from '../json.ts';
import { member } from '../json.ts';
import { verifyJws } from '../jws.ts';
import type { ParsedSdJwt } from './parse.ts';
import { parseSdJwt } from './parse.ts';
import type { ClaimPath, RevealFault } from './reveal.ts';
import { reveal } from './reveal.ts';

/** Finds the issuer's key by what the SD-JWT says of itself, which nobody has verified yet; null if there is none. */
export type KeyFinder = (header: JsonObject, payload: JsonObject) => Promise<CryptoKey | null>;

export interface VerifiedSdJwt {
  readonly header: JsonObject;
  /** As signed, with its digests. */
  readonly payload: JsonObject;
  /** With the disclosures in their places. */
  readonly claims: JsonObject;
  /** Where the claims stand that were disclosed. */
  readonly disclosed: readonly ClaimPath[];
  readonly parsed: ParsedSdJwt;
}

export type SdJwtFault = 'malformed' | 'wrong_typ' | 'unknown_key' | 'bad_signature' | RevealFault;

export type SdJwtResult =
  | ({ readonly ok: true } & VerifiedSdJwt)
  | { readonly ok: false; readonly reason: SdJwtFault };

export interface SdJwtTrust {
  readonly key: CryptoKey | KeyFinder;
  /** What the header's `typ` must be, to the letter; without it any will do. */
  readonly typ?: string;
}

/** Whether an SD-JWT is the issuer's and its disclosures belong to it. Time and key binding are judged elsewhere. */
export async function verifySdJwt(text: string, { key, typ }: SdJwtTrust): Promise<SdJwtResult> {
  const parsed = parseSdJwt(text);
  if (parsed === null) return { ok: false, reason: 'malformed' };
  const { header, payload } = parsed;
  if (typ !== undefined && member(header, 'typ') !== typ) return { ok: false, reason: 'wrong_typ' };
  const found = typeof key === 'function' ? await key(header, payload) : key;
  if (found === null) return { ok: false, reason: 'unknown_key' };
  const signed = await verifyJws(parsed.jws, found, { typ: typ ?? null });
  if (signed === null) return { ok: false, reason: 'bad_signature' };
  const result = reveal(signed.payload, parsed.disclosures);
  if (!result.ok) return result;
  return {
    ok: true,
    ...signed,
    claims: result.claims,
    disclosed: result.revealed.map(({ path }) => path),
    parsed,
  };
}
