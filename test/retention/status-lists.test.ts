import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Id } from '../../src/kernel/ids.ts';
import { FULL_AT } from '../../src/status/status-list.ts';
import { statusStore } from '../../src/status/store.ts';
import { NOW, retailersWorld } from '../support/retailers-world.ts';
import { AT, ago, DAY, idAt, left } from './support/times.ts';

async function lists(t: TestContext) {
  const world = await retailersWorld(t);
  const key = { purpose: 'issuer', state: 'active', issuer_url: 'x', public_jwk: '{}', created_at: 0 };
  await world.db('issuer_keys').insert({ id: 'key_x', ...key });
  const list = async (name: number, expiries: readonly number[]) => {
    const id = idAt('status_list', ago(60 * DAY), name) as Id<'status_list'>;
    await statusStore(world.db).addList(id, 'key_x');
    const entry = (expires_at: number, idx: number) => ({
      list_id: id,
      idx,
      status: 0,
      credential: 'age',
      expires_at,
    });
    if (expiries.length > 0) await world.db('status_entries').insert(expiries.map(entry));
    return id;
  };
  const purge = (most = 10) =>
    world.transact(async () => {}).then(() => statusStore(world.db).purge(NOW, most));
  return { ...world, list, purge };
}

test('a status list goes when all its copies have expired, and not while one has not', async (t) => {
  const { db, list, purge } = await lists(t);
  await list(1, [AT.before, AT.now]);
  const alive = await list(2, [AT.before, AT.after]);
  assert.equal(await purge(), 2);
  assert.deepEqual(await db('status_lists').pluck('id'), [alive]);
  assert.equal(await purge(), 0);
  assert.equal(await left(db, 'status_entries'), 2);
});

test('while the entries of a status list go, nobody is given a place in it', async (t) => {
  const { db, list, purge } = await lists(t);
  const id = await list(1, [AT.before, AT.before, AT.before]);
  assert.equal(await purge(2), 2);
  const [row] = await db('status_lists').where({ id });
  assert.ok(row.used >= FULL_AT);
  assert.equal(await statusStore(db).openList('key_x'), null);
  assert.equal(await purge(2), 1);
  assert.equal(await left(db, 'status_lists'), 0);
});

test('a status list that is new stays, though nothing is in it yet', async (t) => {
  const { db, purge } = await lists(t);
  await statusStore(db).addList(idAt('status_list', NOW) as Id<'status_list'>, 'key_x');
  assert.equal(await purge(), 0);
  assert.equal(await left(db, 'status_lists'), 1);
});
