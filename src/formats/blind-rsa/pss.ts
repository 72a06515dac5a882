/** EMSA-PSS with SHA-384 and MGF1 (RFC 8017 §9.1.1): what a signature is made over. */

import { type Bytes, concat } from '../../kernel/bytes.ts';
import { sha384 } from '../sha.ts';

const HASH_LENGTH = 48;

const TRAILER = 0xbc;

/** The encoded message in so many bytes, for a modulus of as many whose first bit is set. */
export function encodePss(message: Uint8Array, salt: Uint8Array, length: number): Bytes {
  const hashed = sha384(concat(new Uint8Array(8), sha384(message), salt));
  const block = new Uint8Array(length - HASH_LENGTH - 1);
  block[block.length - salt.length - 1] = 0x01;
  block.set(salt, block.length - salt.length);
  const mask = mgf1(hashed, block.length);
  const masked = block.map((byte, i) => byte ^ (mask[i] ?? 0));
  masked[0] = (masked[0] ?? 0) & 0x7f;
  return concat(masked, hashed, Uint8Array.of(TRAILER));
}

/** So many bytes that nobody tells from random ones without the seed (RFC 8017 B.2.1). */
function mgf1(seed: Uint8Array, length: number): Bytes {
  const blocks = Math.ceil(length / HASH_LENGTH);
  const mask = Array.from({ length: blocks }, (_, i) => sha384(concat(seed, Uint8Array.of(0, 0, 0, i))));
  return concat(...mask).subarray(0, length);
}
