import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { readPage } from '../../src/db/page.ts';
import { freshDatabase } from '../support/database.ts';

interface Row {
  readonly id: string;
}

/** A table with ids 01 to `count`, not added in that order, and a reader of its pages. */
async function listOf(t: TestContext, count: number) {
  const db = await freshDatabase(t);
  const ids = Array.from({ length: count }, (_, i) => String(i + 1).padStart(2, '0'));
  const shuffled = [...ids].sort((a, b) => ((Number(a) * 7) % 23) - ((Number(b) * 7) % 23));
  for (const id of shuffled) {
    await db('audit_events').insert({ id, at: 0, actor: '', action: '', subject: '' });
  }
  const page = (limit: number, after: string | null) =>
    readPage<Row>(db('audit_events').select('id'), { limit, after });
  return { db, page, newestFirst: ids.reverse() };
}

test('pages of any size, put together, are the whole list once, the newest first', async (t) => {
  const { page, newestFirst } = await listOf(t, 23);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (limit) => {
      const all: string[] = [];
      for (let after: string | null = null, more = true; more; after = all.at(-1)!) {
        const { rows, hasMore } = await page(limit, after);
        assert.ok(rows.length === limit || !hasMore);
        assert.ok(rows.length > 0);
        all.push(...rows.map(({ id }) => id));
        more = hasMore;
      }
      assert.deepEqual(all, newestFirst);
    }),
  );
});

test('a page that ends with the list says that there is no more', async (t) => {
  const { page } = await listOf(t, 4);
  assert.equal((await page(4, null)).hasMore, false);
  assert.equal((await page(3, null)).hasMore, true);
  assert.deepEqual(await page(2, '01'), { rows: [], hasMore: false });
});

test('what is added meanwhile moves nothing between the pages that follow', async (t) => {
  const { db, page } = await listOf(t, 4);
  const first = await page(2, null);
  await db('audit_events').insert({ id: '05', at: 0, actor: '', action: '', subject: '' });
  const second = await page(2, first.rows.at(-1)!.id);
  assert.deepEqual(
    [...first.rows, ...second.rows].map(({ id }) => id),
    ['04', '03', '02', '01'],
  );
});

test('an empty list has one empty page', async (t) => {
  const { page } = await listOf(t, 0);
  assert.deepEqual(await page(20, null), { rows: [], hasMore: false });
});
