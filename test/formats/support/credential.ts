/** One good example of a credential, from which the cases differ by one thing. */

import type { SdMembers } from '../../../src/formats/sd-jwt/conceal.ts';
import { selective } from '../../../src/formats/sd-jwt/conceal.ts';
import { issueSdJwt } from '../../../src/formats/sd-jwt/issue.ts';
import { SD_JWT_VC_TYP } from '../../../src/formats/sd-jwt/vc.ts';
import { base64url, utf8 } from '../../../src/kernel/bytes.ts';
import { freshKey, random } from './keys.ts';

export const NOW = new Date('2026-11-22T10:00:00Z');
export const SECONDS = NOW.getTime() / 1_000;
export const issuer = await freshKey('issuer-1');
export const holder = await freshKey('holder-1');

export const tree: SdMembers = {
  open: {
    iss: 'https://id.example',
    vct: 'https://id.example/vct/age',
    iat: SECONDS - 3_600,
    exp: SECONDS + 86_400,
    cnf: { jwk: { ...holder.jwk } },
    status: { status_list: { idx: 7, uri: 'https://id.example/status/1' } },
    age_equal_or_over: selective({ hidden: { '12': true, '18': true, '21': false }, digests: 16 }),
  },
  hidden: {
    family_name: 'Example',
    address: selective({ open: { country: 'DE' }, hidden: { city: 'Berlin', zip: '10115' }, digests: 4 }),
  },
  digests: 8,
};

export const credential = await issueSdJwt(issuer.signer, SD_JWT_VC_TYP, tree, random);

/** An SD-JWT that our own issuer would not make. */
export async function signed(payload: object, disclosures: readonly string[] = []): Promise<string> {
  const input = [{ alg: 'ES256', typ: SD_JWT_VC_TYP }, payload]
    .map((part) => base64url(utf8(JSON.stringify(part))))
    .join('.');
  return [`${input}.${base64url(await issuer.signer.sign(utf8(input)))}`, ...disclosures, ''].join('~');
}

export function disclosure(...parts: readonly unknown[]): string {
  return base64url(utf8(JSON.stringify(parts)));
}
