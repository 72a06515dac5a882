/** Holders and officers with passkeys, at a service that really listens. */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { inviteOfficer } from '../../src/officers/invite-officer.ts';
import type { Role } from '../../src/officers/officer.ts';
import * as passkeys from '../../src/passkeys/endpoints.ts';
import * as officers from '../../src/passkeys/officers/endpoints.ts';
import { signIn } from '../../src/passkeys/sessions/endpoints.ts';
import { createPerson } from '../../src/people/endpoints.ts';
import { Authenticator, type Knobs } from './authenticator.ts';
import { type Client, clientOf, openOffer, redeem, type Scene } from './client.ts';
import { type RunningService, runService } from './service.ts';

/** Milliseconds for which a challenge, and a user verification, are good. */
export const FIVE_MINUTES = 300_000;

export interface PasskeyScene extends Scene {
  readonly running: RunningService;
  readonly admin: string;
}

export async function passkeyScene(
  t: Pick<TestContext, 'after'>,
  settings: Readonly<Record<string, string>> = {},
): Promise<PasskeyScene> {
  const running = await runService(t, settings);
  return { running, client: clientOf(running.url), admin: running.adminKey };
}

/** A new person, by their id. */
export async function somebody({ client, admin }: PasskeyScene): Promise<string> {
  const entered = { token: admin, json: createPerson.body.example };
  return (await client.ask(createPerson, 201, entered)).body.id;
}

/** The access token of a new wallet. */
export async function enrolling(scene: PasskeyScene, person: string): Promise<string> {
  return redeem(scene.client, await openOffer(scene.client, scene.admin, person));
}

/** Begins and finishes a registration; answers whatever the service said to the second. */
export async function tryToRegister(
  { client, running }: Scene,
  token: string,
  { knobs = {}, authenticator = new Authenticator(running.url), name = 'Phone' } = {} as {
    knobs?: Knobs;
    authenticator?: Authenticator;
    name?: string;
  },
) {
  const { challenge_id, options } = (await client.ask(passkeys.beginRegistration, 201, { token })).body;
  const credential = authenticator.register(options, knobs);
  const json = { challenge_id, credential, name };
  return { authenticator, json, answer: await client.send(passkeys.registerPasskey, { token, json }) };
}

type Registered = Awaited<ReturnType<typeof passkeyHolder>>;
export type PasskeyHolder = Registered;

/** A holder with a wallet, its first passkey, and the session that came with it. */
export async function passkeyHolder(scene: PasskeyScene, person?: string) {
  const whose = person ?? (await somebody(scene));
  const access = await enrolling(scene, whose);
  const { authenticator, answer } = await tryToRegister(scene, access);
  assert.equal(answer.status, 201, answer.text);
  const body = passkeys.registerPasskey.replies[201].schema.parse(answer.body);
  return {
    person: whose,
    access,
    authenticator,
    passkey: body.passkey.id,
    wallet: body.session.wallet_id,
    token: body.session.token,
    session: body.session.id,
    lockCode: body.lock_code ?? '',
  };
}

/** Begins and finishes a holder's sign-in; answers whatever the service said to the second. */
export async function tryToSignIn({ client }: Scene, authenticator: Authenticator, knobs: Knobs = {}) {
  const { challenge_id, options } = (await client.ask(passkeys.beginSignIn, 201, { json: {} })).body;
  const json = { challenge_id, credential: authenticator.signIn(options, knobs) };
  return { json, answer: await client.send(signIn, { json }) };
}

/** A new session of a holder who signs in. */
export async function signedIn(scene: Scene, authenticator: Authenticator) {
  const { answer } = await tryToSignIn(scene, authenticator);
  assert.equal(answer.status, 201, answer.text);
  return signIn.replies[201].schema.parse(answer.body);
}

/** The token of a set-up link. */
export async function setupToken({ service, now }: RunningService, role: Role = 'owner'): Promise<string> {
  const world = { now, random: (length: number) => new Uint8Array(randomBytes(length)) };
  const issuerUrl = service.config.publicUrl;
  const { link } = await inviteOfficer({ ...service, world, issuerUrl }, { name: 'Olive', role }, 'system');
  return link.slice(link.indexOf('#setup=') + 7);
}

/** What a page of the service's own sends with its cookie. */
export function withCookie(cookie: string): Record<string, string> {
  return { cookie, 'sec-fetch-site': 'same-origin' };
}

/** The cookie of an answer, as the browser sends it back. */
export function cookieOf(headers: { 'set-cookie'?: string[] | undefined }): string {
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

/** An officer who has just been set up: authenticator and cookie. */
export async function officerOf(scene: Pick<PasskeyScene, 'client' | 'running'>, role: Role = 'owner') {
  const { client, running } = scene;
  const json = { setup_token: await setupToken(running, role) };
  const begun = (await client.ask(officers.beginOfficerRegistration, 201, { json })).body;
  const authenticator = new Authenticator(running.url);
  const credential = authenticator.register(begun.options);
  const answer = await client.ask(officers.registerOfficerPasskey, 201, {
    json: { challenge_id: begun.challenge_id, credential },
  });
  return { authenticator, cookie: cookieOf(answer.headers), body: answer.body, setup: json.setup_token };
}

/** Begins and finishes an officer's sign-in; answers whatever the service said to the second. */
export async function tryToSignInAsOfficer(client: Client, authenticator: Authenticator, knobs: Knobs = {}) {
  const { challenge_id, options } = (await client.ask(officers.beginOfficerSignIn, 201, { json: {} })).body;
  const json = { challenge_id, credential: authenticator.signIn(options, knobs) };
  return { json, answer: await client.send(officers.signInOfficer, { json }) };
}
