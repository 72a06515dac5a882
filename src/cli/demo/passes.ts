import { setTimeout as pause } from 'node:timers/promises';
import { blind, finalize } from '../../formats/blind-rsa/blind.ts';
import { readRsaSpki } from '../../formats/blind-rsa/public-key.ts';
import { readJws } from '../../formats/jws.ts';
import { compressPoint } from '../../formats/p256-point.ts';
import { passMessage, showPass } from '../../formats/pass.ts';
import { type DirectoryKey, readListedKeys } from '../../formats/pass-directory.ts';
import { type Bytes, base64url, fromBase64url } from '../../kernel/bytes.ts';
import type { World } from '../../kernel/world.ts';
import { call } from './call.ts';

/** Milliseconds between two looks into the directory: a key takes a sixth of a second to make. */
const LOOK_AGAIN = 100;
const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const ES256 = { name: 'ECDSA', hash: 'SHA-256' };

/** A pass on the phone. */
export interface HeldPass {
  /** Its digits, signed now. */
  show(): Promise<string>;
}

/** The key of today's window that signs a claim, as soon as the service has made it. */
export async function keyOfToday(url: string, claim: string, { now }: World): Promise<DirectoryKey> {
  for (;;) {
    const directory = await (await fetch(`${url}/v1/pass-directory`)).text();
    const keys = readListedKeys(readJws(directory)?.payload.keys) ?? [];
    const key = keys.find((one) => one.claim === claim && one.notBefore <= now() && now() < one.expiresAt);
    if (key !== undefined) return key;
    await pause(LOOK_AGAIN);
  }
}

/** Fetches a pass: the service signs what it cannot read. */
export async function fetchPass(
  { url, token, world }: { readonly url: string; readonly token: string; readonly world: World },
  { keyId, spki }: DirectoryKey,
): Promise<HeldPass> {
  const key = readRsaSpki(spki);
  if (key === null) throw new Error('the directory lists a key of another kind');
  const device = await makeDevice();
  const blinding = blind(key, passMessage(device.point), world.random);
  const json = { key_id: keyId, blinded: [base64url(blinding.blinded)] };
  const { body } = await call(`${url}/v1/passes`, { method: 'POST', token, json });
  const [signed = ''] = (body.signatures ?? []) as readonly string[];
  const signature = finalize(key, blinding, fromBase64url(signed) ?? new Uint8Array());
  if (signature === null) throw new Error('the service signed something else');
  const stocked = { keyId, deviceKey: device.point, signature };
  return { show: () => showPass(stocked, world.now(), device.sign) };
}

async function makeDevice(): Promise<{ point: Bytes; sign: (data: Bytes) => Promise<Uint8Array> }> {
  const keys = await crypto.subtle.generateKey(P256, false, ['sign', 'verify']);
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
  return {
    point: compressPoint(raw.subarray(1, 33), raw.subarray(33)),
    sign: async (data) => new Uint8Array(await crypto.subtle.sign(ES256, keys.privateKey, data)),
  };
}
