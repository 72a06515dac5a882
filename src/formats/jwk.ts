/** P-256 public keys as JSON Web Keys (RFC 7517, RFC 7518 §6.2) and the signatures they verify. */

import type { CryptoKey } from 'jose';
import { base64url, concat, fromBase64url, utf8 } from '../kernel/bytes.ts';
import { isJsonObject, member } from './json.ts';
import { sha256 } from './sha.ts';

const COORDINATE_LENGTH = 32;
const SIGNATURE_LENGTH = 64;

export interface P256PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

/**
 * The P-256 public key of a JWK that may be used to verify ES256, without its other members; null for anything else:
 * another curve, a private member, coordinates that are not 32 bytes of canonical base64url, or a `use`, `key_ops`
 * or `alg` that says otherwise. Whether the point is on the curve shows when it is imported.
 */
export function readP256PublicJwk(value: unknown): P256PublicJwk | null {
  if (!isJsonObject(value) || Object.hasOwn(value, 'd')) return null;
  if (member(value, 'kty') !== 'EC' || member(value, 'crv') !== 'P-256') return null;
  const use = member(value, 'use');
  const alg = member(value, 'alg');
  const operations = member(value, 'key_ops');
  if (use !== undefined && use !== 'sig') return null;
  if (alg !== undefined && alg !== 'ES256') return null;
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) return null;
  const x = member(value, 'x');
  const y = member(value, 'y');
  return isCoordinate(x) && isCoordinate(y) ? { kty: 'EC', crv: 'P-256', x, y } : null;
}

/** The key, extractable and for verifying only; null if its point is not on the curve. */
export async function importP256(jwk: P256PublicJwk): Promise<CryptoKey | null> {
  const { kty, crv, x, y } = jwk;
  try {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    return await crypto.subtle.importKey('jwk', { kty, crv, x, y }, algorithm, true, ['verify']);
  } catch {
    return null;
  }
}

/** The SHA-256 thumbprint (RFC 7638), base64url. */
export function thumbprint({ crv, kty, x, y }: P256PublicJwk): string {
  return base64url(sha256(utf8(JSON.stringify({ crv, kty, x, y }))));
}

/** Whether `signature` (r‖s, 64 bytes, either s) is the P-256 key's ECDSA with SHA-256 over `data`. */
export async function verifyEs256(key: CryptoKey, data: Uint8Array, signature: Uint8Array): Promise<boolean> {
  if (signature.length !== SIGNATURE_LENGTH) return false;
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, concat(signature), concat(data));
}

function isCoordinate(value: unknown): value is string {
  return typeof value === 'string' && fromBase64url(value)?.length === COORDINATE_LENGTH;
}
