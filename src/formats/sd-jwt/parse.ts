/** The compact form of SD-JWT and SD-JWT+KB (RFC 9901 §4), taken apart with nothing verified. */

import type { Json, JsonObject } from '../json.ts';
import { jsonOfBase64url } from '../json.ts';
import { isCompactJws, readJws } from '../jws.ts';

/** The most disclosures that are read. */
export const MOST_DISCLOSURES = 200;
/** The longest text that is read, in characters. */
export const LONGEST_SD_JWT = 1 << 20;

interface DisclosureText {
  /** Base64url, as it was received: digests are taken over this text. */
  readonly encoded: string;
  readonly salt: string;
  readonly value: Json;
}

/** A member of an object (three elements), or an element of an array (two). */
export type Disclosure =
  | (DisclosureText & { readonly kind: 'member'; readonly name: string })
  | (DisclosureText & { readonly kind: 'element' });

export interface ParsedSdJwt {
  /** The issuer's JWS. */
  readonly jws: string;
  readonly header: JsonObject;
  readonly payload: JsonObject;
  readonly disclosures: readonly Disclosure[];
  /** Everything up to the last `~`, which is included: what a key binding's `sd_hash` covers (§4.3.1). */
  readonly sdJwt: string;
  readonly keyBinding: string | null;
}

/** The parts of an SD-JWT, or null if it is not one, is larger than we read, or is not in canonical base64url. */
export function parseSdJwt(text: string): ParsedSdJwt | null {
  if (text.length > LONGEST_SD_JWT) return null;
  const parts = text.split('~', MOST_DISCLOSURES + 3);
  const [jws, ...rest] = parts;
  const last = rest.pop();
  if (jws === undefined || last === undefined || rest.length > MOST_DISCLOSURES) return null;
  const issued = readJws(jws);
  const disclosures = rest.map(readDisclosure).filter((disclosure) => disclosure !== null);
  if (issued === null || disclosures.length !== rest.length) return null;
  if (last !== '' && !isCompactJws(last)) return null;
  const sdJwt = text.slice(0, text.length - last.length);
  return { jws, ...issued, disclosures, sdJwt, keyBinding: last === '' ? null : last };
}

function readDisclosure(encoded: string): Disclosure | null {
  const parts = jsonOfBase64url(encoded);
  if (!Array.isArray(parts)) return null;
  const [salt, second, third] = parts as readonly Json[];
  if (typeof salt !== 'string' || second === undefined) return null;
  if (parts.length === 2) return { kind: 'element', encoded, salt, value: second };
  if (parts.length !== 3 || typeof second !== 'string' || third === undefined) return null;
  return { kind: 'member', encoded, salt, name: second, value: third };
}
