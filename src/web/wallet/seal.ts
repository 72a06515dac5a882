/** Sealing what the phone keeps: AES-256-GCM under a key that only the holder's passkey yields. */

import type { CryptoKey } from 'jose';
import { type Bytes, concat, textOf, utf8 } from '../../kernel/bytes.ts';
import type { Random } from '../../kernel/world.ts';

const AES = 'AES-GCM';
const NONCE_LENGTH = 12;
const PURPOSE = utf8('counterproof wallet vault v1');

/** What the passkey is asked to evaluate (WebAuthn PRF extension). The same for everybody: the passkey is the secret. */
export const PRF_INPUT: Bytes = utf8('counterproof wallet unlock v1');

/** The key that seals, not extractable: derived from what the passkey yields, salted for this phone. */
export async function sealingKey(secret: Uint8Array, salt: Uint8Array): Promise<CryptoKey> {
  return hkdfKey(secret, salt, PURPOSE);
}

/** A key for sealing, for one purpose and not extractable: HKDF-SHA256 (RFC 5869) over what is secret. */
export async function hkdfKey(secret: Uint8Array, salt: Uint8Array, purpose: Bytes): Promise<CryptoKey> {
  const input = await crypto.subtle.importKey('raw', concat(secret), 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: concat(salt), info: purpose };
  return crypto.subtle.deriveKey(hkdf, input, { name: AES, length: 256 }, false, ['encrypt', 'decrypt']);
}

/** A key for phones whose passkeys yield no secret: it cannot be read out, yet nothing but the screen guards its use. */
export async function unguardedKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: AES, length: 256 }, false, ['encrypt', 'decrypt']);
}

/** A value as JSON under the key: 12 bytes of nonce and the ciphertext, which opens under this name only. */
export async function seal(key: CryptoKey, name: string, value: unknown, random: Random): Promise<Bytes> {
  const iv = random(NONCE_LENGTH);
  const algorithm = { name: AES, iv, additionalData: utf8(name) };
  const sealed = await crypto.subtle.encrypt(algorithm, key, utf8(JSON.stringify(value)));
  return concat(iv, new Uint8Array(sealed));
}

/** What was sealed under this key and name, or null: another key, another name, or bytes that were touched. */
export async function unseal(key: CryptoKey, name: string, sealed: Uint8Array): Promise<unknown> {
  const iv = concat(sealed.subarray(0, NONCE_LENGTH));
  const algorithm = { name: AES, iv, additionalData: utf8(name) };
  try {
    const plain = await crypto.subtle.decrypt(algorithm, key, concat(sealed.subarray(NONCE_LENGTH)));
    const text = textOf(new Uint8Array(plain));
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
