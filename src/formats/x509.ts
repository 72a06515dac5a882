/**
 * Issuer certificates (RFC 5280): making a root and its leaves, and checking an `x5c` chain against trusted roots.
 * The only file that loads @peculiar/x509, which is heavy: import it lazily where it is seldom needed.
 * Revocation of certificates, policies and name constraints are not looked at; a critical extension that is not
 * understood is refused.
 */

import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { CryptoKey } from 'jose';
import { equalBytes, hex } from '../kernel/bytes.ts';
import type { P256PublicJwk } from './jwk.ts';
import { readP256PublicJwk } from './jwk.ts';

const SIGNING = { name: 'ECDSA', hash: 'SHA-256' };
const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';
const SUBJECT_KEY_IDENTIFIER = '2.5.29.14';
const AUTHORITY_KEY_IDENTIFIER = '2.5.29.35';
const UNDERSTOOD = new Set([BASIC_CONSTRAINTS, KEY_USAGE, SUBJECT_ALTERNATIVE_NAME]);
const LONGEST_CHAIN = 4;
const LONGEST_CERTIFICATE = 8_192;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export interface RootRequest {
  readonly keys: { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey };
  /** Common name. */
  readonly name: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** 8 to 20 random bytes. */
  readonly serial: Uint8Array;
}

export interface LeafRequest {
  /** Base64 DER. */
  readonly root: string;
  readonly rootKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** Common name. */
  readonly subject: string;
  readonly issuerUri: string;
  readonly dnsName: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** 8 to 20 random bytes. */
  readonly serial: Uint8Array;
}

export interface VerifiedChain {
  /** The leaf's key. */
  readonly jwk: P256PublicJwk;
  /** The leaf's alternative names. */
  readonly uris: readonly string[];
  readonly dnsNames: readonly string[];
}

/** A self-signed root that may sign leaves and nothing deeper (path length 0), as base64 DER. */
export async function makeRootCertificate(request: RootRequest): Promise<string> {
  const { keys, name, notBefore, notAfter, serial } = request;
  const root = await X509CertificateGenerator.createSelfSigned({
    keys: { publicKey: keys.publicKey, privateKey: keys.privateKey },
    name: [{ CN: [name] }],
    notBefore,
    notAfter,
    serialNumber: serialOf(serial),
    signingAlgorithm: SIGNING,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return root.toString('base64');
}

/** A certificate for signing credentials whose alternative names are the issuer's URL and host, as base64 DER. */
export async function makeLeafCertificate(request: LeafRequest): Promise<string> {
  const root = readCertificate(request.root);
  if (root === null) throw new Error('the root is not a certificate');
  const leaf = await X509CertificateGenerator.create({
    issuer: root.subjectName.toJSON(),
    subject: [{ CN: [request.subject] }],
    publicKey: request.publicKey,
    signingKey: request.rootKey,
    notBefore: request.notBefore,
    notAfter: request.notAfter,
    serialNumber: serialOf(request.serial),
    signingAlgorithm: SIGNING,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new SubjectAlternativeNameExtension([
        { type: 'url', value: request.issuerUri },
        { type: 'dns', value: request.dnsName },
      ]),
      await SubjectKeyIdentifierExtension.create(request.publicKey),
      await AuthorityKeyIdentifierExtension.create(root.publicKey),
    ],
  });
  return leaf.toString('base64');
}

/** The PEM form of a base64 DER certificate (RFC 7468). */
export function toPem(der: string): string {
  const lines = der.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/**
 * What the leaf of an `x5c` chain attests, or null: the leaf comes first, each certificate is signed by the next and
 * the last by one of the trusted roots. Everything is checked at `now`: validity, CA flags, path lengths, key usage.
 * Refused are a self-signed leaf, the root inside the chain, keys that are not elliptic, and a chain of more than four.
 */
export async function verifyChain(
  x5c: readonly string[],
  roots: readonly string[],
  now: Date,
): Promise<VerifiedChain | null> {
  if (x5c.length === 0 || x5c.length > LONGEST_CHAIN) return null;
  const chain = x5c.map(readCertificate).filter((certificate) => certificate !== null);
  const trusted = roots.map(readCertificate).filter((certificate) => certificate !== null);
  const leaf = chain[0];
  if (leaf === undefined || chain.length !== x5c.length) return null;
  try {
    if (chain.some(isSelfIssued) || !isLeaf(leaf, now)) return null;
    for (const [below, certificate] of chain.entries()) {
      const issuers = below + 1 < chain.length ? chain.slice(below + 1, below + 2) : trusted;
      if (!(await isIssuedByOneOf(certificate, issuers, { below, now }))) return null;
    }
    return await attested(leaf);
  } catch {
    return null;
  }
}

async function isIssuedByOneOf(
  certificate: X509Certificate,
  issuers: readonly X509Certificate[],
  at: { readonly below: number; readonly now: Date },
): Promise<boolean> {
  for (const issuer of issuers) {
    if (!isAuthority(issuer, at.below, at.now) || !names(certificate, issuer)) continue;
    if (await certificate.verify({ publicKey: issuer, signatureOnly: true })) return true;
  }
  return false;
}

/** Whether the certificate may sign one that has `below` intermediate certificates under it. */
function isAuthority(certificate: X509Certificate, below: number, now: Date): boolean {
  const constraints = certificate.getExtension<BasicConstraintsExtension>(BASIC_CONSTRAINTS);
  const { ca = false, pathLength = LONGEST_CHAIN } = constraints ?? {};
  return (
    isSound(certificate, now) && ca && pathLength >= below && hasUsage(certificate, KeyUsageFlags.keyCertSign)
  );
}

function isLeaf(certificate: X509Certificate, now: Date): boolean {
  const constraints = certificate.getExtension<BasicConstraintsExtension>(BASIC_CONSTRAINTS);
  if (constraints?.ca === true) return false;
  return isSound(certificate, now) && hasUsage(certificate, KeyUsageFlags.digitalSignature);
}

function isSound(certificate: X509Certificate, now: Date): boolean {
  if (certificate.notBefore > now || certificate.notAfter < now) return false;
  if (!certificate.publicKey.algorithm.name.startsWith('ECDSA')) return false;
  return certificate.extensions.every(({ critical, type }) => !critical || UNDERSTOOD.has(type));
}

function hasUsage(certificate: X509Certificate, usage: KeyUsageFlags): boolean {
  const extension = certificate.getExtension<KeyUsagesExtension>(KEY_USAGE);
  return extension !== null && (extension.usages & usage) !== 0;
}

/** Whether the certificate names this issuer: by its name, and by its key where both say one. */
function names(certificate: X509Certificate, issuer: X509Certificate): boolean {
  const theirs = certificate.getExtension<AuthorityKeyIdentifierExtension>(AUTHORITY_KEY_IDENTIFIER)?.keyId;
  const own = issuer.getExtension<SubjectKeyIdentifierExtension>(SUBJECT_KEY_IDENTIFIER)?.keyId;
  if (theirs !== undefined && own !== undefined && theirs !== own) return false;
  return sameBytes(certificate.issuerName.toArrayBuffer(), issuer.subjectName.toArrayBuffer());
}

function isSelfIssued(certificate: X509Certificate): boolean {
  return sameBytes(certificate.issuerName.toArrayBuffer(), certificate.subjectName.toArrayBuffer());
}

async function attested(leaf: X509Certificate): Promise<VerifiedChain | null> {
  const key = await leaf.publicKey.export();
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', key);
  const jwk = readP256PublicJwk({ kty, crv, x, y });
  const names =
    leaf.getExtension<SubjectAlternativeNameExtension>(SUBJECT_ALTERNATIVE_NAME)?.names.items ?? [];
  if (jwk === null) return null;
  const valuesOf = (type: string) => names.filter((name) => name.type === type).map((name) => name.value);
  return { jwk, uris: valuesOf('url'), dnsNames: valuesOf('dns') };
}

function readCertificate(der: string): X509Certificate | null {
  if (der.length > LONGEST_CERTIFICATE || !BASE64.test(der)) return null;
  const bytes = Uint8Array.from(atob(der), (character) => character.charCodeAt(0));
  if (!isWhole(bytes)) return null;
  try {
    return new X509Certificate(bytes);
  } catch {
    return null;
  }
}

/** Whether the bytes are one SEQUENCE with a length of two bytes, as any certificate of 256 bytes or more is. */
function isWhole([tag, form, high = 0, low = 0, ...rest]: Uint8Array): boolean {
  return tag === 0x30 && form === 0x82 && rest.length === high * 256 + low;
}

/** A positive integer of at most 20 octets (RFC 5280 §4.1.2.2). */
function serialOf(random: Uint8Array): string {
  if (random.length < 8 || random.length > 20) throw new Error('a serial number has 8 to 20 bytes');
  const [first = 0, ...rest] = random;
  return hex(Uint8Array.of((first & 0x3f) | 0x40, ...rest));
}

function sameBytes(a: ArrayBuffer, b: ArrayBuffer): boolean {
  return equalBytes(new Uint8Array(a), new Uint8Array(b));
}
