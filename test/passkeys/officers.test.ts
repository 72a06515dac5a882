import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listAuditEvents } from '../../src/audit/endpoints.ts';
import { SCOPES } from '../../src/http/caller.ts';
import { listKeys } from '../../src/keys/endpoints.ts';
import { SCOPES_OF } from '../../src/officers/officer.ts';
import { beginSignIn, listPasskeys } from '../../src/passkeys/endpoints.ts';
import * as officers from '../../src/passkeys/officers/endpoints.ts';
import { createPerson, getPerson, listPeople } from '../../src/people/endpoints.ts';
import { listRetailers } from '../../src/retailers/endpoints.ts';
import { Authenticator } from '../support/authenticator.ts';
import type { Answer } from '../support/client.ts';
import {
  cookieOf,
  FIVE_MINUTES,
  officerOf,
  passkeyHolder,
  passkeyScene,
  setupToken,
  tryToSignInAsOfficer,
  withCookie,
} from '../support/passkeys.ts';

const HOUR = 3_600_000;

function refused(answer: Answer): void {
  assert.equal(answer.code, 'invalid_request', answer.text);
  assert.match(answer.text, /"pointer":"\/credential","code":"wrong_credential"/);
}

test('whoever opens a set-up link becomes an officer with a passkey, and has a session', async (t) => {
  const scene = await passkeyScene(t);
  const { body, cookie } = await officerOf(scene, 'issuer');
  assert.match(body.officer.id, /^ofc_/);
  assert.deepEqual(body.officer, {
    id: body.officer.id,
    name: 'Olive',
    role: 'issuer',
    scopes: SCOPES_OF.issuer,
  });
  assert.equal(Date.parse(body.expires_at) - Date.parse(body.verified_at), 8 * HOUR);
  const headers = { cookie };
  const current = await scene.client.ask(officers.getOfficerSession, 200, { headers });
  assert.deepEqual(current.body, body);
});

test('a set-up link works once and for 24 hours, and is kept as a hash alone', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const { setup } = await officerOf(scene);
  const begin = (setup_token: string) =>
    client.send(officers.beginOfficerRegistration, { json: { setup_token } });
  const wrong = async (token: string) => {
    const answer = await begin(token);
    assert.equal(answer.code, 'invalid_request');
    return JSON.stringify((answer.body as { errors: object }).errors);
  };
  const words = new Set([await wrong(setup), await wrong(''), await wrong('nonsense')]);
  const late = await setupToken(running);
  running.pass(24 * HOUR - 60_000);
  assert.equal((await begin(late)).status, 201);
  running.pass(60_000);
  words.add(await wrong(late));
  assert.equal(words.size, 1);
  assert.match([...words].join(), /"pointer":"\/setup_token","code":"wrong_token"/);
  assert.ok(!(await running.databaseBytes()).includes(late));
});

test('of several who open one set-up link at once exactly one becomes the officer', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const json = { setup_token: await setupToken(running) };
  const prepared = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const begun = (await client.ask(officers.beginOfficerRegistration, 201, { json })).body;
      const credential = new Authenticator(running.url).register(begun.options);
      return { challenge_id: begun.challenge_id, credential };
    }),
  );
  const answers = await Promise.all(
    prepared.map((one) => client.send(officers.registerOfficerPasskey, { json: one })),
  );
  assert.equal(answers.filter(({ status }) => status === 201).length, 1);
  for (const answer of answers) if (answer.status !== 201) refused(answer);
});

test('an officer signs in with the passkey, and what is done stands under the officer’s id in the log', async (t) => {
  const scene = await passkeyScene(t);
  const { client, admin } = scene;
  const officer = await officerOf(scene);
  const { answer } = await tryToSignInAsOfficer(client, officer.authenticator);
  assert.equal(answer.status, 201, answer.text);
  const headers = withCookie(cookieOf(answer.headers));
  const { id } = (await client.ask(createPerson, 201, { headers, json: createPerson.body.example })).body;
  const { data } = (await client.ask(listAuditEvents, 200, { token: admin })).body;
  const said = data.map(({ actor, action, subject, code }) => ({ actor, action, subject, code })).slice(0, 5);
  const actor = officer.body.officer.id;
  assert.deepEqual(said, [
    { actor, action: 'person.created', subject: id, code: null },
    { actor, action: 'officer.signed_in', subject: actor, code: null },
    { actor, action: 'passkey.added', subject: actor, code: null },
    { actor, action: 'officer.set_up', subject: actor, code: 'owner' },
    { actor: 'system', action: 'officer.invited', subject: actor, code: 'owner' },
  ]);
});

test('a holder’s passkey does not sign in as an officer, nor does a challenge of one serve the other', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const [officer, holder] = [await officerOf(scene), await passkeyHolder(scene)];
  refused((await tryToSignInAsOfficer(client, holder.authenticator)).answer);
  const { id, userHandle } = officer.authenticator;
  refused((await tryToSignInAsOfficer(client, holder.authenticator, { id, userHandle })).answer);
  const begun = (await client.ask(beginSignIn, 201, { json: {} })).body;
  const credential = officer.authenticator.signIn(begun.options);
  const json = { challenge_id: begun.challenge_id, credential };
  refused(await client.send(officers.signInOfficer, { json }));
});

for (const [what, knobs] of Object.entries({
  'without a verified user': { userVerified: false },
  'of another origin': { origin: 'https://evil.example' },
  'with a wrong signature': { tampered: true },
})) {
  test(`a sign-in of an officer ${what} is refused, and sets no cookie`, async (t) => {
    const scene = await passkeyScene(t);
    const { authenticator } = await officerOf(scene);
    const { answer } = await tryToSignInAsOfficer(scene.client, authenticator, knobs);
    refused(answer);
    assert.equal(answer.headers['set-cookie'], undefined);
  });
}

test('a role opens what its scopes name and nothing else', async (t) => {
  const scene = await passkeyScene(t);
  const asked = {
    'people:read': listPeople,
    'retailers:read': listRetailers,
    'audit:read': listAuditEvents,
    'keys:read': listKeys,
  };
  for (const role of ['owner', 'issuer', 'auditor'] as const) {
    const headers = withCookie((await officerOf(scene, role)).cookie);
    for (const [scope, endpoint] of Object.entries(asked)) {
      const may = (SCOPES_OF[role] as readonly string[]).includes(scope);
      const answer = await scene.client.send(endpoint, { headers });
      assert.equal(answer.code, may ? null : 'forbidden', `${role} ${scope}`);
    }
  }
  assert.deepEqual(SCOPES_OF.owner, SCOPES);
  assert.ok(!(SCOPES_OF.auditor as readonly string[]).some((scope) => /write|people/.test(scope)));
});

test('a further passkey takes a session that began less than five minutes ago', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const officer = await officerOf(scene);
  const headers = withCookie(officer.cookie);
  const begun = (await client.ask(officers.beginOfficerRegistration, 201, { headers, json: {} })).body;
  assert.deepEqual(
    begun.options.excludeCredentials.map(({ id }) => id),
    [officer.authenticator.id],
  );
  const second = new Authenticator(running.url);
  const credential = second.register(begun.options);
  const json = { challenge_id: begun.challenge_id, credential, name: 'Key in the safe' };
  const added = (await client.ask(officers.registerOfficerPasskey, 201, { json })).body;
  assert.equal(added.officer.id, officer.body.officer.id);
  const { answer } = await tryToSignInAsOfficer(client, second);
  assert.equal(answer.status, 201, answer.text);
  running.pass(FIVE_MINUTES);
  const stale = await client.send(officers.beginOfficerRegistration, { headers, json: {} });
  assert.equal(stale.code, 'verification_required');
});

test('nobody gets a passkey of an officer without a link or a session', async (t) => {
  const scene = await passkeyScene(t);
  for (const sent of [{}, { token: scene.admin }, { headers: withCookie('cp_officer=AAAA') }]) {
    const { code } = await scene.client.send(officers.beginOfficerRegistration, { ...sent, json: {} });
    assert.equal(code, sent.token ? 'forbidden' : 'unauthenticated');
  }
});

test('a session ends when the officer signs out, and after eight hours', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const officer = await officerOf(scene);
  const again = await tryToSignInAsOfficer(client, officer.authenticator);
  const headers = withCookie(cookieOf(again.answer.headers));
  const ended = await client.ask(officers.endOfficerSession, 204, { headers });
  assert.match(
    String(ended.headers['set-cookie']),
    /^cp_officer=; Max-Age=0; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  await client.ask(listPeople, 401, { headers });
  await client.ask(listPeople, 200, { headers: { cookie: officer.cookie } });
  running.pass(8 * HOUR);
  await client.ask(listPeople, 401, { headers: { cookie: officer.cookie } });
});

test('with the cookie, a request that changes something is taken from pages of the service alone', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const { cookie } = await officerOf(scene);
  const json = createPerson.body.example;
  const site = (value: string) => ({ cookie, 'sec-fetch-site': value });
  const ours = running.url;
  for (const headers of [
    { cookie },
    site('cross-site'),
    site('same-site'),
    site('none'),
    { cookie, origin: 'https://evil.example' },
    { cookie, origin: 'null' },
    { ...site('same-origin'), origin: 'https://evil.example' },
    { ...site('cross-site'), origin: ours },
  ]) {
    const { code } = await client.send(createPerson, { headers, json });
    assert.equal(code, 'forbidden', JSON.stringify({ ...headers, cookie: '' }));
  }
  for (const headers of [
    site('same-origin'),
    { cookie, origin: ours },
    { ...site('same-origin'), origin: ours },
  ]) {
    const { id } = (await client.ask(createPerson, 201, { headers, json })).body;
    await client.ask(getPerson, 200, { headers: { cookie }, params: { id } });
  }
});

test('a cookie counts for officers’ routes alone, beside no bearer token, and not twice', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const [officer, other] = [await officerOf(scene), await officerOf(scene)];
  await client.ask(listPasskeys, 401, { headers: withCookie(officer.cookie) });
  const twice = `${officer.cookie}; ${other.cookie}`;
  await client.ask(listPeople, 401, { headers: { cookie: twice } });
  await client.ask(listPeople, 401, { headers: { cookie: officer.cookie }, token: 'wrong' });
  const token = officer.cookie.slice(officer.cookie.indexOf('=') + 1);
  await client.ask(listPeople, 401, { token });
});
