import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { migrations } from '../../migrations/index.ts';
import {
  fromBlob,
  fromFlag,
  fromInstant,
  fromList,
  fromNullableInstant,
  toFlag,
  toInstant,
  toList,
} from '../../src/db/columns.ts';
import { answers } from '../../src/db/database.ts';
import { isMigrated, migrate } from '../../src/db/migrate.ts';
import { transactOn } from '../../src/db/transaction.ts';
import { emptyDatabase, freshDatabase, ON_SQLITE_ONLY } from '../support/database.ts';

for (const [pragma, value] of [
  ['journal_mode', 'wal'],
  ['synchronous', 2],
  ['foreign_keys', 1],
  ['secure_delete', 1],
] as const) {
  test(`${pragma} is ${value}`, ON_SQLITE_ONLY, async (t) => {
    const db = await emptyDatabase(t);
    assert.deepEqual(await db.raw(`PRAGMA ${pragma}`), [{ [pragma]: value }]);
  });
}

test('a row that refers to nothing is refused', async (t) => {
  const db = await freshDatabase(t);
  const orphan = { id: 'sto_1', retailer_id: 'ret_none', name: 'Nowhere', created_at: 0 };
  await assert.rejects(() => db('stores').insert(orphan), /FOREIGN KEY/i);
});

test('tables are brought up to date once, and the second time there is nothing to do', async (t) => {
  const db = await emptyDatabase(t);
  assert.equal(await isMigrated(db), false);
  assert.deepEqual(
    await migrate(db),
    migrations.map(([name]) => name),
  );
  assert.equal(await isMigrated(db), true);
  assert.deepEqual(await migrate(db), []);
});

test('migrations run in the order of their names, and each name is there once', () => {
  const names = migrations.map(([name]) => name);
  assert.deepEqual(names, [...new Set(names)].sort());
});

test('a database answers while it is open, and not after', async (t) => {
  const db = await emptyDatabase(t);
  assert.equal(await answers(db), true);
  await db.destroy();
  assert.equal(await answers(db), false);
});

const event = { id: 'evt_1', at: 1, actor: 'system', action: 'person.created', subject: 'per_1' };

test('a transaction keeps everything and answers what its work answers', async (t) => {
  const db = await freshDatabase(t);
  const transact = transactOn(db, (tx) => tx);
  const answer = await transact(async (tx) => {
    await tx('audit_events').insert(event);
    await tx('settings').insert({ name: 'a', value: 'b' });
    return 42;
  });
  assert.equal(answer, 42);
  assert.equal((await db('audit_events')).length, 1);
  assert.equal((await db('settings')).length, 1);
});

test('a transaction that throws keeps nothing and throws the same', async (t) => {
  const db = await freshDatabase(t);
  const transact = transactOn(db, (tx) => tx);
  const trouble = new Error('no');
  const work = transact(async (tx) => {
    await tx('audit_events').insert(event);
    await tx('settings').insert({ name: 'a', value: 'b' });
    throw trouble;
  });
  await assert.rejects(work, (thrown) => thrown === trouble);
  assert.deepEqual(await db('audit_events'), []);
  assert.deepEqual(await db('settings'), []);
});

test('a statement that the database refuses takes the whole transaction with it', async (t) => {
  const db = await freshDatabase(t);
  const transact = transactOn(db, (tx) => tx);
  await assert.rejects(
    transact(async (tx) => {
      await tx('settings').insert({ name: 'a', value: 'b' });
      await tx('settings').insert({ name: 'a', value: 'c' });
    }),
  );
  assert.deepEqual(await db('settings'), []);
});

test('transactions begun at once run one after another', ON_SQLITE_ONLY, async (t) => {
  const db = await freshDatabase(t);
  const transact = transactOn(db, (tx) => tx);
  await db('settings').insert({ name: 'count', value: '0' });
  const addOne = () =>
    transact(async (tx) => {
      const row = await tx('settings').where({ name: 'count' }).first();
      await tx('settings').update({ value: String(Number(row.value) + 1) });
    });
  await Promise.all(Array.from({ length: 20 }, addOne));
  assert.equal((await db('settings').first()).value, '20');
});

test('values come back from their columns as they were', () => {
  const instants = fc.date({ noInvalidDate: true });
  fc.assert(
    fc.property(instants, fc.boolean(), fc.array(fc.string()), fc.uint8Array(), (at, flag, list, bytes) => {
      assert.deepEqual(fromInstant(toInstant(at)), at);
      assert.deepEqual(fromInstant(String(toInstant(at))), at);
      assert.deepEqual(fromNullableInstant(toInstant(at)), at);
      assert.equal(fromFlag(toFlag(flag)), flag);
      assert.equal(fromFlag(String(toFlag(flag))), flag);
      assert.deepEqual(fromList(toList(list)), list);
      assert.deepEqual(fromBlob(Buffer.from(bytes)), Uint8Array.from(bytes));
    }),
  );
});

test('no instant is none, and 1970 is one', () => {
  assert.equal(fromNullableInstant(null), null);
  assert.deepEqual(fromNullableInstant(0), new Date(0));
});

test('the bytes of a blob are its own, also where the driver gave a piece of a larger buffer', () => {
  const pool = Buffer.from([1, 2, 3, 4]);
  const bytes = fromBlob(pool.subarray(1, 3));
  pool.fill(9);
  assert.deepEqual(bytes, Uint8Array.of(2, 3));
  assert.equal(bytes.buffer.byteLength, 2);
});

test('values go through real columns', async (t) => {
  const db = await freshDatabase(t);
  const [at, bytes] = [new Date('2026-11-22T10:00:00.123Z'), Uint8Array.of(0, 255, 7)];
  await db('people').insert({
    id: 'per_1',
    state: 'active',
    wrapped_key: Buffer.from(bytes),
    sealed_record: Buffer.from(bytes),
    sealed_portrait: null,
    created_at: toInstant(at),
    updated_at: toInstant(at),
  });
  const row = await db('people').first();
  assert.deepEqual(fromInstant(row.created_at), at);
  assert.deepEqual(fromBlob(row.wrapped_key), bytes);
  assert.equal(row.sealed_portrait, null);
});
