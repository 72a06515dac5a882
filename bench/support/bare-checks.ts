import type { webcrypto } from 'node:crypto';
import { isJsonObject, member } from '../../src/formats/json.ts';
import { type P256PublicJwk, readP256PublicJwk } from '../../src/formats/jwk.ts';
import { readJws } from '../../src/formats/jws.ts';
import { fromBase64url, utf8 } from '../../src/kernel/bytes.ts';
import { WrongAnswer } from './bench.ts';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const ES256 = { name: 'ECDSA', hash: 'SHA-256' };

type Signed = readonly [data: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>];

/** What the signatures of a presentation are checked with, taken apart before the clock runs. */
export interface Checks {
  readonly credential: Signed;
  readonly binding: Signed;
  readonly holderKey: P256PublicJwk;
}

export function checksOf(presentation: string): Checks {
  const parts = presentation.split('~');
  const [credential = '', binding = ''] = [parts[0], parts.at(-1)];
  const cnf = member(readJws(credential)?.payload ?? {}, 'cnf');
  const holderKey = readP256PublicJwk(isJsonObject(cnf) ? cnf.jwk : undefined);
  if (holderKey === null) throw new WrongAnswer('the presentation has no holder key');
  return { credential: signedPart(credential), binding: signedPart(binding), holderKey };
}

function signedPart(jws: string): Signed {
  const at = jws.lastIndexOf('.');
  return [new Uint8Array(utf8(jws.slice(0, at))), fromBase64url(jws.slice(at + 1)) ?? new Uint8Array()];
}

export async function importVerifying({ kty, crv, x, y }: P256PublicJwk): Promise<webcrypto.CryptoKey> {
  return crypto.subtle.importKey('jwk', { kty, crv, x, y }, P256, true, ['verify']);
}

/** The least that checking a presentation can cost: two ES256 verifications and the import of a key. */
export async function bareChecks(issuerKey: webcrypto.CryptoKey, checks: Checks): Promise<void> {
  const holderKey = await importVerifying(checks.holderKey);
  const holds = (await verified(issuerKey, checks.credential)) && (await verified(holderKey, checks.binding));
  if (!holds) throw new WrongAnswer('a bare check failed');
}

function verified(key: webcrypto.CryptoKey, [data, signature]: Signed): Promise<boolean> {
  return crypto.subtle.verify(ES256, key, signature, data);
}

export async function signingKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(P256, true, ['sign', 'verify']);
}

/** So many ES256 signatures at once over data of the size of a credential. */
export async function bareSignatures({ privateKey }: webcrypto.CryptoKeyPair, count: number): Promise<void> {
  const data = Array.from({ length: count }, () => crypto.getRandomValues(new Uint8Array(1_500)));
  await Promise.all(data.map((bytes) => crypto.subtle.sign(ES256, privateKey, bytes)));
}
