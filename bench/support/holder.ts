import { type P256PublicJwk, readP256PublicJwk } from '../../src/formats/jwk.ts';
import { type DeviceSigner, signJws } from '../../src/formats/jws.ts';
import { bindKey } from '../../src/formats/sd-jwt/key-binding.ts';
import { chooseDisclosures } from '../../src/formats/sd-jwt/present.ts';
import type { Callers } from '../../src/http/caller.ts';
import type { CredentialRequest } from '../../src/issuance/issue-credentials.ts';
import { BATCH_SIZE } from '../../src/issuance/metadata.ts';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import type { BenchService } from './service.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const ES256 = { name: 'ECDSA', hash: 'SHA-256' };

interface Device extends DeviceSigner {
  readonly jwk: P256PublicJwk;
}

/** A request for a full batch of copies, ready to be answered. */
export interface Batch {
  readonly caller: Callers['holder'];
  readonly request: CredentialRequest;
  readonly devices: readonly Device[];
}

/** A presentation of a copy that was shown to nobody yet. */
export interface Shown {
  readonly text: string;
  readonly nonce: string;
}

/** Somebody to issue to. */
export const PERSON = {
  familyName: 'Example',
  givenName: 'Erika',
  birthDate: '1984-01-26' as CalendarDate,
  nationality: null,
  documentNumber: null,
  statuses: [],
  externalId: null,
  stateReason: null,
};

/** Makes requests for batches, each with fresh keys, proofs, nonce and access token, of one person. */
export async function batchMaker({ service, world }: BenchService): Promise<() => Promise<Batch>> {
  const person = await service.people.create(PERSON, null, 'system');
  return async () => {
    const { offerUri, txCode } = await service.issuance.makeOffer(person.id, ['age'], 'system');
    const offer = (await service.issuance.readOffer(referenceOf(offerUri))) as Offer;
    const token = await service.issuance.redeem(offer.grants[GRANT]['pre-authorized_code'], txCode);
    const caller = await service.identify.holder(token);
    if (caller === null) throw new Error('the token that was just made is not known');
    const devices = await Promise.all(Array.from({ length: BATCH_SIZE }, makeDevice));
    const iat = Math.floor(world.now().getTime() / 1_000);
    const payload = { aud: service.config.publicUrl, iat, nonce: service.issuance.nonce() };
    const proofs = await Promise.all(
      devices.map((device) =>
        signJws(device, { typ: 'openid4vci-proof+jwt', jwk: { ...device.jwk } }, payload),
      ),
    );
    const request = { configuration: 'age', identifier: undefined, proofs, encryption: undefined };
    return { caller, request, devices };
  };
}

interface Offer {
  readonly grants: { readonly [GRANT]: { readonly 'pre-authorized_code': string } };
}

function referenceOf(offerUri: string): string {
  const link = new URL(offerUri).searchParams.get('credential_offer_uri') ?? '';
  return link.slice(link.lastIndexOf('/') + 1);
}

/** Makes so many presentations, each of a copy of its own with a nonce of its own, that disclose one age. */
export async function presentations(
  bench: BenchService,
  makeBatch: () => Promise<Batch>,
  count: number,
): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  while (shown.length < count) {
    const { caller, request, devices } = await makeBatch();
    const { credentials } = await bench.service.issuance.issue(caller, request);
    const fresh = credentials.map((credential, at) => present(bench, credential, devices[at]));
    shown.push(...(await Promise.all(fresh)));
  }
  return shown.slice(0, count);
}

async function present(
  { service, world }: BenchService,
  credential: string,
  device: Device | undefined,
): Promise<Shown> {
  const chosen = chooseDisclosures(credential, (path) => path.at(-1) === '18');
  if (chosen === null || device === undefined) throw new Error('the copy is not an SD-JWT with a key');
  const nonce = service.issuance.nonce();
  const binding = { audience: service.config.publicUrl, nonce, issuedAt: world.now() };
  return { text: await bindKey(chosen, device, binding), nonce };
}

async function makeDevice(): Promise<Device> {
  const keys = await crypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const jwk = readP256PublicJwk({ kty, crv, x, y });
  if (jwk === null) throw new Error('a fresh P-256 key was not one');
  const sign = async (data: Uint8Array) =>
    new Uint8Array(await crypto.subtle.sign(ES256, keys.privateKey, new Uint8Array(data)));
  return { jwk, sign };
}
