/**
 * Passes: blind-signed, single-use proofs of one claim, each bound to a device key of its own. A pass is `2` and then
 * the decimal form of the big-endian integer of `0x01 ‖ body`, 871 digits in all: to the digit what a version-14 QR
 * holds. The body: 4 bytes key id, 33 device key (P-256, compressed), 256 blind signature, 4 time, 64 device signature.
 */

import type { CryptoKey } from 'jose';
import { type Bytes, concat, hex, utf8 } from '../kernel/bytes.ts';
import { RSA_LENGTH } from './blind-rsa/public-key.ts';
import { bytesOf, numberOf } from './modular.ts';
import { importPoint, POINT_LENGTH } from './p256-point.ts';
import { passSignatures } from './pass-signatures.ts';
import { sha256 } from './sha.ts';

const MARK = '2';
export const PASS_DIGITS = 871;
const ID_LENGTH = 4;
const TIME_LENGTH = 4;
const SIGNATURE_LENGTH = 64;
const BODY_LENGTH = ID_LENGTH + POINT_LENGTH + RSA_LENGTH + TIME_LENGTH + SIGNATURE_LENGTH;
/** What the device signs: everything before its signature. */
const SHOWN_LENGTH = BODY_LENGTH - SIGNATURE_LENGTH;
/** Seconds to which the time of showing is floored, so that it tells less. */
const STEP = 10;
const BLIND = utf8('counterproof pass v1');
const SHOW = utf8('counterproof show v1');
const DECIMAL = /^[0-9]+$/;

/** What a pass is before it is shown: what the wallet keeps in stock. */
export interface StockedPass {
  /** 8 hexadecimal digits: the first 4 bytes of SHA-256 over the signing key's SPKI in DER. */
  readonly keyId: string;
  /** Compressed. */
  readonly deviceKey: Uint8Array;
  /** Over `passMessage(deviceKey)`. */
  readonly signature: Uint8Array;
}

export interface Pass extends StockedPass {
  /** Unix seconds. Verifiers do not insist on the flooring. */
  readonly shownAt: number;
  /** ES256 (r‖s, either s) over `showing`. */
  readonly deviceSignature: Uint8Array;
  /** What the device signed. */
  readonly showing: Bytes;
}

/** The id of a signing key: so many of its hash that a window's few keys differ. */
export function passKeyId(spki: Uint8Array): string {
  return hex(sha256(spki).subarray(0, ID_LENGTH));
}

/** What is blind-signed for a device key. */
export function passMessage(deviceKey: Uint8Array): Bytes {
  return concat(BLIND, deviceKey);
}

/** Shows a pass: signs the time with its device key, floored to 10 seconds. Throws, as for a bug, if a part's length is wrong. */
export async function showPass(
  pass: StockedPass,
  now: Date,
  sign: (data: Bytes) => Promise<Uint8Array>,
): Promise<string> {
  const time = Math.floor(now.getTime() / 1_000 / STEP) * STEP;
  const keyId = bytesOf(BigInt(`0x${pass.keyId}`), ID_LENGTH);
  const shown = concat(keyId, pass.deviceKey, pass.signature, bytesOf(BigInt(time), TIME_LENGTH));
  const signature = await sign(concat(SHOW, shown));
  const body = concat(shown, signature);
  if (body.length !== BODY_LENGTH) throw new Error('a part of the pass has the wrong length');
  return MARK + numberOf(concat(Uint8Array.of(0x01), body)).toString();
}

/** The pass that a string of digits is, with nothing verified; null if it is none. */
export function readPass(digits: string): Pass | null {
  if (digits.length !== PASS_DIGITS || !digits.startsWith(MARK) || !DECIMAL.test(digits)) return null;
  const number = BigInt(digits.slice(MARK.length));
  if (number >> BigInt(8 * BODY_LENGTH) !== 1n) return null;
  const body = bytesOf(number, 1 + BODY_LENGTH).subarray(1);
  const take = takerOf(body);
  return {
    keyId: hex(take(ID_LENGTH)),
    deviceKey: take(POINT_LENGTH),
    signature: take(RSA_LENGTH),
    shownAt: Number(numberOf(take(TIME_LENGTH))),
    deviceSignature: take(SIGNATURE_LENGTH),
    showing: concat(SHOW, body.subarray(0, SHOWN_LENGTH)),
  };
}

/**
 * Whether both signatures of a pass hold: the issuer's over the device key, and the device's over everything before
 * it. Both are checked whatever the first one says, so that the time tells nothing.
 */
export async function passHolds(pass: Pass, signingKey: CryptoKey): Promise<boolean> {
  const [issued, shown] = await Promise.all([
    passSignatures.pss(signingKey, passMessage(pass.deviceKey), concat(pass.signature)),
    deviceSigned(pass),
  ]);
  return issued && shown;
}

/** The signing key of an SPKI for `passHolds`; the caller has read it with `readRsaSpki`. */
export async function importPassKey(spki: Uint8Array): Promise<CryptoKey> {
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' };
  return crypto.subtle.importKey('spki', concat(spki), algorithm, true, ['verify']);
}

async function deviceSigned({ deviceKey, deviceSignature, showing }: Pass): Promise<boolean> {
  const key = await importPoint(deviceKey);
  return key !== null && passSignatures.es256(key, showing, concat(deviceSignature));
}

function takerOf(bytes: Bytes): (length: number) => Bytes {
  let at = 0;
  return (length) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
}
