import { importP256 } from '../formats/jwk.ts';
import { verifyKeyBinding } from '../formats/sd-jwt/key-binding.ts';
import { checkVc, SD_JWT_VC_TYP, type Vc } from '../formats/sd-jwt/vc.ts';
import { type KeyFinder, type VerifiedSdJwt, verifySdJwt } from '../formats/sd-jwt/verify.ts';
import type { ShownClaims } from '../judgement/shown.ts';
import { type CredentialType, readCredentialType } from '../kernel/credential-type.ts';
import { Fault } from '../kernel/fault.ts';
import { type Id, readId } from '../kernel/ids.ts';
import { listOfUri, type StatusPlace } from '../status/status-list.ts';
import { readShownClaims } from './shown-claims.ts';

/** Seconds by which a phone's clock may be off, and for which a key binding is good. */
const SKEW = 60;
const OLDEST = 300;

interface Needs {
  readonly findKey: KeyFinder;
  readonly issuerUrl: string;
  /** Counts a presentation of a copy; throws `rate_limited`. Asked once the issuer's signature holds. */
  readonly limitCopy: (copy: string) => Promise<unknown>;
  /** Until when a nonce is good, or null. */
  readonly nonceExpiry: (nonce: string, now: Date) => Date | null;
}

/** A presentation of which everything holds but what only the tables know: whether nonce and copy are still good. */
export interface CheckedPresentation {
  readonly claims: ShownClaims;
  readonly place: StatusPlace;
  readonly nonce: string;
  /** Until when the nonce is good. */
  readonly expiresAt: Date;
}

/**
 * Checks all of a presentation that can be checked without the tables: compact form, issuer and chain, signature,
 * disclosures, times, type, key binding with `aud`, `nonce` and `sd_hash` (RFC 9901 §7.3). Refuses as
 * `invalid_presentation` with the check that failed as the field's code.
 */
export async function checkPresentation(needs: Needs, text: string, now: Date): Promise<CheckedPresentation> {
  const verified = await verifySdJwt(text, { key: needs.findKey, typ: SD_JWT_VC_TYP });
  if (!verified.ok) throw invalidPresentation(verified.reason);
  const vc = checkVc(verified, { now, skew: SKEW });
  if (!vc.ok) throw invalidPresentation(vc.reason);
  const type = typeOf(vc, needs.issuerUrl);
  const place = placeOf(vc, needs.issuerUrl);
  await needs.limitCopy(`${place.list}/${place.index}`);

  const nonce = await boundNonce(verified, vc, { audience: needs.issuerUrl, now });
  const expiresAt = needs.nonceExpiry(nonce, now);
  if (expiresAt === null) throw invalidPresentation('wrong_nonce');
  return { claims: readShownClaims(type, verified.claims), place, nonce, expiresAt };
}

function typeOf(vc: Vc, issuerUrl: string): CredentialType {
  if (vc.issuer !== issuerUrl) throw invalidPresentation('wrong_issuer');
  const prefix = `${issuerUrl}/credentials/`;
  const type = vc.vct.startsWith(prefix) ? readCredentialType(vc.vct.slice(prefix.length)) : null;
  if (type === null) throw invalidPresentation('unknown_vct');
  return type;
}

function placeOf(vc: Vc, issuerUrl: string): StatusPlace {
  const name = vc.status === null ? null : listOfUri(issuerUrl, vc.status.uri);
  const list: Id<'status_list'> | null = name === null ? null : readId('status_list', name);
  if (list === null || vc.status === null) throw invalidPresentation('no_status');
  return { list, index: vc.status.idx };
}

async function boundNonce(
  verified: VerifiedSdJwt,
  vc: Vc,
  { audience, now }: { audience: string; now: Date },
): Promise<string> {
  const key = vc.holderKey === null ? null : await importP256(vc.holderKey);
  if (key === null) throw invalidPresentation('no_holder_key');
  const bound = await verifyKeyBinding(verified.parsed, key, { audience, now, oldest: OLDEST, skew: SKEW });
  if (!bound.ok) throw invalidPresentation(`key_binding_${bound.reason}`);
  return bound.nonce;
}

/** The refusal of a presentation, with the check that failed. */
export function invalidPresentation(code: string): Fault {
  const detail = `This check failed: ${code.replaceAll('_', ' ')}.`;
  return new Fault('invalid_presentation', 'The presentation does not hold.', {
    errors: [{ pointer: '/presentation', code, detail }],
  });
}
