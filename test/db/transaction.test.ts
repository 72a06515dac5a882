import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrations } from '../../migrations/index.ts';
import { openDatabase } from '../../src/db/database.ts';
import { oneAtATime } from '../../src/db/hold.ts';
import { migrate } from '../../src/db/migrate.ts';
import { transactOn } from '../../src/db/transaction.ts';
import { freshDatabase, makeDatabase, ON_POSTGRES_ONLY, ON_SQLITE_ONLY } from '../support/database.ts';
import { leaveRoom } from '../support/disk.ts';

function deadlock(): Error {
  return Object.assign(new Error('deadlock detected'), { code: '40P01' });
}

test('work that lost a race is run again, and keeps nothing of its first run', async (t) => {
  const db = await freshDatabase(t);
  const transact = transactOn(db, (tx) => tx);
  let runs = 0;
  await transact(async (tx) => {
    runs += 1;
    await tx('settings').insert({ name: `run ${runs}`, value: '' });
    if (runs < 3) throw deadlock();
  });
  assert.deepEqual(await db('settings').pluck('name'), ['run 3']);
});

test(
  'why work failed is told also where the full disk has ended its transaction',
  ON_SQLITE_ONLY,
  async (t) => {
    const db = await freshDatabase(t);
    const transact = transactOn(db, (tx) => tx);
    await leaveRoom(db, 0);
    const fill = transact(async (tx) => {
      for (let at = 0; at < 100; at += 1)
        await tx('settings').insert({ name: `row ${at}`, value: 'x'.repeat(2_000) });
    });
    await assert.rejects(fill, { code: 'SQLITE_FULL' });
    await leaveRoom(db, 'any');
    await transact((tx) => tx('settings').insert({ name: 'last', value: '' }));
    assert.deepEqual(await db('settings').pluck('name'), ['last']);
  },
);

test('work that always loses is given up', async (t) => {
  const transact = transactOn(await freshDatabase(t), (tx) => tx);
  let runs = 0;
  const work = transact(async () => {
    runs += 1;
    throw deadlock();
  });
  await assert.rejects(work, /deadlock/);
  assert.equal(runs, 4);
});

test('two transactions that wait for each other both succeed', ON_POSTGRES_ONLY, async (t) => {
  const db = await freshDatabase(t);
  const transact = transactOn(db, (tx) => tx);
  await db('settings').insert([
    { name: 'a', value: '' },
    { name: 'b', value: '' },
  ]);
  let arrived = 0;
  let open = (): void => {};
  const bothHold = new Promise<void>((resolve) => {
    open = resolve;
  });
  const crossing = (first: string, second: string) =>
    transact(async (tx) => {
      await tx('settings').where({ name: first }).update({ value: first });
      arrived += 1;
      if (arrived === 2) open();
      await bothHold;
      await tx('settings').where({ name: second }).update({ value: first });
    });
  await Promise.all([crossing('a', 'b'), crossing('b', 'a')]);
  const values = await db('settings').pluck('value');
  assert.equal(values[0], values[1]);
});

test('two processes that start at once make the tables once', ON_POSTGRES_ONLY, async (t) => {
  const { url, remove } = await makeDatabase();
  const pools = [openDatabase(url), openDatabase(url), openDatabase(url)];
  t.after(async () => {
    await Promise.all(pools.map((pool) => pool.destroy()));
    await remove();
  });
  const ran = await Promise.all(pools.map(migrate));
  assert.deepEqual(
    ran.flat(),
    migrations.map(([name]) => name),
  );
});

test('a migration that fails leaves no tables behind', ON_POSTGRES_ONLY, async (t) => {
  const { url, remove } = await makeDatabase();
  const db = openDatabase(url);
  t.after(async () => {
    await db.destroy();
    await remove();
  });
  await db.schema.createTable('verifications', (table) => table.text('id'));
  await assert.rejects(migrate(db), /already exists/);
  assert.equal(await db.schema.hasTable('people'), false);
  await db.schema.dropTable('verifications');
  assert.equal((await migrate(db)).length, migrations.length);
});

test('work of one name is done by one at a time, of another name beside it', ON_POSTGRES_ONLY, async (t) => {
  const db = await freshDatabase(t);
  const order: string[] = [];
  const take = (name: string, label: string) =>
    oneAtATime(db, name, async () => {
      order.push(`${label} begins`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push(`${label} ends`);
    });
  await Promise.all([take('x', 'one'), take('x', 'two')]);
  assert.match(order.join(), /^(\w+) begins,\1 ends,(\w+) begins,\2 ends$/);
});
