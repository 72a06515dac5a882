/**
 * Arithmetic with large numbers for RSA's public side. It is not constant in time: what it works on are public keys,
 * and the wallet's own blinding on the wallet's own device.
 */

import type { Bytes } from '../kernel/bytes.ts';
import { fromHex, hex } from '../kernel/bytes.ts';

/** The unsigned big-endian number of bytes (RFC 8017 §4.2). */
export function numberOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${hex(bytes)}`);
}

/** A number as so many big-endian bytes (RFC 8017 §4.1). Throws, as for a bug, if it needs more. */
export function bytesOf(number: bigint, length: number): Bytes {
  const digits = number.toString(16).padStart(2 * length, '0');
  if (number < 0n || digits.length > 2 * length)
    throw new Error(`a number does not fit into ${length} bytes`);
  return fromHex(digits);
}

/** `base` to the power of `exponent`, modulo `modulus`. */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** The inverse modulo `modulus`, or null if there is none: the two have a factor in common. */
export function inverse(number: bigint, modulus: bigint): bigint | null {
  let [a, b] = [((number % modulus) + modulus) % modulus, modulus];
  let [x, y] = [1n, 0n];
  while (a > 1n && b > 0n) {
    const times = b / a;
    [a, b] = [b - times * a, a];
    [x, y] = [y - times * x, x];
  }
  return a === 1n ? ((x % modulus) + modulus) % modulus : null;
}
