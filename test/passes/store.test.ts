import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PassKey, windowAt } from '../../src/passes/pass-key.ts';
import { passKeyStore, passQuotaStore, type SpentPass, spentPassStore } from '../../src/passes/store.ts';
import { freshDatabase } from '../support/database.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const LATER = new Date('2026-11-25T00:00:00Z');
const DAY = 86_400_000;

const key: PassKey = {
  keyId: 'aabbccdd',
  claim: 'age_over_18',
  window: windowAt(NOW, 1),
  spki: Uint8Array.of(1, 2, 3),
  sealedPrivate: Uint8Array.of(4, 5, 6),
  withdrawnAt: null,
};

test('a key reads back as it was added, until its passes are over', async (t) => {
  const keys = passKeyStore(await freshDatabase(t));
  assert.equal(await keys.add(key), true);
  assert.deepEqual(await keys.listed(NOW), [key]);
  assert.deepEqual(await keys.listed(new Date(key.window.expiresAt.getTime() - 1)), [key]);
  assert.deepEqual(await keys.listed(key.window.expiresAt), []);
});

test('a claim and window have one key, and an id one: the second is not added', async (t) => {
  const keys = passKeyStore(await freshDatabase(t));
  await keys.add(key);
  assert.equal(await keys.add({ ...key, keyId: '00000001' }), false);
  assert.equal(await keys.add({ ...key, claim: 'status_student' }), false);
  assert.equal(await keys.add({ ...key, keyId: '00000002', claim: 'status_student' }), true);
  assert.equal((await keys.listed(NOW)).length, 2);
});

test('the private part goes when the window is over, and at once when the key is withdrawn', async (t) => {
  const keys = passKeyStore(await freshDatabase(t));
  await keys.add(key);
  const next = { ...key, keyId: '00000002', window: windowAt(new Date(NOW.getTime() + DAY), 1) };
  await keys.add(next);
  assert.equal(await keys.destroyOver(new Date(key.window.ends.getTime() - 1)), 0);
  assert.equal(await keys.destroyOver(key.window.ends), 1);
  assert.deepEqual(
    (await keys.listed(NOW)).map(({ sealedPrivate }) => sealedPrivate === null),
    [true, false],
  );
  assert.equal(await keys.withdraw('00000002', NOW), true);
  assert.equal(await keys.withdraw('00000002', LATER), false);
  const [, withdrawn] = await keys.listed(NOW);
  assert.deepEqual([withdrawn!.sealedPrivate, withdrawn!.withdrawnAt], [null, NOW]);
});

test('of many who take from one quota at once, none gets more than there is', async (t) => {
  const quotas = passQuotaStore(await freshDatabase(t));
  const take = () => quotas.take({ scope: 'one', count: 3, most: 8 }, LATER);
  const taken = await Promise.all(Array.from({ length: 6 }, take));
  assert.equal(taken.filter(Boolean).length, 2);
  assert.equal(await quotas.take({ scope: 'one', count: 2, most: 8 }, LATER), true);
  assert.equal(await quotas.take({ scope: 'one', count: 1, most: 8 }, LATER), false);
  assert.equal(await quotas.take({ scope: 'other', count: 9, most: 8 }, LATER), false);
  assert.equal(await quotas.take({ scope: 'other', count: 8, most: 8 }, LATER), true);
});

test('a request is new once, and again after its window', async (t) => {
  const quotas = passQuotaStore(await freshDatabase(t));
  assert.deepEqual([await quotas.note('hash', LATER), await quotas.note('hash', LATER)], [true, false]);
  await quotas.purge(LATER);
  assert.equal(await quotas.note('hash', new Date(LATER.getTime() + DAY)), true);
});

const pass: SpentPass = {
  mark: 'a',
  keptUntil: LATER,
  spentAt: NOW,
  terminal: null,
  verification: null,
  questionHash: 'question',
};

test('of many who spend one pass at once, exactly one does', async (t) => {
  const spent = spentPassStore(await freshDatabase(t));
  const answers = await Promise.all(Array.from({ length: 5 }, () => spent.spend([pass])));
  assert.equal(answers.filter((marks) => marks.has('a')).length, 1);
  assert.deepEqual(await spent.among(['a', 'b']), [pass]);
});

test('a spent mark stays until it is over', async (t) => {
  const spent = spentPassStore(await freshDatabase(t));
  await spent.spend([pass]);
  assert.equal(await spent.purge(new Date(LATER.getTime() - 1)), 0);
  assert.equal(await spent.purge(LATER), 1);
  assert.deepEqual(await spent.among(['a']), []);
});
