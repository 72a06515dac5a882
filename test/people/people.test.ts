import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import type { Id } from '../../src/kernel/ids.ts';
import type { Facts } from '../../src/people/person.ts';
import { refusal } from '../support/retailers-world.ts';
import { ADA, NOW, OFFICER, PORTRAIT, person, serviceWorld } from '../support/world.ts';

const nobody = 'per_none' as Id<'person'>;
const day = (text: string) => text as CalendarDate;

test('a person is kept and found again as entered', async (t) => {
  const w = await serviceWorld(t);
  const entered = await w.service.people.create(ADA, PORTRAIT, OFFICER);
  assert.deepEqual(entered, {
    id: entered.id,
    state: 'active',
    facts: ADA,
    portrait: PORTRAIT,
    createdAt: NOW,
    updatedAt: NOW,
  });
  assert.deepEqual(await w.service.people.find(entered.id), entered);
  assert.deepEqual((await w.events()).slice(-1), [`person.created ${entered.id}`]);
});

test('a person need have no portrait, number or status', async (t) => {
  const w = await serviceWorld(t);
  const bare = { nationality: null, documentNumber: null, statuses: [], externalId: null };
  const { id } = await person(w, bare);
  assert.deepEqual((await w.service.people.find(id)).facts, { ...ADA, ...bare });
});

test('what cannot be is refused at its field, and nobody is entered', async (t) => {
  const w = await serviceWorld(t);
  const until = day('2027-07-31');
  const cases: [Partial<Facts>, string, string][] = [
    [{ birthDate: day('2026-11-23') }, '/birth_date', 'in_the_future'],
    [{ birthDate: day('1879-12-31') }, '/birth_date', 'too_early'],
    [{ statuses: [{ type: 'wizard', until }] }, '/statuses/0/type', 'unknown_status'],
    [
      {
        statuses: [
          { type: 'student', until },
          { type: 'student', until: day('2028-07-31') },
        ],
      },
      '/statuses/1/type',
      'duplicate',
    ],
  ];
  for (const [change, pointer, code] of cases) {
    await assert.rejects(person(w, change), refusal('invalid_request', pointer, code));
  }
  assert.deepEqual((await w.service.people.list({ limit: 10, after: null })).rows, []);
  await assert.doesNotReject(person(w, { birthDate: day('2026-11-22') }));
});

test('people are listed page by page, the newest first', async (t) => {
  const w = await serviceWorld(t);
  const ids: string[] = [];
  for (const externalId of ['1', '2', '3']) ids.unshift((await person(w, { externalId })).id);
  const first = await w.service.people.list({ limit: 2, after: null });
  const rest = await w.service.people.list({ limit: 2, after: first.rows[1]!.id });
  assert.deepEqual(
    [...first.rows, ...rest.rows].map(({ id }) => id),
    ids,
  );
  assert.deepEqual([first.hasMore, rest.hasMore], [true, false]);
});

test('mending changes what is named and nothing else', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w, {}, PORTRAIT);
  w.pass(1_000);
  const mended = await w.service.people.mend(id, { facts: { givenName: 'Augusta' } }, OFFICER);
  assert.deepEqual(mended.facts, { ...ADA, givenName: 'Augusta' });
  assert.deepEqual(mended.portrait, PORTRAIT);
  assert.deepEqual([mended.createdAt, mended.updatedAt], [NOW, w.world.now()]);
  assert.deepEqual(await w.service.people.find(id), mended);
  const bare = await w.service.people.mend(id, { facts: {}, portrait: null }, OFFICER);
  assert.deepEqual([bare.facts, bare.portrait], [mended.facts, null]);
});

test('mending holds the whole person to the rules, and a refused mending changes nothing', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w);
  const mend = (facts: Partial<Facts>) => w.service.people.mend(id, { facts }, OFFICER);
  await assert.rejects(
    mend({ familyName: 'King', birthDate: day('2026-11-23') }),
    refusal('invalid_request', '/birth_date', 'in_the_future'),
  );
  assert.deepEqual((await w.service.people.find(id)).facts, ADA);
  assert.deepEqual(await w.service.people.search('Ada King'), []);
});

test('a revoked person is not mended', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w);
  await w.service.people.changeState(id, { change: 'revoke', reason: 'fraud' }, OFFICER);
  await assert.rejects(w.service.people.mend(id, { facts: {} }, OFFICER), refusal('conflict'));
});

test('somebody who is not there is not found, whatever is wanted', async (t) => {
  const { people } = (await serviceWorld(t)).service;
  await assert.rejects(people.find(nobody), refusal('not_found'));
  await assert.rejects(people.mend(nobody, { facts: {} }, OFFICER), refusal('not_found'));
  await assert.rejects(people.erase(nobody, OFFICER), refusal('not_found'));
  const suspend = { change: 'suspend', reason: 'x' } as const;
  await assert.rejects(people.changeState(nobody, suspend, OFFICER), refusal('not_found'));
});

test('nothing of a person is readable in the database', async (t) => {
  const w = await serviceWorld(t);
  const portrait = new Uint8Array(Buffer.from('a portrait of nobody in particular'));
  const { id } = await person(w, {}, portrait);
  await w.service.people.changeState(id, { change: 'suspend', reason: 'Lent her phone' }, OFFICER);
  await w.service.people.mend(id, { facts: { familyName: 'Byron-King' } }, OFFICER);
  const bytes = await w.bytes();
  assert.ok(bytes.includes(id), 'the search finds what is there');
  const secrets = ['Lovelace', 'Byron', 'byron', 'lovelace', 'Ada', '1992-12-10', 'DOC-77421', 'A-1001'];
  for (const secret of [...secrets, '2027-07-31', 'Lent her', 'nobody in particular']) {
    assert.equal(bytes.includes(secret), false, secret);
  }
});

test('no two people, and no two versions of one, are sealed alike', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w);
  await person(w);
  const columns = () => w.db('people').orderBy('id').select('wrapped_key', 'sealed_record');
  const [one, other] = await columns();
  assert.notDeepEqual(one.wrapped_key, other.wrapped_key);
  assert.notDeepEqual(one.sealed_record, other.sealed_record);
  await w.service.people.mend(id, { facts: {} }, OFFICER);
  const [again] = await columns();
  assert.notDeepEqual(again.sealed_record, one.sealed_record);
});

test("a record that was put in another person's place does not open", async (t) => {
  const w = await serviceWorld(t);
  const [one, other] = [await person(w), await person(w, { givenName: 'Grace' })];
  const row = await w.db('people').where({ id: one.id }).first();
  const { wrapped_key, sealed_record } = row;
  await w.db('people').where({ id: other.id }).update({ sealed_record });
  await assert.rejects(w.service.people.find(other.id), /damaged/);
  await w.db('people').where({ id: other.id }).update({ wrapped_key, sealed_record });
  await assert.rejects(w.service.people.find(other.id), /damaged/);
});
