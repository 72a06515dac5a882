/** A copy's own key: P-256, made on the phone, and never to be read out of it. */

import type { CryptoKey } from 'jose';
import { type P256PublicJwk, readP256PublicJwk } from '../../formats/jwk.ts';
import type { DeviceSigner } from '../../formats/jws.ts';
import { concat } from '../../kernel/bytes.ts';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const ES256 = { name: 'ECDSA', hash: 'SHA-256' };

export interface FreshKey {
  readonly jwk: P256PublicJwk;
  readonly privateKey: CryptoKey;
}

export async function makeDeviceKey(): Promise<FreshKey> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(P256, false, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  const jwk = readP256PublicJwk({ kty, crv, x, y });
  if (jwk === null) throw new Error('a fresh P-256 key was not one');
  return { jwk, privateKey };
}

/** Signs with ES256: r‖s, 64 bytes, as WebCrypto answers it. */
export function signerOf(privateKey: CryptoKey): DeviceSigner {
  return {
    sign: async (data) => new Uint8Array(await crypto.subtle.sign(ES256, privateKey, concat(data))),
  };
}
