/** What a till takes along to judge passes without a network: keys, policies and bounds of time, for one shop. */

import type { Json, JsonObject } from '../formats/json.ts';
import { isJsonObject, member } from '../formats/json.ts';
import { type DirectoryKey, readListedKeys, type SeenKey, unixSeconds } from '../formats/pass-directory.ts';
import { CLAIM_SHAPE, type Claim, partsOf } from '../kernel/claims.ts';
import type { FreshnessBounds } from './pass-time.ts';
import type { Policy } from './policy.ts';

export const BUNDLE_TYP = 'counterproof-trust-bundle+jwt';

export interface TrustBundle {
  /** `PUBLIC_URL` of the service. */
  readonly issuer: string;
  /** The retailer's id. */
  readonly retailer: string;
  /** Rises from bundle to bundle. */
  readonly version: number;
  readonly issuedAt: Date;
  /** From then on whatever is judged by it is called stale. */
  readonly staleAt: Date;
  /** From then on nothing is judged by it. */
  readonly expiresAt: Date;
  readonly live: boolean;
  readonly permitted: readonly Claim[];
  readonly freshness: FreshnessBounds;
  readonly keys: readonly DirectoryKey[];
  readonly policies: readonly Policy[];
}

const POLICY_ID = /^[a-z][a-z0-9_.]{0,63}$/;
const ALLOW_REFUSE = ['allow', 'refuse'] as const;
const PRESENTERS = ['none', 'portrait'] as const;

/**
 * The bundle that a signed payload is, whose signature the caller has checked; null unless each part of it is whole.
 * What it has beside is passed over, since new parts may come.
 */
export function readTrustBundle(payload: JsonObject): TrustBundle | null {
  const [issuer, retailer] = [textIn(payload, 'iss'), textIn(payload, 'aud')];
  const [version, live] = [countIn(payload, 'version'), member(payload, 'livemode')];
  const [issuedAt, staleAt, expiresAt] = ['iat', 'stale_at', 'exp'].map((name) => timeIn(payload, name));
  const permitted = claimsIn(payload, 'permitted_claims');
  const freshness = boundsIn(payload);
  const keys = readListedKeys(member(payload, 'pass_keys'));
  const policies = policiesIn(payload);
  if (issuer === null || retailer === null || version === null || typeof live !== 'boolean') return null;
  if (!issuedAt || !staleAt || !expiresAt || expiresAt <= issuedAt || expiresAt < staleAt) return null;
  if (permitted === null || freshness === null || keys === null || policies === null) return null;
  return {
    issuer,
    retailer,
    version,
    issuedAt,
    staleAt,
    expiresAt,
    live,
    permitted,
    freshness,
    keys,
    policies,
  };
}

/** Whether a pass of one claim answers what is asked with another: a higher age answers a lower one. */
export function provesClaim(shown: string, asked: string): boolean {
  const [own, wanted] = [partsOf(shown), partsOf(asked)];
  if (own?.kind === 'age' && wanted?.kind === 'age') return own.years >= wanted.years;
  return shown === asked;
}

/** Which of the keys that were seen this bundle would list: it holds a part of the directory. */
export function bundleSpeaksOf({ permitted, expiresAt }: TrustBundle): (seen: SeenKey) => boolean {
  return ({ claim, notBefore }) =>
    notBefore < unixSeconds(expiresAt) && permitted.some((asked) => provesClaim(claim, asked));
}

function policiesIn(payload: JsonObject): readonly Policy[] | null {
  const listed = member(payload, 'policies');
  if (!Array.isArray(listed)) return null;
  const policies = listed.map(readPolicy).filter((policy) => policy !== null);
  const ids = new Set(policies.map(({ id }) => id));
  return policies.length === listed.length && ids.size === listed.length ? policies : null;
}

function readPolicy(value: Json): Policy | null {
  if (!isJsonObject(value)) return null;
  const [id, title, legalBasis] = ['id', 'title', 'legal_basis'].map((name) => textIn(value, name));
  const claims = claimsIn(value, 'claims');
  const presenter = PRESENTERS.find((one) => one === member(value, 'presenter'));
  const [offline, otherProof] = ['offline', 'other_proof'].map((name) =>
    ALLOW_REFUSE.find((one) => one === member(value, name)),
  );
  const discountCode = member(value, 'discount_code');
  if (!id || !POLICY_ID.test(id) || title == null || legalBasis == null) return null;
  // A policy that asks for nothing would approve whatever is shown.
  if (claims === null || claims.length === 0) return null;
  if (presenter === undefined || offline === undefined || otherProof === undefined) return null;
  if (discountCode !== undefined && typeof discountCode !== 'string') return null;
  const code = discountCode === undefined ? {} : { discountCode };
  return { id, title, claims, presenter, offline, otherProof, legalBasis, ...code };
}

function boundsIn(payload: JsonObject): FreshnessBounds | null {
  const value = member(payload, 'freshness');
  if (!isJsonObject(value)) return null;
  const [ahead, old] = [countIn(value, 'ahead'), countIn(value, 'old')];
  const [freshAhead, freshOld] = [countIn(value, 'fresh_ahead'), countIn(value, 'fresh_old')];
  if (ahead === null || old === null || freshAhead === null || freshOld === null) return null;
  return { ahead, old, freshAhead, freshOld };
}

/** Names in the shape of claims. Which of them are attested is the service's to say. */
function claimsIn(value: JsonObject, name: string): readonly Claim[] | null {
  const listed = member(value, name);
  if (!Array.isArray(listed)) return null;
  const claims = listed.filter((one): one is Claim => typeof one === 'string' && CLAIM_SHAPE.test(one));
  return claims.length === listed.length ? claims : null;
}

function textIn(value: JsonObject, name: string): string | null {
  const text = member(value, name);
  return typeof text === 'string' ? text : null;
}

function countIn(value: JsonObject, name: string): number | null {
  const count = member(value, name);
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
}

function timeIn(value: JsonObject, name: string): Date | null {
  const seconds = countIn(value, name);
  const at = new Date(seconds === null ? Number.NaN : seconds * 1_000);
  return Number.isNaN(at.getTime()) ? null : at;
}
