import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listAuditEvents } from '../../src/audit/endpoints.ts';
import * as officers from '../../src/passkeys/officers/endpoints.ts';
import { endSession, listSessions } from '../../src/passkeys/sessions/endpoints.ts';
import { Authenticator } from '../support/authenticator.ts';
import {
  cookieOf,
  FIVE_MINUTES,
  officerOf,
  type PasskeyScene,
  passkeyHolder,
  passkeyScene,
  tryToSignInAsOfficer,
  withCookie,
} from '../support/passkeys.ts';

const HALF_AN_HOUR = 1_800_000;

type Headers = Record<string, string>;

async function olive(scene: PasskeyScene) {
  const { authenticator, cookie, body } = await officerOf(scene);
  return { id: body.officer.id, authenticator, headers: withCookie(cookie) };
}

/** Adds a passkey on another authenticator; answers it, and the session that came with it. */
async function another({ client, running }: PasskeyScene, headers: Headers, name = 'Phone') {
  const begun = (await client.ask(officers.beginOfficerRegistration, 201, { headers, json: {} })).body;
  const authenticator = new Authenticator(running.url);
  const json = { challenge_id: begun.challenge_id, credential: authenticator.register(begun.options), name };
  const answer = await client.ask(officers.registerOfficerPasskey, 201, { headers, json });
  return { authenticator, headers: withCookie(cookieOf(answer.headers)) };
}

/** A session of the same officer in another browser, which shows no cookie yet. */
async function elsewhere({ client }: PasskeyScene, authenticator: Authenticator): Promise<Headers> {
  const { answer } = await tryToSignInAsOfficer(client, authenticator);
  assert.equal(answer.status, 201, answer.text);
  return withCookie(cookieOf(answer.headers));
}

const listed = async ({ client }: PasskeyScene, headers: Headers) =>
  (await client.ask(officers.listOfficerPasskeys, 200, { headers })).body.data;
const sessionsOf = async ({ client }: PasskeyScene, headers: Headers) =>
  (await client.ask(listSessions, 200, { headers })).body.data;
const codeOf = async ({ client }: PasskeyScene, headers: Headers) =>
  (await client.send(officers.getOfficerSession, { headers })).code;
const remove = ({ client }: PasskeyScene, headers: Headers, id: string) =>
  client.send(officers.removeOfficerPasskey, { headers, params: { id } });

test('officers see their own passkeys by name, the newest first, and which one they signed in with', async (t) => {
  const scene = await passkeyScene(t);
  const { headers } = await olive(scene);
  await olive(scene);
  await passkeyHolder(scene);
  const [first, ...rest] = await listed(scene, headers);
  assert.deepEqual([first?.name, first?.current, first?.last_used_at, rest], ['Passkey', true, null, []]);
  const phone = await another(scene, headers);
  const both = await listed(scene, phone.headers);
  assert.deepEqual(
    both.map(({ name, current }) => [name, current]),
    [
      ['Phone', true],
      ['Passkey', false],
    ],
  );
  const there = await elsewhere(scene, phone.authenticator);
  const used = (await listed(scene, there)).map(({ last_used_at }) => last_used_at);
  assert.deepEqual([typeof used[0], used[1]], ['string', null]);
});

test('removing a passkey ends the sessions that began with it, and no other', async (t) => {
  const scene = await passkeyScene(t);
  const { client, admin: token } = scene;
  const { id, headers } = await olive(scene);
  const phone = await another(scene, headers);
  const there = await elsewhere(scene, phone.authenticator);
  const [lost] = await listed(scene, there);
  const { answer } = await tryToSignInAsOfficer(client, (await olive(scene)).authenticator);
  assert.equal(answer.status, 201);
  assert.equal((await remove(scene, phone.headers, lost?.id ?? '')).status, 204);
  assert.equal(await codeOf(scene, phone.headers), 'unauthenticated');
  assert.equal(await codeOf(scene, there), 'unauthenticated');
  assert.equal((await tryToSignInAsOfficer(client, phone.authenticator)).answer.code, 'invalid_request');
  const { data } = (await client.ask(listAuditEvents, 200, { token })).body;
  const removed = data.filter(({ action }) => action === 'passkey.removed');
  assert.deepEqual(
    removed.map(({ actor, subject }) => [actor, subject]),
    [[id, id]],
  );
});

test('the last passkey stays, also where two are removed at once', async (t) => {
  const scene = await passkeyScene(t);
  const first = await olive(scene);
  const [only] = await listed(scene, first.headers);
  assert.equal((await remove(scene, first.headers, only?.id ?? '')).code, 'conflict');
  const phone = await another(scene, await elsewhere(scene, first.authenticator));
  const desk = await elsewhere(scene, first.authenticator);
  const ids = (await listed(scene, desk)).map(({ id }) => id);
  const answers = await Promise.all([
    remove(scene, desk, ids[0] ?? ''),
    remove(scene, phone.headers, ids[1] ?? ''),
  ]);
  const done = answers.filter(({ status }) => status === 204);
  assert.equal(done.length, 1, answers.map(({ text }) => text).join());
  const left = (await Promise.all([desk, phone.headers].map((one) => codeOf(scene, one)))).filter(
    (code) => code === null,
  );
  assert.equal(left.length, 1);
});

test('a passkey of somebody else is not there', async (t) => {
  const scene = await passkeyScene(t);
  const [mine, theirs] = [await olive(scene), await olive(scene)];
  await another(scene, mine.headers);
  const [one] = await listed(scene, theirs.headers);
  const desk = await elsewhere(scene, mine.authenticator);
  assert.equal((await remove(scene, desk, one?.id ?? '')).code, 'not_found');
  const holder = await passkeyHolder(scene);
  assert.equal((await remove(scene, desk, holder.passkey)).code, 'not_found');
});

test('removing a passkey asks for one of the last five minutes, and for a page of this service', async (t) => {
  const scene = await passkeyScene(t);
  const { headers } = await olive(scene);
  const phone = await another(scene, headers);
  const [, old] = await listed(scene, phone.headers);
  const foreign = { ...phone.headers, 'sec-fetch-site': 'cross-site' };
  assert.equal((await remove(scene, foreign, old?.id ?? '')).code, 'forbidden');
  scene.running.pass(FIVE_MINUTES);
  assert.equal((await remove(scene, phone.headers, old?.id ?? '')).code, 'verification_required');
});

test('whoever signs in again, or adds a passkey, has one session in place of the one before', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const first = await olive(scene);
  const begun = (await client.ask(officers.beginOfficerSignIn, 201, { json: {} })).body;
  const credential = first.authenticator.signIn(begun.options);
  const again = await client.ask(officers.signInOfficer, 201, {
    headers: first.headers,
    json: { challenge_id: begun.challenge_id, credential },
  });
  assert.equal(await codeOf(scene, first.headers), 'unauthenticated');
  const phone = await another(scene, withCookie(cookieOf(again.headers)));
  const sessions = await sessionsOf(scene, phone.headers);
  const [passkey] = await listed(scene, phone.headers);
  assert.deepEqual(
    sessions.map((one) => [one.current, one.passkey_id]),
    [[true, passkey?.id]],
  );
});

test('a page of another site can put no session in place of an officer’s', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const { headers, authenticator } = await olive(scene);
  const begun = (await client.ask(officers.beginOfficerSignIn, 201, { json: {} })).body;
  const json = { challenge_id: begun.challenge_id, credential: authenticator.signIn(begun.options) };
  const foreign = { ...headers, 'sec-fetch-site': 'cross-site' };
  assert.equal((await client.send(officers.signInOfficer, { headers: foreign, json })).code, 'forbidden');
  assert.equal(await codeOf(scene, headers), null);
});

test('officers see where they are signed in, end a session there, and see none that nobody uses any more', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const { headers, authenticator } = await olive(scene);
  const there = await elsewhere(scene, authenticator);
  const [newer] = await sessionsOf(scene, headers);
  assert.equal(newer?.current, false);
  await client.ask(endSession, 204, { headers, params: { id: newer?.id ?? '' } });
  assert.equal(await codeOf(scene, there), 'unauthenticated');
  await elsewhere(scene, authenticator);
  running.pass(HALF_AN_HOUR - 60_000);
  assert.equal((await sessionsOf(scene, headers)).length, 2);
  running.pass(60_000);
  const left = await sessionsOf(scene, headers);
  assert.deepEqual(
    left.map(({ current }) => current),
    [true],
  );
  const idle = running.now().getTime() - Date.parse(left[0]?.last_used_at ?? '');
  assert.ok(idle < 60_000, `it was used ${idle} ms ago`);
});
