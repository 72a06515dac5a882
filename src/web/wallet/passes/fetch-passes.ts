/** Fetching the passes of one key: fresh device keys, blinded, signed by the service, finalized, kept. */

import type { CryptoKey } from 'jose';
import { isJsonObject, member } from '../../../formats/json.ts';
import { compressPoint } from '../../../formats/p256-point.ts';
import { base64url, fromBase64url } from '../../../kernel/bytes.ts';
import { makeDeviceKey } from '../device-key.ts';
import type { Asker, HeardAnswer } from './ask.ts';
import type { Blinder } from './blinder.ts';
import type { FreshPass, PassBox, PassRequest } from './box.ts';
import type { PlannedKey } from './plan.ts';

/**
 * What came of one key. `not_entitled`: the person may not prove this, or is suspended. `taken`: another phone of the
 * person has them. `stale`: the service wants the owner verified again. `bad_answer`: what came is not what was asked.
 */
export type FetchOutcome =
  | 'kept'
  | 'unreachable'
  | 'busy'
  | 'stale'
  | 'not_entitled'
  | 'taken'
  | 'refused'
  | 'bad_answer';

export interface FetchNeeds {
  readonly asker: Asker;
  readonly box: PassBox;
  readonly blinder: Blinder;
  readonly issuer: string;
  readonly token: string;
}

/** Which key, and how many passes of it. */
export interface Wanted {
  readonly key: PlannedKey;
  readonly spki: Uint8Array;
  readonly count: number;
}

/**
 * Fetches and keeps all passes of a key, or none. The request is written down before it is sent, and sent again as it
 * is until it is answered: where an answer was lost, that takes nothing of the quota.
 */
export async function fetchPasses(needs: FetchNeeds, { key, spki, count }: Wanted): Promise<FetchOutcome> {
  const { asker, box, blinder, issuer, token } = needs;
  const before = await box.asked(key);
  const fresh = before ?? (await makeRequest(blinder, spki, count));
  if (fresh === null) return 'bad_answer';
  const request = before ?? (await box.ask(key, fresh));
  const json = { key_id: key.keyId, blinded: request.blinded.map(({ blinded }) => blinded) };
  const answer = await asker.ask(`${issuer}/v1/passes`, { method: 'POST', token, json });
  const outcome = outcomeOf(answer);
  if (outcome === 'taken') await box.answered(key, []);
  if (outcome !== 'kept') return outcome;

  const passes = await passesIn(blinder, spki, request, answer);
  if (passes === null) return 'bad_answer';
  await box.answered(key, passes);
  return 'kept';
}

async function makeRequest(blinder: Blinder, spki: Uint8Array, count: number): Promise<PassRequest | null> {
  const keys = await Promise.all(Array.from({ length: count }, makeDeviceKey));
  const points = keys.map(({ jwk }) => {
    const [x, y] = [fromBase64url(jwk.x), fromBase64url(jwk.y)];
    return compressPoint(x ?? new Uint8Array(), y ?? new Uint8Array());
  });
  const blinded = await blinder.blind(spki, points);
  const privateKeys: readonly CryptoKey[] = keys.map(({ privateKey }) => privateKey);
  return blinded === null ? null : { blinded, deviceKeys: points.map(base64url), privateKeys };
}

/** All of the passes, each with a signature that was verified; null unless all are there. */
async function passesIn(
  blinder: Blinder,
  spki: Uint8Array,
  { blinded, deviceKeys, privateKeys }: PassRequest,
  answer: HeardAnswer | null,
): Promise<readonly FreshPass[] | null> {
  const signed = isJsonObject(answer?.body) ? member(answer.body, 'signatures') : undefined;
  if (!Array.isArray(signed) || signed.length !== blinded.length) return null;
  if (!signed.every((one) => typeof one === 'string')) return null;
  const signatures = await blinder.finalize(spki, blinded, signed);
  const passes = signatures.flatMap((signature, at): FreshPass[] => {
    const [privateKey, deviceKey] = [privateKeys[at], fromBase64url(deviceKeys[at] ?? '')];
    if (signature === null || privateKey === undefined || deviceKey === null) return [];
    return [{ deviceKey, signature, privateKey }];
  });
  return passes.length === blinded.length ? passes : null;
}

function outcomeOf(answer: HeardAnswer | null): FetchOutcome {
  if (answer === null || answer.status >= 500) return 'unreachable';
  if (answer.status === 200) return 'kept';
  if (answer.status === 429) return 'busy';
  const code = answer.body === null ? undefined : member(answer.body, 'code');
  if (answer.status === 401 || code === 'verification_required') return 'stale';
  if (code === 'forbidden') return 'not_entitled';
  return code === 'quota_exceeded' ? 'taken' : 'refused';
}
