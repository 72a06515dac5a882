/** An operator who shows one person a directory of their own, and signs with its keys. */

import { constants, privateDecrypt } from 'node:crypto';
import { signJws } from '../../src/formats/jws.ts';
import { DIRECTORY_TYP, type ListedKey } from '../../src/formats/pass-directory.ts';
import { base64url, fromBase64url } from '../../src/kernel/bytes.ts';
import { readBook } from '../../src/web/wallet/passes/book.ts';
import { makePassKey, type TestPassKey } from '../support/passes.ts';
import type { RunningService } from '../support/service.ts';
import type { MadeUpPhone } from '../web/wallet/support/made-up-phone.ts';

/** The answer that the one person gets in place of everybody's; null where all are answered alike. */
export type SplitView = (url: string, init: RequestInit) => Promise<Response | null>;

export function splitView(running: RunningService, phone: Pick<MadeUpPhone, 'shelf'>): SplitView {
  /** By claim and window. */
  const own = new Map<string, TestPassKey>();
  return async (url, init) => {
    if (url.endsWith('/v1/pass-directory')) return ownDirectory(running, phone, own);
    return url.endsWith('/v1/passes') && typeof init.body === 'string' ? signedByOwn(own, init.body) : null;
  };
}

/** Keys that the phone has seen stay as they were: it would notice. */
async function ownDirectory(
  { service, url }: RunningService,
  { shelf }: Pick<MadeUpPhone, 'shelf'>,
  own: Map<string, TestPassKey>,
): Promise<Response> {
  const [, payload = ''] = (await service.passes.directory()).split('.');
  const genuine = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const { seen } = await readBook(shelf);
  const places = new Set(seen.map(({ claim, notBefore }) => `${claim} ${notBefore}`));
  const keys = (genuine.keys as ListedKey[]).map((listed) => {
    const place = `${listed.claim} ${listed.not_before}`;
    if (places.has(place) && !own.has(place)) return listed;
    const key = own.get(place) ?? makePassKey();
    own.set(place, key);
    return { ...listed, key_id: key.keyId, spki: base64url(key.spki) };
  });
  const signer = service.ring.signer('document');
  const jwt = await signJws(signer, { typ: DIRECTORY_TYP }, { ...genuine, iss: url, keys });
  return new Response(jwt, { headers: { 'content-type': 'application/jwt' } });
}

function signedByOwn(own: ReadonlyMap<string, TestPassKey>, body: string): Response | null {
  const { key_id: keyId, blinded } = JSON.parse(body) as { key_id: string; blinded: readonly string[] };
  const key = [...own.values()].find((one) => one.keyId === keyId);
  if (key === undefined) return null;
  const padding = constants.RSA_NO_PADDING;
  const signatures = blinded.map((value) =>
    base64url(privateDecrypt({ key: key.privateKey, padding }, fromBase64url(value) ?? new Uint8Array())),
  );
  return Response.json({ signatures });
}
