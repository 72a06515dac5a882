/** A copy as it came from the issuer, read so that the phone knows what it says. */

import { isJsonObject, type JsonObject, member } from '../../formats/json.ts';
import { type P256PublicJwk, readP256PublicJwk, thumbprint } from '../../formats/jwk.ts';
import { parseSdJwt } from '../../formats/sd-jwt/parse.ts';
import { reveal } from '../../formats/sd-jwt/reveal.ts';
import { SD_JWT_VC_TYP } from '../../formats/sd-jwt/vc.ts';
import { type Claim, IDENTITY_CLAIMS, partsOf } from '../../kernel/claims.ts';

export interface CopyReading {
  /** What it says of the holder that is true; of identity, which claims it has. */
  readonly claims: readonly Claim[];
  readonly givenName: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * What a credential says, or null if it is not the one that was asked for: an SD-JWT VC of this type, bound to this
 * device key, with disclosures that fit and an end. The issuer's signature is the shop's to judge; that the copy came
 * from the issuer, the connection says.
 */
export function readCopy(credential: string, asked: { vct: string; key: P256PublicJwk }): CopyReading | null {
  const parsed = parseSdJwt(credential);
  if (parsed === null || parsed.keyBinding !== null || parsed.header.typ !== SD_JWT_VC_TYP) return null;
  const revealed = reveal(parsed.payload, parsed.disclosures);
  if (!revealed.ok) return null;
  const { claims } = revealed;
  const exp = member(claims, 'exp');
  if (member(claims, 'vct') !== asked.vct || typeof exp !== 'number') return null;
  if (!boundTo(claims, asked.key)) return null;
  const givenName = member(claims, 'given_name');
  return {
    claims: trueClaims(claims),
    givenName: typeof givenName === 'string' ? givenName : null,
    expiresAt: exp * 1_000,
  };
}

function boundTo(claims: JsonObject, key: P256PublicJwk): boolean {
  const cnf = member(claims, 'cnf');
  const bound = isJsonObject(cnf) ? readP256PublicJwk(member(cnf, 'jwk')) : null;
  return bound !== null && thumbprint(bound) === thumbprint(key);
}

/** Ages of an identity copy are left out: an age copy shows them, and an identity copy only beside a face. */
function trueClaims(claims: JsonObject): readonly Claim[] {
  const identity = IDENTITY_CLAIMS.filter((name) => typeof member(claims, name) === 'string');
  if (identity.length > 0) return identity;
  const ages = member(claims, 'age_equal_or_over');
  const reached = isJsonObject(ages) ? Object.entries(ages).filter(([, is]) => is === true) : [];
  const named = [
    ...reached.map(([years]) => `age_over_${years}`),
    ...Object.keys(claims).filter((name) => name.startsWith('status_') && claims[name] === true),
  ];
  return named.filter((name): name is Claim => partsOf(name) !== null);
}
