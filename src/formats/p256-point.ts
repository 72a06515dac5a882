/** Points of P-256 in their compressed form, 33 bytes (SEC 1 §2.3.3). */

import type { CryptoKey } from 'jose';
import { type Bytes, concat } from '../kernel/bytes.ts';
import { bytesOf, numberOf, power } from './modular.ts';

export const POINT_LENGTH = 33;
const COORDINATE_LENGTH = 32;

/** The field's prime and the curve's b (FIPS 186-4 D.1.2.3); a is -3. */
const P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** The compressed form of a point's coordinates, 32 bytes each. */
export function compressPoint(x: Uint8Array, y: Uint8Array): Bytes {
  return concat(Uint8Array.of(0x02 + ((y.at(-1) ?? 0) & 1)), x);
}

/** The uncompressed form (65 bytes) of a compressed point; null unless it is one and on the curve. */
export function decompressPoint(point: Uint8Array): Bytes | null {
  const [mark, ...rest] = point;
  if (point.length !== POINT_LENGTH || (mark !== 0x02 && mark !== 0x03)) return null;
  const x = numberOf(Uint8Array.from(rest));
  if (x >= P) return null;
  const square = (((x * x - 3n) % P) * x + B) % P;
  const positive = (square + P) % P;
  const root = power(positive, (P + 1n) / 4n, P);
  if ((root * root) % P !== positive) return null;
  const y = (root & 1n) === BigInt(mark & 1) ? root : P - root;
  return concat(Uint8Array.of(0x04), bytesOf(x, COORDINATE_LENGTH), bytesOf(y % P, COORDINATE_LENGTH));
}

/** The key of a compressed point, for verifying ES256; null if it is no point of the curve. */
export async function importPoint(point: Uint8Array): Promise<CryptoKey | null> {
  if (point.length !== POINT_LENGTH) return null;
  return (await importRaw(point)) ?? importDecompressed(point);
}

/** Not every browser takes the compressed form. */
async function importDecompressed(point: Uint8Array): Promise<CryptoKey | null> {
  const whole = decompressPoint(point);
  return whole === null ? null : importRaw(whole);
}

async function importRaw(raw: Uint8Array): Promise<CryptoKey | null> {
  try {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    return await crypto.subtle.importKey('raw', concat(raw), algorithm, true, ['verify']);
  } catch {
    return null;
  }
}
