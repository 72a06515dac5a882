/** JSON Web Signatures in compact form (RFC 7515 §7.1), ES256 (RFC 7518 §3.4) and nothing else. */

import type { CryptoKey } from 'jose';
import { compactVerify, errors } from 'jose';
import { base64url, fromBase64url, utf8 } from '../kernel/bytes.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject, jsonOfBase64url, member } from './json.ts';

const COMPACT = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*){2}$/;
const SIGNATURE_LENGTH = 64;

/** A key that signs and does not say who it is: a device key. */
export interface DeviceSigner {
  /** ES256 over the bytes: r‖s, 64 bytes. */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/** A key with a name. A file, a PKCS#11 token or a key management service stands behind it. */
export interface Signer extends DeviceSigner {
  readonly kid: string;
  readonly alg: 'ES256';
  /** Base64 DER, leaf first, the root left out; may be empty. */
  readonly x5c: readonly string[];
}

export type JwsHeader = JsonObject & { readonly typ: string };

export interface Jws {
  readonly header: JsonObject;
  readonly payload: JsonObject;
}

/**
 * Signs a payload. `alg` is always set here; `kid` and a non-empty `x5c` are added if the signer has a name,
 * so what must not name its key (a key-binding JWT, a proof with `jwk`) is signed with a `DeviceSigner`.
 */
export async function signJws(
  signer: Signer | DeviceSigner,
  header: JwsHeader,
  payload: object,
): Promise<string> {
  const protectedHeader = { ...header, alg: 'ES256', ...nameOf(signer) };
  const input = `${base64url(utf8(JSON.stringify(protectedHeader)))}.${base64url(utf8(JSON.stringify(payload)))}`;
  const signature = await signer.sign(utf8(input));
  if (signature.length !== SIGNATURE_LENGTH) throw new Error('an ES256 signature has 64 bytes');
  return `${input}.${base64url(signature)}`;
}

/** Whether a text has the shape of a compact JWS: three parts of base64url alphabet, the first not empty. */
export function isCompactJws(text: string): boolean {
  return COMPACT.test(text);
}

/** Header and payload of a compact JWS as it stands, with nothing verified; null unless both are JSON objects. */
export function readJws(text: string): Jws | null {
  const parts = partsOf(text);
  if (parts === null) return null;
  const header = jsonOfBase64url(parts[0]);
  const payload = jsonOfBase64url(parts[1]);
  return isJsonObject(header) && isJsonObject(payload) ? { header, payload } : null;
}

/**
 * Header and payload of a JWS that the key signed with ES256, or null for anything else. The header's `typ` must
 * equal the one asked for to the letter (null: any, or none); `crit` is refused (RFC 7515 §4.1.11).
 */
export async function verifyJws(
  text: string,
  key: CryptoKey,
  { typ }: { readonly typ: string | null },
): Promise<Jws | null> {
  const jws = readJws(text);
  if (jws === null || (typ !== null && member(jws.header, 'typ') !== typ)) return null;
  return (await verifySignedBytes(text, key)) === null ? null : jws;
}

/** The payload of a JWS that the key signed with ES256, as bytes of whatever kind; null for anything else. */
export async function verifySignedBytes(text: string, key: CryptoKey): Promise<Uint8Array | null> {
  const parts = partsOf(text);
  if (parts === null) return null;
  const header = jsonOfBase64url(parts[0]);
  if (!isJsonObject(header) || Object.hasOwn(header, 'crit')) return null;
  try {
    return (await compactVerify(text, key, { algorithms: ['ES256'] })).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

function nameOf(signer: Signer | DeviceSigner): { kid?: string; x5c?: readonly string[] } {
  if (!('kid' in signer)) return {};
  return signer.x5c.length > 0 ? { kid: signer.kid, x5c: signer.x5c } : { kid: signer.kid };
}

function partsOf(text: string): readonly [string, string, string] | null {
  if (!isCompactJws(text)) return null;
  const [header = '', payload = '', signature = ''] = text.split('.');
  return fromBase64url(signature) === null ? null : [header, payload, signature];
}
