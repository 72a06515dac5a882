import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWithTicket } from '../../src/presentation/ticket-seal.ts';
import {
  copies,
  HOUR,
  oneCopy,
  present,
  question,
  SECOND,
  type ServiceWorld,
  serviceWorld,
  till,
} from '../support/world.ts';

const NAMES = { claims: ['family_name', 'birth_date'], portrait: false };

async function shownNames(t: Parameters<typeof serviceWorld>[0]) {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w, 'identity');
  const shown = await present(w, copy, 'family_name', 'birth_date');
  return { w, copy, ...shown };
}

const rows = (w: ServiceWorld) => w.db('presentations').orderBy('id');

test('what was shown, the ticket and the secret are not readable in the database', async (t) => {
  const { w, ticket, secret, id } = await shownNames(t);
  const bytes = await w.bytes();
  assert.ok(bytes.includes(id), 'the search finds what is there');
  for (const text of [ticket, secret, 'Lovelace', '1992-12-10', 'family_name":']) {
    assert.equal(bytes.includes(text), false, text);
  }
});

test('what was shown opens with its own ticket only, and holds nothing that was not disclosed', async (t) => {
  const { w, copy, ticket } = await shownNames(t);
  const other = await present(w, copy, 'given_name');
  const [row] = await rows(w);
  assert.equal(openWithTicket(other.ticket, 'claims', row.sealed_claims), null);
  assert.equal(openWithTicket(ticket, 'answer', row.sealed_claims), null);
  assert.deepEqual(openWithTicket(ticket, 'claims', row.sealed_claims)?.claims, {
    credential: 'identity',
    ages: {},
    statuses: {},
    identity: { family_name: 'Lovelace', birth_date: '1992-12-10' },
  });
});

test('claims are gone once their ticket was approved', async (t) => {
  const { w, ticket } = await shownNames(t);
  await w.service.verifications.verify(question(await till(w), ticket, { ask: NAMES }));
  const [row] = await rows(w);
  assert.deepEqual([row.state, row.sealed_claims, row.copy], ['used', null, null]);
});

test('claims are gone once another ticket of their copy was approved', async (t) => {
  const { w, copy, ticket } = await shownNames(t);
  await present(w, copy, 'given_name');
  await w.service.verifications.verify(question(await till(w), ticket, { ask: NAMES }));
  const [, other] = await rows(w);
  assert.deepEqual([other.state, other.sealed_claims, other.copy], ['voided', null, null]);
});

test('a refusal leaves the claims where they are', async (t) => {
  const { w, ticket } = await shownNames(t);
  await w.service.verifications.verify(question(await till(w), ticket));
  const [row] = await rows(w);
  assert.deepEqual([row.state, row.sealed_claims === null], ['open', false]);
});

test('claims are swept once their ticket is over, before a minute has passed, and no others', async (t) => {
  const { w, copy, expiresAt, ticket } = await shownNames(t);
  assert.ok(expiresAt.getTime() - w.world.now().getTime() < 60 * SECOND);
  w.pass(10 * SECOND);
  await present(w, copy, 'given_name');
  w.goTo(new Date(expiresAt.getTime() - 1).toISOString());
  await w.service.stores.presentations.forgetClaims(w.world.now());
  assert.deepEqual(
    (await rows(w)).map((row) => row.sealed_claims === null),
    [false, false],
  );
  w.pass(1);
  await w.service.stores.presentations.forgetClaims(w.world.now());
  const after = await rows(w);
  assert.deepEqual(
    after.map((row) => [row.sealed_claims === null, row.copy === null]),
    [
      [true, true],
      [false, false],
    ],
  );
  const { verification } = await w.service.verifications.verify(
    question(await till(w), ticket, { ask: NAMES }),
  );
  assert.equal(verification.reason, 'expired');
});

test('nothing ties two presentations of one person, or their rows, to each other', async (t) => {
  const w = await serviceWorld(t);
  const { copy, holder } = await oneCopy(w, 'age');
  const [second] = (await copies(w, holder, 'age')).copies;
  await present(w, copy);
  await present(w, second!);
  const [one, other] = await rows(w);
  const times = ['state', 'presented_at', 'expires_at'];
  for (const [name, value] of Object.entries(one)) {
    if (!times.includes(name)) assert.notDeepEqual(value, other[name], name);
  }
  const columns = Object.keys(one);
  assert.equal(
    columns.some((name) => /person|wallet/.test(name)),
    false,
  );
});

test('the hash stays for a day, so that a late scan learns what became of its ticket', async (t) => {
  const { w, ticket, expiresAt } = await shownNames(t);
  const terminal = await till(w);
  const told = async () =>
    (await w.service.verifications.verify(question(terminal, ticket))).verification.reason;
  const purge = () => w.service.stores.presentations.purge(new Date(w.world.now().getTime() - 24 * HOUR));
  w.goTo(new Date(expiresAt.getTime() + 24 * HOUR - 1).toISOString());
  await purge();
  assert.equal(await told(), 'expired');
  w.pass(1);
  await purge();
  assert.equal(await told(), 'unknown_token');
  assert.deepEqual(await w.db('presentations'), []);
});
