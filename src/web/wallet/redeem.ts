/** Redeeming an offer and collecting its copies (OpenID4VCI 1.0 §6 to §11). */

import type { CryptoKey } from 'jose';
import { isJsonObject, member } from '../../formats/json.ts';
import { signJws } from '../../formats/jws.ts';
import { base64url } from '../../kernel/bytes.ts';
import { type CredentialType, readCredentialType } from '../../kernel/credential-type.ts';
import type { World } from '../../kernel/world.ts';
import { type Called, call, type Fetch, refusalOf } from './call.ts';
import { type FreshKey, makeDeviceKey, signerOf } from './device-key.ts';
import { type CopyReading, readCopy } from './held-copy.ts';
import type { Issuer } from './issuer.ts';
import { GRANT, type Offer } from './offer.ts';

const PROOF_TYP = 'openid4vci-proof+jwt';

/** A copy that was just issued, with its key. */
export interface FreshCopy {
  readonly id: string;
  readonly type: CredentialType;
  readonly credential: string;
  readonly privateKey: CryptoKey;
  readonly reading: CopyReading;
}

export type RedeemTrouble = 'unreachable' | 'wrong_code' | 'too_many_tries' | 'refused';
export type CollectTrouble = 'unreachable' | 'refused' | 'not_what_was_asked';

interface Needs {
  readonly fetch: Fetch;
  readonly world: World;
}

/**
 * The access token of an offer, or why there is none. A wrong code and an offer that is over look alike to the
 * service's answer, on purpose.
 */
export async function redeem(
  fetch: Fetch,
  { tokenEndpoint }: Issuer,
  offer: Offer,
  txCode: string | null,
): Promise<{ readonly token: string } | RedeemTrouble> {
  const form = {
    grant_type: GRANT,
    'pre-authorized_code': offer.code,
    ...(txCode !== null && { tx_code: txCode }),
  };
  const answer = await call(fetch, tokenEndpoint, { method: 'POST', form });
  if (answer === null || answer.status >= 500) return 'unreachable';
  if (answer.status === 429) return 'too_many_tries';
  const token = member(answer.body, 'access_token');
  if (answer.status === 200 && typeof token === 'string') return { token };
  return refusalOf(answer) === 'invalid_grant' ? 'wrong_code' : 'refused';
}

/** A fresh nonce (§7), with the service's clock; null where none came. */
export async function freshNonce(
  fetch: Fetch,
  nonceEndpoint: string,
): Promise<{ readonly nonce: string; readonly servedAt: Date | null } | null> {
  const answer = await call(fetch, nonceEndpoint, { method: 'POST' });
  const nonce = answer?.status === 200 ? member(answer.body, 'c_nonce') : undefined;
  return answer !== null && typeof nonce === 'string' ? { nonce, servedAt: answer.servedAt } : null;
}

/** The configurations of an offer that this wallet can keep. */
export function keepableTypes(issuer: Issuer, configurations: readonly string[]): readonly CredentialType[] {
  return configurations.flatMap((id) => {
    const type = readCredentialType(id);
    return type !== null && issuer.types.has(id) ? [type] : [];
  });
}

/**
 * Fetches a batch of copies, as many as the issuer answers at once, each bound to a fresh key of its own, and tells
 * the issuer whether they were good. None is kept unless all that came are what was asked for.
 */
export async function collectCopies(
  needs: Needs,
  issuer: Issuer,
  token: string,
  type: CredentialType,
): Promise<readonly FreshCopy[] | CollectTrouble> {
  const { fetch, world } = needs;
  const nonce = await freshNonce(fetch, issuer.nonceEndpoint);
  if (nonce === null) return 'unreachable';
  const keys = await Promise.all(Array.from({ length: issuer.batchSize }, makeDeviceKey));
  const issuedAt = nonce.servedAt ?? world.now();
  const jwt = await Promise.all(keys.map((key) => proofOf(key, issuer.id, nonce.nonce, issuedAt)));
  const answer = await call(fetch, issuer.credentialEndpoint, {
    method: 'POST',
    token,
    json: { credential_configuration_id: type, proofs: { jwt } },
  });
  if (answer === null || answer.status >= 500) return 'unreachable';
  if (answer.status !== 200) return 'refused';

  const copies = copiesIn(answer, keys, { type, vct: issuer.types.get(type) ?? '', world });
  await notify(fetch, issuer, token, { answer, good: copies !== null });
  return copies ?? 'not_what_was_asked';
}

async function proofOf(key: FreshKey, audience: string, nonce: string, issuedAt: Date): Promise<string> {
  const payload = { aud: audience, iat: Math.floor(issuedAt.getTime() / 1_000), nonce };
  return signJws(signerOf(key.privateKey), { typ: PROOF_TYP, jwk: { ...key.jwk } }, payload);
}

function copiesIn(
  { body }: Called,
  keys: readonly FreshKey[],
  { type, vct, world }: { type: CredentialType; vct: string; world: World },
): readonly FreshCopy[] | null {
  const issued = member(body, 'credentials');
  if (!Array.isArray(issued) || issued.length === 0 || issued.length > keys.length) return null;
  const copies = issued.flatMap((one: unknown, at): FreshCopy[] => {
    const key = keys[at];
    const credential = isJsonObject(one) ? member(one, 'credential') : undefined;
    if (key === undefined || typeof credential !== 'string') return [];
    const reading = readCopy(credential, { vct, key: key.jwk });
    if (reading === null) return [];
    return [{ id: base64url(world.random(12)), type, credential, privateKey: key.privateKey, reading }];
  });
  return copies.length === issued.length ? copies : null;
}

/** Best effort (§11): copies that came are good whether or not the issuer hears of it. */
async function notify(
  fetch: Fetch,
  { notificationEndpoint }: Issuer,
  token: string,
  { answer, good }: { answer: Called; good: boolean },
): Promise<void> {
  const id = member(answer.body, 'notification_id');
  if (notificationEndpoint === null || typeof id !== 'string') return;
  const event = good ? 'credential_accepted' : 'credential_failure';
  await call(fetch, notificationEndpoint, { method: 'POST', token, json: { notification_id: id, event } });
}
