/** Fresh keys and repeatable randomness for tests of the formats. */

import type { CryptoKey } from 'jose';
import type { P256PublicJwk } from '../../../src/formats/jwk.ts';
import { readP256PublicJwk } from '../../../src/formats/jwk.ts';
import type { Signer } from '../../../src/formats/jws.ts';

export interface TestKey {
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
  readonly jwk: P256PublicJwk;
  readonly signer: Signer;
}

export async function freshKey(kid = 'test-key'): Promise<TestKey> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const { publicKey, privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const jwk = readP256PublicJwk(plain(await crypto.subtle.exportKey('jwk', publicKey)));
  if (jwk === null) throw new Error('no P-256 key');
  const sign = async (data: Uint8Array) =>
    new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, data));
  return { publicKey, privateKey, jwk, signer: { kid, alg: 'ES256', x5c: [], sign } };
}

function plain({ kty, crv, x, y }: { kty?: string; crv?: string; x?: string; y?: string }): object {
  return { kty, crv, x, y };
}

export function random(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** The text with the character at an index replaced by another of the same alphabet. */
export function changedAt(text: string, index: number): string {
  const character = text[index] === 'A' ? 'B' : 'A';
  return text.slice(0, index) + character + text.slice(index + 1);
}
