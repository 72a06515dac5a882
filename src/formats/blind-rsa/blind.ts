/**
 * The client's side of RSA blind signatures: RSABSSA-SHA384-PSS-Deterministic (RFC 9474 §4.2, §4.4), 2048 bit. The
 * message is signed as it is, so it must hold enough that nobody can guess (§6.3): a fresh public key does. Signing is
 * one private operation on the blinded bytes, and verifying is plain RSA-PSS; neither is here.
 */

import type { Bytes } from '../../kernel/bytes.ts';
import { bytesOf, inverse, numberOf, power } from '../modular.ts';
import { encodePss } from './pss.ts';
import { EXPONENT, type RsaPublicKey } from './public-key.ts';

/** Answers that many random bytes, of cryptographic quality. */
type Random = (length: number) => Uint8Array;

/** A message on its way to be signed: what the signer is sent, and what only the client has. */
export interface Blinding {
  /** As long as the modulus; it tells nothing of the message. */
  readonly blinded: Bytes;
  /** The inverse of the blinding factor. Whoever has it can link message and signature. */
  readonly inverse: bigint;
  /** The encoded message as a number: what the signature's power must be. */
  readonly encoded: bigint;
}

const SALT_LENGTH = 48;
const ROUNDS = 128;

/** Blinds a message for a key. Throws, as for a bug, if the source of randomness is none. */
export function blind(key: RsaPublicKey, message: Uint8Array, random: Random): Blinding {
  return blindEncoded(key, encodePss(message, random(SALT_LENGTH), key.length), random);
}

/** The same with a message that is encoded already. */
export function blindEncoded({ n, length }: RsaPublicKey, message: Uint8Array, random: Random): Blinding {
  const encoded = numberOf(message);
  for (let round = 0; round < ROUNDS; round++) {
    const factor = numberOf(random(length));
    const undoing = factor === 0n || factor >= n ? null : inverse(factor, n);
    if (undoing === null) continue;
    const blinded = bytesOf((encoded * power(factor, EXPONENT, n)) % n, length);
    return { blinded, inverse: undoing, encoded };
  }
  throw new Error('the source of randomness is not random');
}

/** The signature over the message itself; null if the signer did not sign what was blinded with this key. */
export function finalize(
  { n, length }: RsaPublicKey,
  blinding: Pick<Blinding, 'inverse' | 'encoded'>,
  blindSignature: Uint8Array,
): Bytes | null {
  if (blindSignature.length !== length) return null;
  const signed = numberOf(blindSignature);
  if (signed >= n) return null;
  const signature = (signed * blinding.inverse) % n;
  return power(signature, EXPONENT, n) === blinding.encoded ? bytesOf(signature, length) : null;
}
