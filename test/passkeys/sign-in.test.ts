import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listAuditEvents } from '../../src/audit/endpoints.ts';
import * as passkeys from '../../src/passkeys/endpoints.ts';
import { signIn } from '../../src/passkeys/sessions/endpoints.ts';
import { suspendPerson } from '../../src/people/endpoints.ts';
import { lockWallet } from '../../src/wallets/endpoints.ts';
import { Authenticator, type Knobs } from '../support/authenticator.ts';
import type { Answer } from '../support/client.ts';
import {
  FIVE_MINUTES,
  officerOf,
  type PasskeyScene,
  passkeyHolder,
  passkeyScene,
  signedIn,
  somebody,
  tryToSignIn,
} from '../support/passkeys.ts';

const HOUR = 3_600_000;

/** All that tells one refusal from another, but for the request's id. */
function wordsOf({ status, body }: Answer): string {
  const { request_id: _id, ...words } = body as { request_id: string };
  return JSON.stringify([status, words]);
}

function refused(answer: Answer): void {
  assert.equal(answer.code, 'invalid_request', answer.text);
  assert.match(answer.text, /"pointer":"\/credential","code":"wrong_credential"/);
}

async function clones({ client, admin }: PasskeyScene): Promise<readonly string[]> {
  const { body } = await client.ask(listAuditEvents, 200, { token: admin });
  return body.data.filter(({ action }) => action === 'passkey.cloned').map(({ subject }) => subject);
}

test('a holder signs in with a passkey alone, to a session of its wallet for twelve hours', async (t) => {
  const scene = await passkeyScene(t);
  const holder = await passkeyHolder(scene);
  const session = await signedIn(scene, holder.authenticator);
  assert.equal(session.wallet_id, holder.wallet);
  assert.equal(Date.parse(session.expires_at) - Date.parse(session.verified_at), 12 * HOUR);
  const { token } = session;
  const listed = (await scene.client.ask(passkeys.listPasskeys, 200, { token })).body.data;
  assert.ok(listed[0]?.last_used_at && listed[0].last_used_at <= session.verified_at);
  scene.running.pass(12 * HOUR - 60_000);
  await scene.client.ask(passkeys.listPasskeys, 200, { token });
  scene.running.pass(60_000);
  await scene.client.ask(passkeys.listPasskeys, 401, { token });
});

test('how long a session lasts is a setting', async (t) => {
  const scene = await passkeyScene(t, { HOLDER_SESSION_HOURS: '1' });
  const { verified_at, expires_at } = await signedIn(scene, (await passkeyHolder(scene)).authenticator);
  assert.equal(Date.parse(expires_at) - Date.parse(verified_at), HOUR);
});

test('the options to sign in name nobody and no passkey', async (t) => {
  const scene = await passkeyScene(t);
  await passkeyHolder(scene);
  const { options } = (await scene.client.ask(passkeys.beginSignIn, 201, { json: {} })).body;
  assert.deepEqual(Object.keys(options).sort(), ['challenge', 'rpId', 'timeout', 'userVerification']);
  assert.deepEqual([options.rpId, options.userVerification], ['localhost', 'required']);
});

const WRONG: Record<string, Knobs> = {
  'of another origin': { origin: 'http://localhost:1' },
  'from a frame': { crossOrigin: true },
  'for another relying party': { rpId: 'evil.example' },
  'to another challenge': { challenge: Buffer.alloc(32, 7).toString('base64url') },
  'of a registration': { type: 'webauthn.create' },
  'without a verified user': { userVerified: false },
  'without anybody there': { userPresent: false },
  'with a wrong signature': { tampered: true },
  'with the user handle of somebody else': { userHandle: Buffer.alloc(32, 9).toString('base64url') },
  'without a user handle': { userHandle: null },
  'of a passkey that nobody has': { id: Buffer.alloc(24, 9).toString('base64url') },
};

test('whatever does not hold about a sign-in is refused in the same words, and its challenge is used up', async (t) => {
  const scene = await passkeyScene(t);
  const { authenticator } = await passkeyHolder(scene);
  const words = new Set<string>();
  for (const [what, knobs] of Object.entries(WRONG)) {
    const { client } = scene;
    const { challenge_id, options } = (await client.ask(passkeys.beginSignIn, 201, { json: {} })).body;
    const send = (tweaks: Knobs) =>
      client.send(signIn, { json: { challenge_id, credential: authenticator.signIn(options, tweaks) } });
    const answer = await send(knobs);
    assert.equal(answer.code, 'invalid_request', what);
    words.add(wordsOf(answer)).add(wordsOf(await send({})));
  }
  assert.equal(words.size, 1);
  await signedIn(scene, authenticator);
});

test('a sign-in is not taken a second time, nor after five minutes', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const { authenticator } = await passkeyHolder(scene);
  const { json } = await tryToSignIn(scene, authenticator);
  refused(await client.send(signIn, { json }));
  const { challenge_id, options } = (await client.ask(passkeys.beginSignIn, 201, { json: {} })).body;
  running.pass(FIVE_MINUTES);
  refused(await client.send(signIn, { json: { challenge_id, credential: authenticator.signIn(options) } }));
});

test('of many takers of one challenge at once exactly one signs in', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const { authenticator } = await passkeyHolder(scene);
  const { challenge_id, options } = (await client.ask(passkeys.beginSignIn, 201, { json: {} })).body;
  const json = { challenge_id, credential: authenticator.signIn(options) };
  const answers = await Promise.all(Array.from({ length: 10 }, () => client.send(signIn, { json })));
  assert.equal(answers.filter(({ status }) => status === 201).length, 1);
});

test('the key of one passkey does not sign for another', async (t) => {
  const scene = await passkeyScene(t);
  const [mine, yours] = [await passkeyHolder(scene), await passkeyHolder(scene)];
  const { id, userHandle } = yours.authenticator;
  refused((await tryToSignIn(scene, mine.authenticator, { id, userHandle })).answer);
});

test('an officer’s passkey does not sign in as a holder', async (t) => {
  const scene = await passkeyScene(t);
  const { authenticator } = await officerOf(scene);
  refused((await tryToSignIn(scene, authenticator)).answer);
});

test('a counter has to rise where there is one; one that does not is recorded as a copy', async (t) => {
  const scene = await passkeyScene(t);
  const { authenticator, wallet } = await passkeyHolder(scene);
  for (const counter of [0, 0, 1, 7]) {
    assert.equal((await tryToSignIn(scene, authenticator, { counter })).answer.status, 201, String(counter));
  }
  for (const counter of [7, 6, 0]) refused((await tryToSignIn(scene, authenticator, { counter })).answer);
  assert.deepEqual(await clones(scene), [wallet, wallet, wallet]);
  assert.equal((await tryToSignIn(scene, authenticator, { counter: 8 })).answer.status, 201);
});

test('a counter under a wrong signature is no sign of a copy', async (t) => {
  const scene = await passkeyScene(t);
  const { authenticator } = await passkeyHolder(scene);
  await tryToSignIn(scene, authenticator, { counter: 5 });
  refused((await tryToSignIn(scene, authenticator, { counter: 2, tampered: true })).answer);
  assert.deepEqual(await clones(scene), []);
});

test('whether a passkey is kept on other devices too is noted at each use', async (t) => {
  const scene = await passkeyScene(t);
  const { authenticator } = await passkeyHolder(scene);
  const { answer } = await tryToSignIn(scene, authenticator, { backedUp: true });
  const { token } = signIn.replies[201].schema.parse(answer.body);
  const [passkey] = (await scene.client.ask(passkeys.listPasskeys, 200, { token })).body.data;
  assert.equal(passkey?.backed_up, true);
});

test('a passkey that was used on another device signs in to the wallet that it belongs to', async (t) => {
  const scene = await passkeyScene(t);
  const person = await somebody(scene);
  const [lost, here] = [await passkeyHolder(scene, person), await passkeyHolder(scene, person)];
  assert.equal((await signedIn(scene, lost.authenticator)).wallet_id, lost.wallet);
  assert.equal((await signedIn(scene, here.authenticator)).wallet_id, here.wallet);
});

test('nobody signs in to a wallet that is locked', async (t) => {
  const scene = await passkeyScene(t);
  const { authenticator, wallet } = await passkeyHolder(scene);
  await scene.client.ask(lockWallet, 200, { token: scene.admin, params: { id: wallet } });
  refused((await tryToSignIn(scene, authenticator)).answer);
});

test('a person who is suspended still signs in, to see and to lock wallets', async (t) => {
  const scene = await passkeyScene(t);
  const { authenticator, person } = await passkeyHolder(scene);
  const json = suspendPerson.body.example;
  await scene.client.ask(suspendPerson, 200, { token: scene.admin, params: { id: person }, json });
  await signedIn(scene, authenticator);
});

test('no token, challenge, credential or name of a passkey is in the database or the log, nor a holder’s sign-in in the audit log', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running, admin } = scene;
  const holder = await passkeyHolder(scene);
  const { json } = await tryToSignIn(scene, holder.authenticator);
  const { challenge_id, options } = (await client.ask(passkeys.beginSignIn, 201, { json: {} })).body;
  assert.ok((await running.databaseBytes()).includes(challenge_id), 'the search can find what is there');
  const { signature, clientDataJSON } = json.credential.response;
  const secrets = [holder.token, options.challenge, signature, clientDataJSON, holder.lockCode, '"Phone"'];
  const places = { database: await running.databaseBytes(), log: running.log() };
  for (const [place, text] of Object.entries(places)) {
    for (const secret of [...secrets, holder.lockCode.replaceAll('-', ''), holder.authenticator.userHandle])
      assert.ok(!text.includes(secret), `${secret.slice(0, 8)}… is in the ${place}`);
  }
  const { data } = (await client.ask(listAuditEvents, 200, { token: admin })).body;
  assert.deepEqual(
    data.filter(({ action }) => /sign|session/.test(action)),
    [],
  );
});

test('a stranger’s authenticator that was never registered is nobody', async (t) => {
  const scene = await passkeyScene(t);
  refused((await tryToSignIn(scene, new Authenticator(scene.running.url))).answer);
});
