import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facts } from '../../src/people/person.ts';
import { OFFICER, person, type ServiceWorld, serviceWorld } from '../support/world.ts';

const found = async (w: ServiceWorld, query: string) =>
  (await w.service.people.search(query)).map(({ facts }) => facts.familyName);

async function withPeople(t: Parameters<typeof serviceWorld>[0], ...changes: Partial<Facts>[]) {
  const w = await serviceWorld(t);
  for (const change of changes) await person(w, change);
  return w;
}

test('a person is found by the whole name in any order, case and punctuation', async (t) => {
  const w = await withPeople(
    t,
    { givenName: 'Ada Augusta', familyName: 'King-Noel' },
    { familyName: 'Other' },
  );
  for (const query of [
    'Ada Augusta King-Noel',
    'KING-NOEL, ada augusta',
    'augusta king noel ada',
    '  Noel\tKing   Augusta Ada ',
  ]) {
    assert.deepEqual(await found(w, query), ['King-Noel'], query);
  }
});

test('parts of a name, and more than the name, find nobody', async (t) => {
  const w = await withPeople(t, { givenName: 'Ada Augusta', familyName: 'Lovelace' });
  for (const query of [
    'Ada',
    'Lovelace',
    'Ada Lovelace',
    'Ada Augusta Lovelac',
    'Ada Augusta Lovelace King',
    '',
    '%',
  ]) {
    assert.deepEqual(await found(w, query), [], query);
  }
});

test('marks and their spelling do not matter', async (t) => {
  const w = await withPeople(t, { givenName: 'José', familyName: 'Dvořák' });
  for (const query of [
    'Jose Dvorak',
    'JOSÉ DVOŘÁK',
    'José Dvořák'.normalize('NFD'),
    'José Dvořák'.normalize('NFC'),
  ]) {
    assert.deepEqual(await found(w, query), ['Dvořák'], query);
  }
});

test('names of four scripts are found, and not each for the other', async (t) => {
  const names: [string, string, string][] = [
    ['Jürgen', 'Groß', 'GROSS, JURGEN'],
    ['Алёна', 'Йовчева', 'ЙОВЧЕВА алена'],
    ['Σίσυφος', 'Παπαδόπουλος', 'ΠΑΠΑΔΟΠΟΥΛΟΣ ΣΙΣΥΦΟΣ'],
    ['太郎', '山田', '山田 太郎'],
  ];
  const w = await withPeople(t, ...names.map(([givenName, familyName]) => ({ givenName, familyName })));
  for (const [givenName, familyName, query] of names) {
    assert.deepEqual(await found(w, query), [familyName]);
    assert.deepEqual(await found(w, `${givenName} ${familyName}`), [familyName]);
    assert.deepEqual(await found(w, givenName), []);
  }
});

test('all who share a name are found, the newest first', async (t) => {
  const w = await withPeople(t, { externalId: 'first' }, { externalId: 'second' });
  const ids = (await w.service.people.search('Ada Lovelace')).map(({ facts }) => facts.externalId);
  assert.deepEqual(ids, ['second', 'first']);
});

test('a person is found by the whole external id, to the letter', async (t) => {
  const w = await withPeople(
    t,
    { externalId: 'A-1001', familyName: 'One' },
    { externalId: 'A-1002', familyName: 'Two' },
  );
  assert.deepEqual(await found(w, ' A-1001 '), ['One']);
  for (const query of ['A-100', 'a-1001', 'A1001', '1001 A', 'A-10011']) {
    assert.deepEqual(await found(w, query), [], query);
  }
});

test('a name does not find an external id that reads like it', async (t) => {
  const w = await withPeople(t, { externalId: 'Grace Hopper', familyName: 'One' }, { externalId: null });
  assert.deepEqual(await found(w, 'Hopper Grace'), []);
});

test('a person whose name and number were mended is found by the new ones only', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w);
  await w.service.people.mend(id, { facts: { familyName: 'King', externalId: 'B-2' } }, OFFICER);
  assert.deepEqual(await found(w, 'Ada King'), ['King']);
  assert.deepEqual(await found(w, 'B-2'), ['King']);
  assert.deepEqual(await found(w, 'Ada Lovelace'), []);
  assert.deepEqual(await found(w, 'A-1001'), []);
});

test('a change of state keeps a person found', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w);
  await w.service.people.changeState(id, { change: 'suspend', reason: 'lost' }, OFFICER);
  assert.deepEqual(await found(w, 'Ada Lovelace'), ['Lovelace']);
});
