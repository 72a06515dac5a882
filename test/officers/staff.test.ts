import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listAuditEvents } from '../../src/audit/endpoints.ts';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { rotateKeysNow } from '../../src/keys/endpoints.ts';
import * as staff from '../../src/officers/endpoints.ts';
import * as officers from '../../src/passkeys/officers/endpoints.ts';
import {
  erasePerson,
  getPerson,
  listPeople,
  revokePerson,
  suspendPerson,
} from '../../src/people/endpoints.ts';
import { Authenticator } from '../support/authenticator.ts';
import type { Sent } from '../support/client.ts';
import {
  cookieOf,
  FIVE_MINUTES,
  officerOf,
  type PasskeyScene,
  passkeyScene,
  somebody,
  tryToSignInAsOfficer,
  withCookie,
} from '../support/passkeys.ts';

const MINUTE = 60_000;
const REASON = { reason: 'Reported a lost document' };

async function ownerAt(scene: PasskeyScene) {
  const { authenticator, cookie, body } = await officerOf(scene);
  return { id: body.officer.id, authenticator, headers: withCookie(cookie) };
}

function tokenOf(link: string): string {
  return link.slice(link.indexOf('#setup=') + 7);
}

/** Registers a passkey with a set-up token or a recovery code; answers what the service said last. */
async function register({ client, running }: PasskeyScene, proof: object) {
  const begun = await client.send(officers.beginOfficerRegistration, { json: proof });
  if (begun.status !== 201) return { begun, answer: begun, authenticator: null };
  const { challenge_id, options } = officers.beginOfficerRegistration.replies[201].schema.parse(begun.body);
  const authenticator = new Authenticator(running.url);
  const json = { challenge_id, credential: authenticator.register(options) };
  return { begun, authenticator, answer: await client.send(officers.registerOfficerPasskey, { json }) };
}

test('an owner invites an officer, who stands in the list once the link was used', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const { headers, id } = await ownerAt(scene);
  const json = { name: 'Ivo', role: 'issuer' };
  const made = (await client.ask(staff.inviteOfficer, 201, { headers, json })).body;
  const waiting = (await client.ask(staff.listInvitations, 200, { headers })).body.data;
  assert.deepEqual(waiting, [{ ...waiting[0], id: made.id, name: 'Ivo', role: 'issuer' }]);
  assert.ok(!JSON.stringify(waiting).includes(tokenOf(made.setup_url)));
  const { answer } = await register(scene, { setup_token: tokenOf(made.setup_url) });
  assert.equal(answer.status, 201, answer.text);
  assert.deepEqual((await client.ask(staff.listInvitations, 200, { headers })).body.data, []);
  const { data } = (await client.ask(staff.listOfficers, 200, { headers })).body;
  assert.deepEqual(
    data.map((one) => [one.id, one.name, one.role]),
    [
      [id, 'Olive', 'owner'],
      [made.id, 'Ivo', 'issuer'],
    ]
      .sort()
      .reverse(),
  );
});

test('an invitation that was withdrawn makes nobody an officer', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const { headers } = await ownerAt(scene);
  const json = { name: 'Ivo', role: 'issuer' };
  const { id, setup_url } = (await client.ask(staff.inviteOfficer, 201, { headers, json })).body;
  await client.ask(staff.withdrawInvitation, 204, { headers, params: { id } });
  assert.equal((await register(scene, { setup_token: tokenOf(setup_url) })).answer.code, 'invalid_request');
  await client.ask(staff.withdrawInvitation, 404, { headers, params: { id } });
});

test('a new role holds at once for whoever is signed in', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const owner = await ownerAt(scene);
  const issuer = await officerOf(scene, 'issuer');
  const theirs = withCookie(issuer.cookie);
  await client.ask(listPeople, 200, { headers: theirs });
  const params = { id: issuer.body.officer.id };
  const json = { role: 'auditor' };
  const changed = await client.ask(staff.changeOfficer, 200, { headers: owner.headers, params, json });
  assert.deepEqual([changed.body.name, changed.body.role], ['Olive', 'auditor']);
  await client.ask(listPeople, 403, { headers: theirs });
  const { data } = (await client.ask(listAuditEvents, 200, { headers: owner.headers })).body;
  assert.deepEqual(
    [data[0]?.action, data[0]?.code, data[0]?.actor],
    ['officer.changed', 'auditor', owner.id],
  );
});

test('an officer who is taken off the staff is out at once, and no passkey of theirs comes in again', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const { headers } = await ownerAt(scene);
  const issuer = await officerOf(scene, 'issuer');
  const theirs = withCookie(issuer.cookie);
  const { codes } = (await client.ask(staff.makeRecoveryCodes, 201, { headers: theirs })).body;
  await client.ask(staff.removeOfficer, 204, { headers, params: { id: issuer.body.officer.id } });
  await client.ask(listPeople, 401, { headers: theirs });
  assert.equal((await tryToSignInAsOfficer(client, issuer.authenticator)).answer.code, 'invalid_request');
  assert.equal((await register(scene, { recovery_code: codes[0] })).answer.code, 'invalid_request');
  await client.ask(staff.removeOfficer, 404, { headers, params: { id: issuer.body.officer.id } });
});

test('the last owner stays one, also when two owners leave at once', async (t) => {
  const scene = await passkeyScene(t);
  const { client, admin: token } = scene;
  const one = await ownerAt(scene);
  await officerOf(scene, 'auditor');
  for (const [endpoint, sent] of [
    [staff.removeOfficer, {}],
    [staff.changeOfficer, { json: { role: 'issuer' } }],
  ] as const) {
    const answer = await client.send(endpoint, { token, params: { id: one.id }, ...sent });
    assert.equal(answer.code, 'conflict');
  }
  await client.ask(staff.changeOfficer, 200, { token, params: { id: one.id }, json: { name: 'Olga' } });
  const two = await ownerAt(scene);
  const both = await Promise.all(
    [one, two].map(({ id }) => client.send(staff.removeOfficer, { token, params: { id } })),
  );
  assert.deepEqual(both.map(({ status }) => status).sort(), [204, 409]);
});

test('nobody but an owner sees or changes the staff', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const owner = await ownerAt(scene);
  for (const role of ['issuer', 'auditor'] as const) {
    const headers = withCookie((await officerOf(scene, role)).cookie);
    const params = { id: owner.id };
    for (const endpoint of [staff.listOfficers, staff.listInvitations, staff.inviteOfficer] as const)
      assert.equal((await client.send(endpoint, { headers })).code, 'forbidden');
    for (const endpoint of [staff.changeOfficer, staff.removeOfficer, staff.withdrawInvitation] as const)
      assert.equal((await client.send(endpoint, { headers, params })).code, 'forbidden');
  }
});

test('a recovery code lets its officer make a new passkey, once', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const { id, headers } = await ownerAt(scene);
  const left = async (by = headers) =>
    (await client.ask(staff.countRecoveryCodes, 200, { headers: by })).body.left;
  assert.equal(await left(), 0);
  const { codes } = (await client.ask(staff.makeRecoveryCodes, 201, { headers })).body;
  assert.equal(new Set(codes).size, 10);
  for (const code of codes) assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  assert.equal(await left(), 10);
  const [first = ''] = codes;
  const typed = ` ${first.toLowerCase().replaceAll('-', ' ')}`;
  const done = await register(scene, { recovery_code: typed });
  assert.equal(done.answer.status, 201, done.answer.text);
  const session = officers.registerOfficerPasskey.replies[201].schema.parse(done.answer.body);
  assert.equal(session.officer.id, id);
  assert.equal(await left(withCookie(cookieOf(done.answer.headers))), 9);
  running.pass(2_000);
  assert.equal((await register(scene, { recovery_code: first })).answer.code, 'invalid_request');
  assert.ok(done.authenticator);
  assert.equal((await tryToSignInAsOfficer(client, done.authenticator)).answer.status, 201);
  const bytes = await running.databaseBytes();
  for (const code of codes) assert.ok(!bytes.includes(code) && !bytes.includes(code.replaceAll('-', '')));
});

test('a recovery code ends every session of its officer, and of nobody else: the device may be stolen', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const [lost, other] = [await ownerAt(scene), await ownerAt(scene)];
  const signedIn = (await tryToSignInAsOfficer(client, lost.authenticator)).answer;
  const elsewhere = withCookie(cookieOf(signedIn.headers));
  const { codes } = (await client.ask(staff.makeRecoveryCodes, 201, { headers: lost.headers })).body;
  const { answer } = await register(scene, { recovery_code: codes[0] });
  const works = async (headers: Record<string, string>) =>
    (await client.send(officers.getOfficerSession, { headers })).status === 200;
  assert.deepEqual(
    await Promise.all(
      [lost.headers, elsewhere, other.headers, withCookie(cookieOf(answer.headers))].map(works),
    ),
    [false, false, true, true],
  );
});

test('new recovery codes end the old ones', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const { headers } = await ownerAt(scene);
  const { codes } = (await client.ask(staff.makeRecoveryCodes, 201, { headers })).body;
  await client.ask(staff.makeRecoveryCodes, 201, { headers });
  const { answer } = await register(scene, { recovery_code: codes[0] });
  assert.match(answer.text, /"pointer":"\/recovery_code","code":"wrong_code"/);
  assert.equal((await client.ask(staff.countRecoveryCodes, 200, { headers })).body.left, 10);
});

test('of several who use one recovery code at once exactly one gets a passkey', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const { headers } = await ownerAt(scene);
  const { codes } = (await client.ask(staff.makeRecoveryCodes, 201, { headers })).body;
  const all = await Promise.all([1, 2, 3].map(() => register(scene, { recovery_code: codes[0] })));
  assert.equal(all.filter(({ answer }) => answer.status === 201).length, 1);
});

test('guesses at recovery codes are limited for all callers together', async (t) => {
  const { client } = await passkeyScene(t);
  const guess = () =>
    client.send(officers.beginOfficerRegistration, { json: { recovery_code: 'AAAA-AAAA-AAAA' } });
  const codes = (await Promise.all(Array.from({ length: 8 }, guess))).map(({ code }) => code);
  assert.ok(codes.includes('invalid_request') && codes.includes('rate_limited'), codes.join());
});

test('what cannot be undone takes a user verification of the last five minutes, but not of an admin key', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running, admin: token } = scene;
  const owner = await ownerAt(scene);
  const other = await officerOf(scene, 'auditor');
  const person = await somebody(scene);
  running.pass(FIVE_MINUTES);
  const { headers } = owner;
  const late: readonly (readonly [Endpoint, Sent])[] = [
    [erasePerson, { params: { id: person } }],
    [revokePerson, { params: { id: person }, json: REASON }],
    [rotateKeysNow, {}],
    [staff.inviteOfficer, { json: { name: 'Ivo', role: 'owner' } }],
    [staff.changeOfficer, { params: { id: other.body.officer.id }, json: { role: 'owner' } }],
    [staff.removeOfficer, { params: { id: other.body.officer.id } }],
    [staff.withdrawInvitation, { params: { id: other.body.officer.id } }],
    [staff.makeRecoveryCodes, {}],
  ];
  for (const [endpoint, sent] of late) {
    const { code } = await client.send(endpoint, { headers, ...sent });
    assert.equal(code, 'verification_required', endpoint.id);
  }
  await client.ask(suspendPerson, 200, { headers, params: { id: person }, json: REASON });
  const again = (await tryToSignInAsOfficer(client, owner.authenticator)).answer;
  const fresh = withCookie(cookieOf(again.headers));
  await client.ask(revokePerson, 200, { headers: fresh, params: { id: person }, json: REASON });
  await client.ask(erasePerson, 204, { token, params: { id: person } });
  await client.ask(getPerson, 404, { headers, params: { id: person } });
});

test('a session that nobody uses for half an hour is over, and one that is used goes on', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const { headers } = await ownerAt(scene);
  for (let i = 0; i < 3; i++) {
    running.pass(29 * MINUTE);
    await client.ask(listPeople, 200, { headers });
  }
  running.pass(30 * MINUTE);
  await client.ask(listPeople, 401, { headers });
});

test('how long a session may lie idle is a setting', async (t) => {
  const scene = await passkeyScene(t, { OFFICER_IDLE_MINUTES: '120' });
  const { headers } = await ownerAt(scene);
  scene.running.pass(119 * MINUTE);
  await scene.client.ask(listPeople, 200, { headers });
  scene.running.pass(120 * MINUTE);
  await scene.client.ask(listPeople, 401, { headers });
});
