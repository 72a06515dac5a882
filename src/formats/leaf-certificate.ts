/**
 * The least of X.509 (RFC 5280) that it takes to believe a signed document offline: one leaf, one root that was pinned.
 * Both P-256, the leaf signed with ecdsa-with-SHA256 by the root itself. Whatever else a certificate may be is refused;
 * chains, revocation, policies and name constraints are not known here. `x509.ts` knows more, and is heavy.
 */

import { type Bytes, base64url, concat, equalBytes } from '../kernel/bytes.ts';
import { contentOf, type Element, instant, positive, readElements, sequence, TAG, wholeBits } from './der.ts';
import { importP256, type P256PublicJwk, verifyEs256 } from './jwk.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const PEM = /^-----BEGIN CERTIFICATE-----\s+([A-Za-z0-9+/=\s]+?)\s+-----END CERTIFICATE-----\s*$/;
const LONGEST = 8_192;
const COORDINATE = 32;
/** Octets of a serial number, at the most. */
const SERIAL = 20;

/** SEQUENCE { ecdsa-with-SHA256 }, and a P-256 SubjectPublicKeyInfo up to its point's coordinates. */
const ES256 = Uint8Array.of(0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02);
const SPKI = Uint8Array.from([
  ...[0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01],
  ...[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04],
]);
const VERSION_3 = Uint8Array.of(0xa0, 0x03, 0x02, 0x01, 0x02);
const EXTENSIONS = 0xa3;
const URI = 0x86;
const IS_CA = Uint8Array.of(0x01, 0x01, 0xff);

/** Object identifiers of the extensions that are understood, 2.5.29.x, by their last number. */
const KEY_USAGE = 15;
const ALTERNATIVE_NAMES = 17;
const CONSTRAINTS = 19;
const UNDERSTOOD = [KEY_USAGE, ALTERNATIVE_NAMES, CONSTRAINTS];
/** Bits of the first byte of a key usage. */
const SIGNS_DOCUMENTS = 0x80;
const SIGNS_CERTIFICATES = 0x04;

export interface Leaf {
  readonly jwk: P256PublicJwk;
  /** The URIs among its alternative names. */
  readonly uris: readonly string[];
}

interface Certificate {
  readonly signed: Bytes;
  /** r‖s. */
  readonly signature: Bytes;
  readonly issuer: Bytes;
  readonly subject: Bytes;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly jwk: P256PublicJwk;
  readonly isCa: boolean;
  readonly usage: number;
  readonly uris: readonly string[];
}

/**
 * What a leaf attests that this very root signed, both valid at `now`; null for anything else. The root's own signature
 * is not looked at: it is trusted because it was pinned.
 */
export async function readLeaf(leaf: Uint8Array, root: Uint8Array, now: Date): Promise<Leaf | null> {
  const [own, above] = [readCertificate(leaf), readCertificate(root)];
  if (own === null || above === null) return null;
  if ([own, above].some(({ notBefore, notAfter }) => now < notBefore || now > notAfter)) return null;
  if (own.isCa || (own.usage & SIGNS_DOCUMENTS) === 0) return null;
  if (!above.isCa || (above.usage & SIGNS_CERTIFICATES) === 0) return null;
  if (!equalBytes(own.issuer, above.subject) || equalBytes(own.issuer, own.subject)) return null;
  const key = await importP256(above.jwk);
  const holds = key !== null && (await verifyEs256(key, own.signed, own.signature));
  return holds && (await importP256(own.jwk)) !== null ? { jwk: own.jwk, uris: own.uris } : null;
}

/** The DER of one certificate in PEM (RFC 7468), or null. */
export function fromPem(pem: string): Bytes | null {
  const body = PEM.exec(pem)?.[1];
  return body === undefined ? null : fromBase64(body.replace(/\s/g, ''));
}

/** The bytes of base64 with its padding (RFC 4648 §4), or null. */
export function fromBase64(text: string): Bytes | null {
  if (text === '' || text.length > 2 * LONGEST || !BASE64.test(text)) return null;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function readCertificate(der: Uint8Array): Certificate | null {
  if (der.length > LONGEST) return null;
  const content = contentOf(concat(der), TAG.sequence);
  const [body, algorithm, signed, ...rest] = (content && readElements(content)) ?? [];
  if (body === undefined || algorithm === undefined || rest.length > 0) return null;
  const parts = readBody(body);
  const signature = readSignature(wholeBits(signed));
  if (parts === null || signature === null || !equalBytes(algorithm.whole, ES256)) return null;
  return { ...parts, signed: body.whole, signature };
}

type Body = Omit<Certificate, 'signed' | 'signature'>;

function readBody(body: Element): Body | null {
  const [version, serial, algorithm, issuer, validity, subject, spki, extensions, ...rest] =
    sequence(body) ?? [];
  if (version === undefined || algorithm === undefined || extensions === undefined || rest.length > 0)
    return null;
  if (!equalBytes(version.whole, VERSION_3) || positive(serial, SERIAL) === null) return null;
  if (!equalBytes(algorithm.whole, ES256) || sequence(issuer) === null || sequence(subject) === null)
    return null;
  const [from, until, ...more] = sequence(validity) ?? [];
  const [notBefore, notAfter] = [instant(from), instant(until)];
  const jwk = readKey(spki);
  const told = readExtensions(extensions);
  if (notBefore === null || notAfter === null || more.length > 0 || jwk === null || told === null)
    return null;
  if (issuer === undefined || subject === undefined) return null;
  return { issuer: issuer.whole, subject: subject.whole, notBefore, notAfter, jwk, ...told };
}

function readKey(spki: Element | undefined): P256PublicJwk | null {
  if (spki?.whole.length !== SPKI.length + 2 * COORDINATE) return null;
  if (!equalBytes(spki.whole.subarray(0, SPKI.length), SPKI)) return null;
  const point = spki.whole.subarray(SPKI.length);
  const [x, y] = [point.subarray(0, COORDINATE), point.subarray(COORDINATE)];
  return { kty: 'EC', crv: 'P-256', x: base64url(x), y: base64url(y) };
}

function readSignature(bits: Bytes | null): Bytes | null {
  const content = bits && contentOf(bits, TAG.sequence);
  const [r, s, ...rest] = (content && readElements(content)) ?? [];
  const [first, second] = [positive(r, COORDINATE), positive(s, COORDINATE)];
  return first === null || second === null || rest.length > 0 ? null : concat(first, second);
}

/** What the extensions say; null if one is critical and not understood, twice there, or broken. */
function readExtensions({ tag, content }: Element): Pick<Body, 'isCa' | 'usage' | 'uris'> | null {
  const inside = tag === EXTENSIONS ? contentOf(content, TAG.sequence) : null;
  const found = new Map<string, Bytes>();
  for (const element of (inside && readElements(inside)) ?? []) {
    const extension = readExtension(element);
    if (extension === null || found.has(extension.id)) return null;
    found.set(extension.id, extension.value);
  }
  const isCa = readConstraints(found.get(nameOf(CONSTRAINTS)));
  const usage = readUsage(found.get(nameOf(KEY_USAGE)));
  const uris = readUris(found.get(nameOf(ALTERNATIVE_NAMES)));
  return inside === null || isCa === null || usage === null || uris === null ? null : { isCa, usage, uris };
}

function readExtension(element: Element): { readonly id: string; readonly value: Bytes } | null {
  const parts = sequence(element) ?? [];
  const [oid, value] = [parts[0], parts.at(-1)];
  if (oid?.tag !== TAG.oid || value?.tag !== TAG.octetString || parts.length > 3) return null;
  const id = oid.content.join('.');
  const mark = parts.length === 3 ? parts[1] : undefined;
  // FALSE is the default, which DER leaves out.
  if (mark !== undefined && !equalBytes(mark.whole, IS_CA)) return null;
  const understood = UNDERSTOOD.some((number) => nameOf(number) === id);
  return mark !== undefined && !understood ? null : { id, value: value.content };
}

/** 2.5.29.x as its bytes are written. */
function nameOf(number: number): string {
  return `85.29.${number}`;
}

function readConstraints(value: Bytes | undefined): boolean | null {
  if (value === undefined) return false;
  const content = contentOf(value, TAG.sequence);
  const [ca, path, ...rest] = (content && readElements(content)) ?? [];
  if (content === null || rest.length > 0 || (ca !== undefined && !equalBytes(ca.whole, IS_CA))) return null;
  return path !== undefined && path.tag !== TAG.integer ? null : ca !== undefined;
}

function readUsage(value: Bytes | undefined): number | null {
  if (value === undefined) return 0;
  const [unused = 8, first, ...rest] = contentOf(value, TAG.bitString) ?? [];
  if (first === undefined || rest.length > 1 || unused > 7) return null;
  return first;
}

function readUris(value: Bytes | undefined): readonly string[] | null {
  if (value === undefined) return [];
  const content = contentOf(value, TAG.sequence);
  const names = content && readElements(content);
  const uris = names?.filter(({ tag }) => tag === URI);
  return uris?.map((uri) => String.fromCharCode(...uri.content)) ?? null;
}
