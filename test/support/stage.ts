/** A stage for tests that throw things: a service, and somebody of each kind who may call it. */

import assert from 'node:assert/strict';
import { after, before, type TestContext } from 'node:test';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { beginRegistration } from '../../src/passkeys/endpoints.ts';
import { listOfficerPasskeys } from '../../src/passkeys/officers/endpoints.ts';
import * as people from '../../src/people/endpoints.ts';
import { createPresentation } from '../../src/presentation/endpoints.ts';
import * as retailers from '../../src/retailers/endpoints.ts';
import * as terminals from '../../src/retailers/terminals/endpoints.ts';
import { createVerification } from '../../src/verification/endpoints.ts';
import { listWallets } from '../../src/wallets/endpoints.ts';
import { Authenticator } from './authenticator.ts';
import {
  type Client,
  clientOf,
  copies,
  credentialRequest,
  GRANT,
  openOffer,
  presentationOf,
  redeem,
  type Scene,
  type Sent,
} from './client.ts';
import { type Copy, deviceKeys } from './holder-keys.ts';
import {
  cookieOf,
  officerOf,
  passkeyHolder,
  signedIn,
  tryToSignIn,
  tryToSignInAsOfficer,
  withCookie,
} from './passkeys.ts';
import { METRICS_TOKEN, type RunningService, runService } from './service.ts';

/** A service with somebody of each kind who may call it. */
export interface Stage extends Scene {
  readonly running: RunningService;
  /** What each kind of caller proves itself with. */
  readonly tokens: Readonly<Record<'officer' | 'terminal' | 'holder' | 'operator', string>>;
  /** Who signs in with a passkey: a holder with another wallet of that person, and an owner. */
  readonly passkeys: { readonly holder: Authenticator; readonly officer: Authenticator };
  readonly testTerminal: string;
  readonly copy: Copy;
  /** What stands in an endpoint's path in place of `{id}`: something that is there. */
  readonly params: (endpoint: Endpoint) => Record<string, string>;
}

/** One stage for all tests of a file: set before the first, gone after the last. */
export function sharedStage(settings: Readonly<Record<string, string>> = {}): () => Stage {
  const undo: (() => unknown)[] = [];
  let stage: Stage | undefined;
  before(async () => {
    stage = await openStage({ after: (last?: unknown) => void undo.push(last as () => unknown) }, settings);
  });
  after(async () => {
    for (const last of undo) await last();
  });
  return () => {
    assert.ok(stage);
    return stage;
  };
}

/** Sets the stage over HTTP: a person with a wallet and an age copy, a shop with a live and a test till. */
export async function openStage(
  t: Pick<TestContext, 'after'>,
  settings: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const running = await runService(t, settings);
  const client = clientOf(running.url);
  const officer = running.adminKey;
  const entered = { token: officer, json: people.createPerson.body.example };
  const person = (await client.ask(people.createPerson, 201, entered)).body.id;
  const holder = await redeem(client, await openOffer(client, officer, person));
  const [copy] = await copies({ running, client }, holder, 1);
  assert.ok(copy);
  const shop = await openShop(client, officer);
  const uploaded = await upload({ running, client }, copy);
  const question = { token: uploaded.ticket, ask: { claims: ['age_over_18'] } };
  const asked = { token: shop.live.key, json: question };
  const wallet = (await client.ask(listWallets, 200, { token: officer })).body.data[0]?.id;
  const scene = { running, client, admin: officer };
  const signed = await passkeyHolder(scene, person);
  const owner = await officerOf(scene);
  const headers = { cookie: owner.cookie };
  const [passkey] = (await client.ask(listOfficerPasskeys, 200, { headers })).body.data;
  const ids = {
    '/v1/people/': person,
    '/v1/wallets/': wallet,
    '/v1/passkeys/': signed.passkey,
    '/v1/sessions/': signed.session,
    '/v1/officers/': owner.body.officer.id,
    '/v1/officer-passkeys/': passkey?.id,
    '/v1/retailers/': shop.id,
    '/v1/terminals/': shop.spare.id,
    '/v1/policies/': 'alcohol',
    '/v1/policy-packs/': 'gb',
    '/v1/verifications/': (await client.ask(createVerification, 201, asked)).body.id,
    '/v1/presentations/': uploaded.id,
    '/oid4vci/offers/': (await openOffer(client, officer, person)).reference,
    '/credentials/': 'age',
    '/status-lists/': listOf(copy),
  };
  return {
    running,
    client,
    tokens: { officer, terminal: shop.live.key, holder, operator: METRICS_TOKEN },
    passkeys: { holder: signed.authenticator, officer: owner.authenticator },
    testTerminal: shop.test.key,
    copy,
    params: ({ path }) => {
      const id = Object.entries(ids).find(([prefix]) => path.startsWith(prefix))?.[1];
      return id === undefined ? {} : { id, reference: id, type: id };
    },
  };
}

async function openShop(client: Client, token: string) {
  const json = { name: 'Corner Shop', permitted_claims: ['age_over_18', 'age_over_21'] };
  const { id } = (await client.ask(retailers.registerRetailer, 201, { token, json })).body;
  const till = async (live: boolean) =>
    (await client.ask(terminals.addTerminal, 201, { token, params: { id }, json: { name: 'Till', live } }))
      .body;
  return { id, live: await till(true), test: await till(false), spare: await till(true) };
}

async function upload(scene: Scene, copy: Copy) {
  const json = { presentation: await presentationOf(scene, copy) };
  return (await scene.client.ask(createPresentation, 201, { json })).body;
}

function listOf({ sdJwt }: Copy): string {
  const payload = JSON.parse(Buffer.from(sdJwt.split('.')[1] ?? '', 'base64url').toString());
  return String(payload.status.status_list.uri).split('/').at(-1) ?? '';
}

/** What somebody sends whom the endpoint lets in; nothing where nobody has to. Whoever signs in does so just now. */
export async function rightCaller(stage: Stage, { caller }: Endpoint): Promise<Sent> {
  const { client, tokens, passkeys } = stage;
  if (caller.public || caller.wallet) return {};
  if (caller.officer !== undefined && caller.officer !== 'own') return { token: tokens.officer };
  if (caller.holder !== undefined) {
    return { token: caller.holder.startsWith('offer') ? tokens.holder : await holderSession(stage) };
  }
  if (caller.officer === 'own') {
    const { answer } = await tryToSignInAsOfficer(client, passkeys.officer);
    return { headers: withCookie(cookieOf(answer.headers)) };
  }
  return { token: caller.terminal ? tokens.terminal : tokens.operator };
}

/** The token of a session that has just begun. */
export async function holderSession(stage: Stage): Promise<string> {
  return (await signedIn(stage, stage.passkeys.holder)).token;
}

/** A body that fits the endpoint, though what it names may not be there. */
export async function goodBody(stage: Stage, { id, body }: Endpoint): Promise<unknown> {
  const { client, running, passkeys, tokens } = stage;
  if (body?.example !== undefined) return body.example;
  switch (id) {
    case 'createPresentation':
      return { presentation: await presentationOf(stage, stage.copy) };
    case 'issueCredential':
      return credentialRequest(stage, await deviceKeys(2));
    case 'registerPasskey':
    case 'registerOfficerPasskey': {
      const { challenge_id, options } = (await client.ask(beginRegistration, 201, { token: tokens.holder }))
        .body;
      return { challenge_id, credential: new Authenticator(running.url).register(options), name: 'Phone' };
    }
    case 'signIn':
      return (await tryToSignIn(stage, passkeys.holder)).json;
    case 'signInOfficer':
      return (await tryToSignInAsOfficer(client, passkeys.officer)).json;
    case 'redeemOffer':
      return { grant_type: GRANT, 'pre-authorized_code': 'a-code-of-nobody', tx_code: '123456' };
    case 'notifyIssuer':
      return { notification_id: 'an-id-of-nobody', event: 'credential_accepted', event_description: 'fine' };
    default:
      throw new Error(`${id} has no good example`);
  }
}

/** What stands in the endpoint's path: something that is there, but nobody whom other tests need. */
export async function spare(
  { client, tokens, params }: Stage,
  endpoint: Endpoint,
): Promise<Record<string, string>> {
  if (!endpoint.path.startsWith('/v1/people/{')) return params(endpoint);
  const entered = { token: tokens.officer, json: people.createPerson.body.example };
  return { id: (await client.ask(people.createPerson, 201, entered)).body.id };
}
