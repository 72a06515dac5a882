import { createCipheriv, createDecipheriv } from 'node:crypto';
import { concat } from '../kernel/bytes.ts';
import type { Random } from '../kernel/world.ts';

const NONCE = 12;
const TAG = 16;

/**
 * Encrypts under a 32-byte key with AES-256-GCM (NIST SP 800-38D): nonce, then cipher text, then tag. The context
 * says what the bytes are and whose, and is bound to them: sealed bytes open in no other place.
 */
export function seal(
  key: Uint8Array,
  plain: Uint8Array,
  context: string,
  random: Random,
): Uint8Array<ArrayBuffer> {
  const nonce = random(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  return concat(nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag());
}

/** The plain bytes, or null if key or context are others than at sealing, or a bit was changed. */
export function open(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array<ArrayBuffer> | null {
  if (sealed.length < NONCE + TAG) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE))
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(-TAG));
  try {
    return concat(decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final());
  } catch {
    return null;
  }
}
