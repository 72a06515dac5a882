import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { fromBlob } from '../../src/db/columns.ts';
import { runsSideBySide } from '../../src/db/database.ts';
import { addRows, among } from '../../src/db/rows.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { emptyDatabase } from '../support/database.ts';

/** Every byte there is, so that none is lost on the way through a text. */
const BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const WORDS = [`it's "quoted"`, 'back\\slash', '?', '"; drop table things; --', '日本 🎏', '', '\t\n'];

async function openThings(t: TestContext) {
  const db = await emptyDatabase(t);
  await db.schema.createTable('things', (table) => {
    table.text('id').primary();
    table.text('word');
    table.bigInteger('count');
    table.binary('blob');
  });
  return db;
}

test('rows come back as they were added, whatever stands in them', async (t) => {
  const db = await openThings(t);
  const rows = WORDS.map((word, i) => ({ id: `${i}`, word, count: 2 ** 53 - 1 - i, blob: BYTES }));
  await addRows(db, 'things', rows);
  const found = await db('things').orderBy('id');
  assert.deepEqual(
    found.map((row) => ({ ...row, count: Number(row.count), blob: fromBlob(row.blob) })),
    rows,
  );
});

test('a row may have nothing where another has something', async (t) => {
  const db = await openThings(t);
  await addRows(db, 'things', [
    { id: 'a', word: null, count: null, blob: null },
    { id: 'b', word: 'b', count: 0, blob: Uint8Array.of() },
  ]);
  const [a, b] = await db('things').orderBy('id');
  assert.deepEqual({ ...a }, { id: 'a', word: null, count: null, blob: null });
  assert.deepEqual([b.word, Number(b.count), fromBlob(b.blob)], ['b', 0, new Uint8Array()]);
});

test('no rows are no statement', async (t) => {
  const db = await openThings(t);
  await addRows(db, 'no such table', []);
  assert.equal((await db('things')).length, 0);
});

test('of rows of which one is there already none is added', async (t) => {
  const db = await openThings(t);
  await addRows(db, 'things', [{ id: 'a', word: 'first' }]);
  await assert.rejects(
    addRows(db, 'things', [
      { id: 'b', word: 'second' },
      { id: 'a', word: 'again' },
    ]),
    /unique/i,
  );
  assert.deepEqual(await db('things').pluck('id'), ['a']);
});

test('rows are found among the values of a list, and by no part of one', async (t) => {
  const db = await openThings(t);
  await addRows(
    db,
    'things',
    WORDS.map((word, i) => ({ id: `${i}`, word })),
  );
  const wanted = [WORDS[0]!, WORDS[3]!, 'quoted'];
  assert.deepEqual(
    await db('things')
      .where(among(db, 'word', wanted))
      .orderBy('id')
      .pluck('id'),
    ['0', '3'],
  );
  assert.deepEqual(await db('things').where(among(db, 'word', [])), []);
});

test('two lists with an "or" between them are looked up in indexes, never by reading the table', async (t) => {
  const db = await openThings(t);
  await db.schema.alterTable('things', (table) => table.index('word'));
  const query = db('things')
    .where((either) => either.where(among(db, 'id', ['1', '2'])).orWhere(among(db, 'word', ['a', 'b'])))
    .toSQL()
    .toNative();
  // A table so small would be read whole: the planner is kept from it, and only does so where nothing else can be done.
  const plan = await inTransaction(db, async (tx) => {
    if (runsSideBySide(tx)) await tx.raw('set local enable_seqscan = off');
    const explain = runsSideBySide(tx) ? 'explain' : 'explain query plan';
    return tx.raw(`${explain} ${query.sql.replace(/\$\d+/g, '?')}`, query.bindings as string[]);
  });
  assert.doesNotMatch(JSON.stringify(plan.rows ?? plan), /seq scan|scan things/i);
});
