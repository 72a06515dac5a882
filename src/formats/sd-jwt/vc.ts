/**
 * What SD-JWT VC (draft-ietf-oauth-sd-jwt-vc) asks beyond SD-JWT. The names that may still change before it is an RFC
 * stand here and nowhere else.
 */

import type { Json, JsonObject } from '../json.ts';
import { isJsonObject, member } from '../json.ts';
import type { P256PublicJwk } from '../jwk.ts';
import { readP256PublicJwk } from '../jwk.ts';
import type { ClaimPath } from './reveal.ts';

export const SD_JWT_VC_TYP = 'dc+sd-jwt';
export const SD_JWT_VC_MEDIA_TYPE = 'application/dc+sd-jwt';
/** The claims that are never selectively disclosed, nor anything in them (§2.2.2.2). */
export const NEVER_HIDDEN: readonly string[] = [
  'iss',
  'nbf',
  'exp',
  'cnf',
  'vct',
  'vct#integrity',
  'aka_vcts',
  'status',
];

export interface StatusReference {
  readonly idx: number;
  readonly uri: string;
}

/** What a credential says of itself. */
export interface Vc {
  readonly vct: string;
  readonly issuer: string | null;
  readonly issuedAt: Date | null;
  readonly expiresAt: Date | null;
  /** From `cnf.jwk`; null if the credential is bound to no key. */
  readonly holderKey: P256PublicJwk | null;
  /** From `status.status_list`; null if the credential has no status. */
  readonly status: StatusReference | null;
}

export type VcFault =
  | 'hidden_claim'
  | 'no_vct'
  | 'malformed_claim'
  | 'unsupported_cnf'
  | 'unsupported_status'
  | 'expired'
  | 'not_yet_valid';

export type VcResult = ({ readonly ok: true } & Vc) | { readonly ok: false; readonly reason: VcFault };

export interface VcSource {
  /** As signed. */
  readonly payload: JsonObject;
  readonly claims: JsonObject;
  readonly disclosed: readonly ClaimPath[];
}

/**
 * What a verified SD-JWT says as a credential at `now`, or why it is none. `exp` is exclusive, `nbf` and `iat` must
 * not lie ahead, each give or take `skew` seconds. A `cnf` or a `status` that we cannot use is refused, not ignored.
 */
export function checkVc(
  source: VcSource,
  { now, skew }: { readonly now: Date; readonly skew: number },
): VcResult {
  const { claims } = source;
  if (hidesRegistered(source)) return { ok: false, reason: 'hidden_claim' };
  const vct = member(claims, 'vct');
  if (typeof vct !== 'string' || vct === '') return { ok: false, reason: 'no_vct' };
  const iss = member(claims, 'iss');
  const [iat, nbf, exp] = ['iat', 'nbf', 'exp'].map((name) => timeOf(claims, name));
  if (iat === undefined || nbf === undefined || exp === undefined)
    return { ok: false, reason: 'malformed_claim' };
  if (iss !== undefined && typeof iss !== 'string') return { ok: false, reason: 'malformed_claim' };
  const holderKey = holderKeyOf(member(claims, 'cnf'));
  if (holderKey === undefined) return { ok: false, reason: 'unsupported_cnf' };
  const status = statusOf(member(claims, 'status'));
  if (status === undefined) return { ok: false, reason: 'unsupported_status' };
  const early = now.getTime() + skew * 1_000;
  const late = now.getTime() - skew * 1_000;
  if (exp !== null && exp.getTime() <= late) return { ok: false, reason: 'expired' };
  if ([iat, nbf].some((date) => date !== null && date.getTime() > early))
    return { ok: false, reason: 'not_yet_valid' };
  return { ok: true, vct, issuer: iss ?? null, issuedAt: iat, expiresAt: exp, holderKey, status };
}

function hidesRegistered({ payload, disclosed }: VcSource): boolean {
  if (disclosed.some(([first]) => typeof first === 'string' && NEVER_HIDDEN.includes(first))) return true;
  return NEVER_HIDDEN.some((name) => hasDigests(member(payload, name)));
}

function hasDigests(value: Json | undefined): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => name === '_sd' || name === '...' || hasDigests(inner));
}

/** A NumericDate (RFC 7519 §2), null if the claim is absent, undefined if it is something else. */
function timeOf(claims: JsonObject, name: string): Date | null | undefined {
  if (!Object.hasOwn(claims, name)) return null;
  const seconds = member(claims, name);
  const date = new Date(typeof seconds === 'number' ? seconds * 1_000 : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function holderKeyOf(cnf: Json | undefined): P256PublicJwk | null | undefined {
  if (cnf === undefined) return null;
  return (isJsonObject(cnf) ? readP256PublicJwk(member(cnf, 'jwk')) : null) ?? undefined;
}

function statusOf(status: Json | undefined): StatusReference | null | undefined {
  if (status === undefined) return null;
  const list = isJsonObject(status) ? member(status, 'status_list') : undefined;
  if (!isJsonObject(list)) return undefined;
  const idx = member(list, 'idx');
  const uri = member(list, 'uri');
  if (typeof idx !== 'number' || !Number.isSafeInteger(idx) || idx < 0) return undefined;
  return typeof uri === 'string' && uri !== '' ? { idx, uri } : undefined;
}
