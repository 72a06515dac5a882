/** The digests of SD-JWT (RFC 9901 §4.1.1, §4.2.3), by the name that `_sd_alg` gives their hash. */

import { base64url, utf8 } from '../../kernel/bytes.ts';
import type { JsonObject } from '../json.ts';
import { member } from '../json.ts';
import { sha256, sha384, sha512 } from '../sha.ts';

/** Base64url of the hash over the ASCII bytes of a text. */
export type Digest = (text: string) => string;

export const DEFAULT_HASH = 'sha-256';

const HASHES = new Map<string, (bytes: Uint8Array) => Uint8Array>([
  [DEFAULT_HASH, sha256],
  ['sha-384', sha384],
  ['sha-512', sha512],
]);

/** The digest that a payload's `_sd_alg` asks for, SHA-256 where it does not say; null for a hash we do not have. */
export function digestOf(payload: JsonObject): Digest | null {
  const name = Object.hasOwn(payload, '_sd_alg') ? member(payload, '_sd_alg') : DEFAULT_HASH;
  const hash = typeof name === 'string' ? HASHES.get(name) : undefined;
  return hash === undefined ? null : (text) => base64url(hash(utf8(text)));
}
