import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listPasskeys } from '../../src/passkeys/endpoints.ts';
import * as sessions from '../../src/passkeys/sessions/endpoints.ts';
import {
  cookieOf,
  officerOf,
  passkeyHolder,
  passkeyScene,
  signedIn,
  somebody,
  tryToSignInAsOfficer,
  withCookie,
} from '../support/passkeys.ts';

test('a holder lists the sessions of all own wallets, the newest first, and none of others', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const person = await somebody(scene);
  const [one, other] = [await passkeyHolder(scene, person), await passkeyHolder(scene, person)];
  await passkeyHolder(scene);
  const { data } = (await client.ask(sessions.listSessions, 200, { token: one.token })).body;
  assert.deepEqual(
    data.map(({ id, wallet_id, current }) => [id, wallet_id, current]),
    [
      [other.session, other.wallet, false],
      [one.session, one.wallet, true],
    ],
  );
});

test('a holder signs out, and the session is over at once', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const holder = await passkeyHolder(scene);
  const { token } = await signedIn(scene, holder.authenticator);
  const { headers } = await client.ask(sessions.endCurrentSession, 204, { token });
  assert.equal(headers['set-cookie'], undefined);
  await client.ask(listPasskeys, 401, { token });
  await client.ask(listPasskeys, 200, { token: holder.token });
});

test('a holder ends a session on another device, but not that of somebody else', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const person = await somebody(scene);
  const [lost, here] = [await passkeyHolder(scene, person), await passkeyHolder(scene, person)];
  const stranger = await passkeyHolder(scene);
  const end = (id: string) => client.send(sessions.endSession, { token: here.token, params: { id } });
  assert.equal((await end(stranger.session)).code, 'not_found');
  assert.equal((await end(lost.session)).status, 204);
  assert.equal((await end(lost.session)).code, 'not_found');
  await client.ask(listPasskeys, 401, { token: lost.token });
  await client.ask(listPasskeys, 200, { token: stranger.token });
});

test('an officer lists and ends the own sessions, and no holder’s', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const [officer, holder] = [await officerOf(scene), await passkeyHolder(scene)];
  const again = await tryToSignInAsOfficer(client, officer.authenticator);
  const headers = withCookie(cookieOf(again.answer.headers));
  const { data } = (await client.ask(sessions.listSessions, 200, { headers })).body;
  assert.deepEqual(
    data.map(({ id, wallet_id, current }) => [id === officer.body.id, wallet_id, current]),
    [
      [false, null, true],
      [true, null, false],
    ],
  );
  const end = (id: string) => client.send(sessions.endSession, { headers, params: { id } });
  assert.equal((await end(holder.session)).code, 'not_found');
  const first = await end(officer.body.id);
  assert.deepEqual([first.status, first.headers['set-cookie']], [204, undefined]);
  const own = await client.ask(sessions.endCurrentSession, 204, { headers });
  assert.match(String(own.headers['set-cookie']), /^cp_officer=; Max-Age=0;/);
  await client.ask(sessions.listSessions, 401, { headers });
});

test('tokens of the two kinds of session are not taken for each other', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const [officer, holder] = [await officerOf(scene), await passkeyHolder(scene)];
  const token = officer.cookie.slice(officer.cookie.indexOf('=') + 1);
  for (const as of [token, `cp_holder_${token}`]) {
    await client.ask(sessions.listSessions, 401, { token: as });
  }
  for (const value of [holder.token, holder.token.slice('cp_holder_'.length)]) {
    await client.ask(sessions.listSessions, 401, { headers: withCookie(`cp_officer=${value}`) });
  }
});
