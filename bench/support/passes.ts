import { constants, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { compressPoint } from '../../src/formats/p256-point.ts';
import { passKeyId, passMessage, showPass } from '../../src/formats/pass.ts';
import { fromBase64url } from '../../src/kernel/bytes.ts';

/** The passes of a claim and window: what a wallet asks for together. */
export const QUOTA = 8;

/** A key of the issuer, made for a run. */
export interface BenchPassKey {
  readonly keyId: string;
  readonly spki: Uint8Array;
  readonly privateKey: KeyObject;
}

export function makePassKey(): BenchPassKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  return { keyId: passKeyId(spki), spki, privateKey };
}

/**
 * So many passes, each of a device key of its own, as they are shown at that moment. The issuer signs them without
 * blinding, which no verifier can tell: thousands are needed, and blinding is the wallet's work.
 */
export async function shownPasses(key: BenchPassKey, count: number, now: Date): Promise<readonly string[]> {
  const passes: string[] = [];
  while (passes.length < count) passes.push(await shownPass(key, now));
  return passes;
}

function shownPass({ keyId, privateKey }: BenchPassKey, now: Date): Promise<string> {
  const device = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = device.publicKey.export({ format: 'jwk' });
  const deviceKey = compressPoint(coordinate(x), coordinate(y));
  const pss = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
  const signature = sign('sha384', passMessage(deviceKey), pss);
  const es256 = { key: device.privateKey, dsaEncoding: 'ieee-p1363' as const };
  return showPass({ keyId, deviceKey, signature }, now, async (data) => sign('sha256', data, es256));
}

/** Random numbers less than any modulus: to the signer, blinded values are nothing else. */
export function blindedValues(): readonly Uint8Array[] {
  return Array.from({ length: QUOTA }, () => new Uint8Array(randomBytes(256)).with(0, 0));
}

function coordinate(text: string): Uint8Array {
  return fromBase64url(text) ?? new Uint8Array();
}
