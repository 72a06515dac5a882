import type { JsonObject } from '../../formats/json.ts';
import { readP256PublicJwk } from '../../formats/jwk.ts';
import { type DeviceSigner, signJws } from '../../formats/jws.ts';
import { bindKey } from '../../formats/sd-jwt/key-binding.ts';
import { chooseDisclosures } from '../../formats/sd-jwt/present.ts';
import type { ClaimPath } from '../../formats/sd-jwt/reveal.ts';
import type { Clock } from '../../kernel/world.ts';
import { type Call, call } from './call.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
const P256 = { name: 'ECDSA', namedCurve: 'P-256' };

/** One copy of a credential and the key that it is bound to. */
export interface Copy {
  readonly credential: string;
  readonly device: DeviceSigner;
}

/** A ticket for the till. */
export interface ShownTicket {
  readonly id: string;
  readonly ticket: string;
  readonly secret: string;
}

interface Device extends DeviceSigner {
  readonly jwk: JsonObject;
}

/** A phone, as far as the story needs one: it enrols, and shows what its holder chooses. */
export interface Holder {
  /** Redeems an offer and fetches so many copies of each credential in it (OpenID4VCI 1.0). */
  enrol(offerUri: string, txCode: string, copies: number): Promise<Readonly<Record<string, readonly Copy[]>>>;
  /** Redeems an offer for its token alone, which is good for passes too. */
  redeem(offerUri: string, txCode: string): Promise<string>;
  /** Uploads a presentation of a copy that discloses the wanted claims, and no other. */
  show(copy: Copy, wanted: (path: ClaimPath) => boolean): Promise<ShownTicket>;
  /** Who asked what about a ticket, and was told what. */
  whatBecame(shown: ShownTicket): Promise<Call>;
}

export function makeHolder(issuerUrl: string, now: Clock): Holder {
  const nonce = async (): Promise<string> => {
    const metadata = await call(`${issuerUrl}/.well-known/openid-credential-issuer`);
    return String((await call(String(metadata.body.nonce_endpoint), { method: 'POST' })).body.c_nonce);
  };
  return {
    async enrol(offerUri, txCode, copies) {
      const offer = await readOffer(offerUri);
      const token = await redeem(issuerUrl, offer.code, txCode);
      const wallet: Record<string, readonly Copy[]> = {};
      for (const type of offer.types) {
        const devices = await Promise.all(Array.from({ length: copies }, makeDevice));
        const proof = { aud: issuerUrl, iat: seconds(now()), nonce: await nonce() };
        const jwt = await Promise.all(
          devices.map((device) => signJws(device, { typ: 'openid4vci-proof+jwt', jwk: device.jwk }, proof)),
        );
        const { body } = await call(`${issuerUrl}/oid4vci/credential`, {
          method: 'POST',
          token,
          json: { credential_configuration_id: type, proofs: { jwt } },
        });
        const issued = body.credentials as readonly { readonly credential: string }[];
        wallet[type] = issued.flatMap(({ credential }, at) => {
          const device = devices[at];
          return device === undefined ? [] : [{ credential, device }];
        });
      }
      return wallet;
    },

    async redeem(offerUri, txCode) {
      return redeem(issuerUrl, (await readOffer(offerUri)).code, txCode);
    },

    async show({ credential, device }, wanted) {
      const chosen = chooseDisclosures(credential, wanted);
      if (chosen === null) throw new Error('the copy is not an SD-JWT');
      const binding = { audience: issuerUrl, nonce: await nonce(), issuedAt: now() };
      const presentation = await bindKey(chosen, device, binding);
      const { body } = await call(`${issuerUrl}/v1/presentations`, {
        method: 'POST',
        json: { presentation },
      });
      return { id: String(body.id), ticket: String(body.ticket), secret: String(body.secret) };
    },

    whatBecame: ({ id, secret }) => call(`${issuerUrl}/v1/presentations/${id}`, { token: secret }),
  };
}

async function readOffer(offerUri: string): Promise<{ code: string; types: readonly string[] }> {
  const { body } = await call(new URL(offerUri).searchParams.get('credential_offer_uri') ?? '');
  const grants = body.grants as Record<string, Record<string, string>>;
  return {
    code: grants[GRANT]?.['pre-authorized_code'] ?? '',
    types: body.credential_configuration_ids as readonly string[],
  };
}

async function redeem(issuerUrl: string, code: string, txCode: string): Promise<string> {
  const metadata = await call(`${issuerUrl}/.well-known/oauth-authorization-server`);
  const form = new URLSearchParams({ grant_type: GRANT, 'pre-authorized_code': code, tx_code: txCode });
  return String(
    (await call(String(metadata.body.token_endpoint), { method: 'POST', form })).body.access_token,
  );
}

async function makeDevice(): Promise<Device> {
  const keys = await crypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const jwk = readP256PublicJwk({ kty, crv, x, y });
  if (jwk === null) throw new Error('a fresh P-256 key was not one');
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  return {
    jwk: { ...jwk },
    sign: async (data) =>
      new Uint8Array(await crypto.subtle.sign(algorithm, keys.privateKey, new Uint8Array(data))),
  };
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
