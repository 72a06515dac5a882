/** RSA public keys as blind signatures use them here: 2048 bit, e = 65537, `rsaEncryption` (RFC 8017 A.1). */

import { type Bytes, concat, equalBytes } from '../../kernel/bytes.ts';
import { bytesOf, numberOf } from '../modular.ts';

/** Bytes of a modulus, of a signature, and of a blinded message. */
export const RSA_LENGTH = 256;
export const EXPONENT = 65_537n;

export interface RsaPublicKey {
  /** The modulus. */
  readonly n: bigint;
  /** Its bytes; the first bit is set. */
  readonly length: number;
}

/** SubjectPublicKeyInfo up to the modulus, and behind it: all such keys differ in the modulus alone. */
const BEFORE = Uint8Array.from([
  ...[0x30, 0x82, 0x01, 0x22],
  ...[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00],
  ...[0x03, 0x82, 0x01, 0x0f, 0x00, 0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01, 0x00],
]);
const BEHIND = Uint8Array.of(0x02, 0x03, 0x01, 0x00, 0x01);
const SPKI_LENGTH = BEFORE.length + RSA_LENGTH + BEHIND.length;

/** The key of a SubjectPublicKeyInfo in DER; null for any other kind, size, exponent or encoding. */
export function readRsaSpki(der: Uint8Array): RsaPublicKey | null {
  if (der.length !== SPKI_LENGTH) return null;
  const [before, modulus, behind] = [
    der.subarray(0, BEFORE.length),
    der.subarray(BEFORE.length, -BEHIND.length),
    der.subarray(-BEHIND.length),
  ];
  const [first = 0, last = 0] = [modulus[0], modulus.at(-1)];
  if (!equalBytes(before, BEFORE) || !equalBytes(behind, BEHIND) || first < 0x80 || last % 2 === 0)
    return null;
  return { n: numberOf(modulus), length: RSA_LENGTH };
}

/** The SubjectPublicKeyInfo of a key, in DER. */
export function writeRsaSpki({ n }: Pick<RsaPublicKey, 'n'>): Bytes {
  return concat(BEFORE, bytesOf(n, RSA_LENGTH), BEHIND);
}
