import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FaultKind } from '../../src/kernel/fault.ts';
import { deviceKeys, keyProof, type ProofChange, unnamed } from '../support/holder-keys.ts';
import { refusal } from '../support/retailers-world.ts';
import {
  copies,
  enrol,
  here,
  MINUTE,
  NOW,
  OFFICER,
  PORTRAIT,
  payloadOf,
  person,
  request,
  SECOND,
  serviceWorld,
  URL_OF_SERVICE,
} from '../support/world.ts';

const [key, other] = await deviceKeys(2);
const iat = NOW.getTime() / SECOND;

async function withHolder(t: Parameters<typeof serviceWorld>[0]) {
  const w = await serviceWorld(t);
  const somebody = await person(w, {}, PORTRAIT);
  const holder = await enrol(w, somebody.id);
  const issue = (proofs: readonly string[], type = 'age', more: object = {}) =>
    w.service.issuance.issue(holder, { ...request(type, proofs), ...more });
  return { w, person: somebody, holder, issue };
}

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwkWith = (change: object) => ({ header: { jwk: { ...key!.jwk, ...change } } });

const WRONG: Record<string, [ProofChange, FaultKind]> = {
  'of another typ': [{ header: { typ: 'JWT' } }, 'invalid_proof'],
  'without a typ': [{ header: { typ: undefined } }, 'invalid_proof'],
  'for another issuer': [{ payload: { aud: 'https://evil.example' } }, 'invalid_proof'],
  'for this issuer with a slash': [{ payload: { aud: `${URL_OF_SERVICE}/` } }, 'invalid_proof'],
  'for nobody': [{ payload: { aud: undefined } }, 'invalid_proof'],
  'that is six minutes old': [{ payload: { iat: iat - 360 } }, 'invalid_proof'],
  'from the future': [{ payload: { iat: iat + 360 } }, 'invalid_proof'],
  'without a time': [{ payload: { iat: undefined } }, 'invalid_proof'],
  'whose time is a text': [{ payload: { iat: String(iat) } }, 'invalid_proof'],
  'signed by another key': [{ signer: unnamed(other!) }, 'invalid_proof'],
  'with its private key in it': [jwkWith({ d: 'AA' }), 'invalid_proof'],
  'of another curve': [jwkWith({ crv: 'P-384' }), 'invalid_proof'],
  'of a point that is not on the curve': [jwkWith({ x: 'A'.repeat(43) }), 'invalid_proof'],
  'without a key': [{ header: { jwk: undefined } }, 'invalid_proof'],
  'with a critical extension': [{ header: { crit: ['x'], x: 1 } }, 'invalid_proof'],
  'without a nonce': [{ payload: { nonce: undefined } }, 'invalid_nonce'],
  'with a nonce of its own making': [{ payload: { nonce: 'AAAA.AAAA' } }, 'invalid_nonce'],
  'whose nonce is a number': [{ payload: { nonce: 7 } }, 'invalid_nonce'],
};

for (const [what, [change, kind]] of Object.entries(WRONG)) {
  test(`a proof ${what} is ${kind}, and the nonce is still good`, async (t) => {
    const { w, issue } = await withHolder(t);
    const purpose = here(w);
    const wrong = await keyProof(key!, purpose, change);
    const right = await keyProof(other!, purpose);
    await assert.rejects(issue([wrong]), refusal(kind));
    await assert.rejects(issue([right, wrong]), refusal(kind));
    assert.equal((await w.db('status_entries')).length, 0);
    assert.equal((await issue([right])).credentials.length, 1);
  });
}

test('what is not a signed JWT is no proof', async (t) => {
  const { w, issue } = await withHolder(t);
  const good = await keyProof(key!, here(w));
  const [header = '', payload = '', signature = ''] = good.split('.');
  const read = JSON.parse(Buffer.from(header, 'base64url').toString());
  const cases = {
    empty: '',
    text: 'a proof',
    'alg none': `${base64({ ...read, alg: 'none' })}.${payload}.`,
    'alg none with the signature': `${base64({ ...read, alg: 'none' })}.${payload}.${signature}`,
    'alg HS256': `${base64({ ...read, alg: 'HS256' })}.${payload}.${signature}`,
    unsigned: `${header}.${payload}.`,
    'another payload': `${header}.${base64({ aud: URL_OF_SERVICE, iat, nonce: here(w).nonce })}.${signature}`,
  };
  for (const [name, proof] of Object.entries(cases)) {
    await assert.rejects(issue([proof]), refusal('invalid_proof'), name);
  }
  assert.equal((await issue([good])).credentials.length, 1);
});

test('a proof may be for several audiences, and up to five minutes off', async (t) => {
  const { w, issue } = await withHolder(t);
  const audience = { payload: { aud: ['https://other.example', URL_OF_SERVICE] } };
  await assert.doesNotReject(issue([await keyProof(key!, here(w), audience)]));
  for (const off of [-300, 300]) {
    const change = { payload: { iat: iat + off } };
    await assert.doesNotReject(issue([await keyProof(key!, here(w), change)]));
  }
});

test('one key in two proofs is refused, though the proofs differ', async (t) => {
  const { w, issue } = await withHolder(t);
  const proofs = [
    await keyProof(key!, here(w)),
    await keyProof(key!, here(w), jwkWith({ kid: 'b', use: 'sig' })),
  ];
  await assert.rejects(issue(proofs), refusal('invalid_proof'));
});

test('a request has one to thirty proofs, and each makes a copy in the order of the proofs', async (t) => {
  const { w, issue } = await withHolder(t);
  const keys = await deviceKeys(31);
  const purpose = here(w);
  const proofs = await Promise.all(keys.map((one) => keyProof(one, purpose)));
  await assert.rejects(issue(proofs), refusal('invalid_proof'));
  await assert.rejects(issue([]), refusal('invalid_proof'));
  const { credentials } = await issue(proofs.slice(0, 30));
  assert.deepEqual(
    credentials.map((sdJwt) => payloadOf(sdJwt).cnf.jwk),
    keys.slice(0, 30).map(({ jwk }) => jwk),
  );
});

test('an identity batch is cut to five, and of its keys the first', async (t) => {
  const { w, holder } = await withHolder(t);
  const { copies: made } = await copies(w, holder, 'identity', 7);
  assert.equal(made.length, 5);
  for (const copy of made) assert.deepEqual(payloadOf(copy.sdJwt).cnf.jwk, copy.key.jwk);
  assert.equal((await w.db('status_entries')).length, 5);
});

test('a nonce is good for one request, though the proofs and the credential are others', async (t) => {
  const { w, issue } = await withHolder(t);
  const purpose = here(w);
  await issue([await keyProof(key!, purpose)]);
  const again = await keyProof(other!, purpose);
  await assert.rejects(issue([again]), refusal('invalid_nonce'));
  await assert.rejects(issue([again], 'identity'), refusal('invalid_nonce'));
  const fresh = here(w);
  await assert.rejects(issue([await keyProof(key!, fresh), again]), refusal('invalid_nonce'));
  await assert.doesNotReject(issue([await keyProof(key!, fresh)]));
});

test('of many requests with one nonce at once exactly one is answered', async (t) => {
  const { w, issue } = await withHolder(t);
  const purpose = here(w);
  const proofs = await Promise.all((await deviceKeys(6)).map((one) => keyProof(one, purpose)));
  const results = await Promise.allSettled(proofs.map((proof) => issue([proof])));
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal((await w.db('status_entries')).length, 1);
});

test('a nonce lives five minutes, and another service made none', async (t) => {
  const { w, issue } = await withHolder(t);
  const purpose = here(w);
  w.pass(5 * MINUTE - 1);
  await assert.doesNotReject(issue([await keyProof(key!, { ...purpose, now: w.world.now() })]));
  const late = here(w);
  w.pass(5 * MINUTE);
  const proof = await keyProof(key!, { ...late, now: w.world.now() });
  await assert.rejects(issue([proof]), refusal('invalid_nonce'));
});

test('one access token fetches two hundred copies and no more', async (t) => {
  const { w, person: somebody, holder } = await withHolder(t);
  for (let i = 0; i < 6; i++) await copies(w, holder, 'age', 30);
  await assert.rejects(copies(w, holder, 'age', 21), refusal('credential_request_denied'));
  await assert.doesNotReject(copies(w, holder, 'age', 20));
  await assert.rejects(copies(w, holder, 'status', 1), refusal('credential_request_denied'));
  await assert.doesNotReject(copies(w, await enrol(w, somebody.id), 'age', 1));
});

test('a request that is wrong in form is refused by its own code before its proofs are looked at', async (t) => {
  const { issue } = await withHolder(t);
  const cases: [string, object, FaultKind][] = [
    ['age', { configuration: undefined }, 'invalid_credential_request'],
    ['passport', {}, 'unknown_credential_configuration'],
    ['age', { identifier: 'age' }, 'unknown_credential_identifier'],
    ['age', { encryption: { alg: 'ECDH-ES' } }, 'invalid_encryption_parameters'],
  ];
  for (const [type, more, kind] of cases) await assert.rejects(issue(['x'], type, more), refusal(kind));
});

test('a credential that was not offered, or that the person has no more, is denied and uses nothing up', async (t) => {
  const { w, person: somebody, holder, issue } = await withHolder(t);
  const purpose = here(w);
  const proof = await keyProof(key!, purpose);
  await w.service.people.mend(somebody.id, { facts: { statuses: [] } }, OFFICER);
  await assert.rejects(issue([proof], 'status'), refusal('credential_request_denied'));
  await w.db('access_tokens').update({ credentials: '["identity"]' });
  await assert.rejects(issue([proof], 'age'), refusal('credential_request_denied'));
  await assert.doesNotReject(issue([proof], 'identity'));
  w.pass(15 * MINUTE);
  await assert.rejects(copies(w, holder, 'identity'), refusal('invalid_token'));
});

test('a suspended person is issued nothing until reinstated', async (t) => {
  const { w, person: somebody, holder } = await withHolder(t);
  const change = (to: 'suspend' | 'reinstate') =>
    w.service.people.changeState(somebody.id, { change: to, reason: 'x' }, OFFICER);
  await change('suspend');
  await assert.rejects(copies(w, holder, 'age'), refusal('credential_request_denied'));
  await change('reinstate');
  await assert.doesNotReject(copies(w, holder, 'age'));
});

test("a wallet notifies by its own ids, again and again, and not by another wallet's", async (t) => {
  const { w, person: somebody, holder } = await withHolder(t);
  const { notificationId } = await copies(w, holder, 'age');
  const notify = (wallet: typeof holder.wallet, id: string) =>
    w.service.issuance.notify(wallet, id, 'credential_accepted');
  for (const _ of [1, 2]) await notify(holder.wallet, notificationId);
  const noted = (await w.events()).filter((event) => event.startsWith('credential.notified'));
  assert.deepEqual(noted, Array(2).fill(`credential.notified ${holder.wallet} credential_accepted`));
  const stranger = await enrol(w, somebody.id);
  await assert.rejects(notify(stranger.wallet, notificationId), refusal('invalid_notification_id'));
  await assert.rejects(notify(holder.wallet, 'nothing'), refusal('invalid_notification_id'));
  assert.equal((await w.bytes()).includes(notificationId), false);
});
