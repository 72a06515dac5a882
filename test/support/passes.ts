/** Passes as a wallet and an issuer make them together, for tests. */

import { constants, generateKeyPairSync, type KeyObject, privateDecrypt, randomBytes } from 'node:crypto';
import type { Service } from '../../src/compose.ts';
import { blind, finalize } from '../../src/formats/blind-rsa/blind.ts';
import { readRsaSpki } from '../../src/formats/blind-rsa/public-key.ts';
import { compressPoint } from '../../src/formats/p256-point.ts';
import { passKeyId, passMessage, type StockedPass, showPass } from '../../src/formats/pass.ts';
import { passChecker } from '../../src/judgement/check-pass.ts';
import { USUAL_BOUNDS } from '../../src/judgement/pass-time.ts';
import type { Claim } from '../../src/kernel/claims.ts';
import { windowAt } from '../../src/passes/pass-key.ts';

const ES256 = { name: 'ECDSA', hash: 'SHA-256' };

/** How a verifier that knows no pass key is told about passes. */
export const NO_PASSES = { checkPass: passChecker(() => null), freshness: USUAL_BOUNDS, rememberSpent: 0 };

/** A signing key of the issuer. */
export interface TestPassKey {
  readonly keyId: string;
  readonly spki: Uint8Array;
  readonly privateKey: KeyObject;
}

export function makePassKey(): TestPassKey {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const spki = new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }));
  return { keyId: passKeyId(spki), spki, privateKey: pair.privateKey };
}

/** Has a service list a key for a claim, in the window of a moment. */
export async function listKey(
  service: Pick<Service, 'stores' | 'passKeys'>,
  { keyId, spki }: TestPassKey,
  now: Date,
  claim: Claim = 'age_over_18',
): Promise<void> {
  const window = windowAt(now, 1);
  await service.stores.passKeys.add({ keyId, claim, window, spki, sealedPrivate: null, withdrawnAt: null });
  await service.passKeys.refresh();
}

/** A pass with the device that shows it. */
export interface HeldPass {
  readonly stocked: StockedPass;
  readonly sign: (data: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
  readonly show: (now: Date) => Promise<string>;
}

export async function makePass({ keyId, spki, privateKey }: TestPassKey): Promise<HeldPass> {
  const device = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', device.publicKey));
  const deviceKey = compressPoint(raw.subarray(1, 33), raw.subarray(33));
  const key = readRsaSpki(spki)!;
  const blinding = blind(key, passMessage(deviceKey), (length) => new Uint8Array(randomBytes(length)));
  const signed = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, blinding.blinded);
  const stocked = { keyId, deviceKey, signature: finalize(key, blinding, signed)! };
  const sign = async (data: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(await crypto.subtle.sign(ES256, device.privateKey, data));
  return { stocked, sign, show: (now) => showPass(stocked, now, sign) };
}
