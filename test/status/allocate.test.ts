import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Id } from '../../src/kernel/ids.ts';
import { allocate } from '../../src/status/allocate.ts';
import { FULL_AT, LIST_SIZE } from '../../src/status/status-list.ts';
import { type EntryContent, placeKey } from '../../src/status/store.ts';
import { NOW, type ServiceWorld, serviceWorld } from '../support/world.ts';

const CONTENT: EntryContent = {
  person: 'per_a' as Id<'person'>,
  wallet: 'wal_a' as Id<'wallet'>,
  credential: 'age',
  invalidFrom: null,
  expiresAt: NOW,
};

const signingKey = (w: ServiceWorld) => w.service.ring.signer('issuer').kid;

function give(w: ServiceWorld, count: number, key = signingKey(w)) {
  const { random } = w.world;
  return w.service.transact(({ statuses }) =>
    allocate({ statuses, random, mint: w.service.mint }, key, count, CONTENT),
  );
}

test('every place is given once, however many are taken at once', async (t) => {
  const w = await serviceWorld(t);
  const given = new Set<string>();
  const batches = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(batches, async (counts) => {
      const places = (await Promise.all(counts.map((count) => give(w, count)))).flat();
      assert.equal(
        places.length,
        counts.reduce((sum, count) => sum + count, 0),
      );
      for (const place of places) {
        assert.equal(given.has(placeKey(place)), false);
        assert.ok(place.index >= 0 && place.index < LIST_SIZE);
        given.add(placeKey(place));
      }
    }),
    { numRuns: 25 },
  );
  // Those who come first and at once may open a list each.
  const used: { used: unknown }[] = await w.db('status_lists').select('used');
  assert.equal(
    used.reduce((sum, list) => sum + Number(list.used), 0),
    given.size,
  );
});

test('places tell nothing about their neighbours: they are spread over the whole list', async (t) => {
  const w = await serviceWorld(t);
  const indexes = (await give(w, 200)).map(({ index }) => index);
  const quarters = [0, 1, 2, 3].map(
    (q) => indexes.filter((i) => Math.floor((i * 4) / LIST_SIZE) === q).length,
  );
  for (const count of quarters) assert.ok(count > 25 && count < 75, quarters.join(' '));
  assert.notDeepEqual(
    indexes,
    [...indexes].sort((a, b) => a - b),
  );
});

test('a list that is nearly full gives what it has, and another is opened', async (t) => {
  const w = await serviceWorld(t);
  const [first] = await give(w, 1);
  await fill(w, first!.list, FULL_AT - 1);
  const before = await w.db('status_entries').select('idx');
  const taken = new Set(before.map(({ idx }) => idx));
  const places = await give(w, 60);
  const keys = new Set(places.map(placeKey));
  assert.equal(keys.size, 60);
  for (const { list, index } of places) assert.ok(list !== first!.list || !taken.has(index));
  assert.equal(new Set(places.map(({ list }) => list)).size, 2);
  const later = await give(w, 5);
  assert.ok(later.every(({ list }) => list !== first!.list));
});

test('each issuer key has lists of its own', async (t) => {
  const w = await serviceWorld(t);
  const next = w.service.ring.all().find(({ purpose, state }) => purpose === 'issuer' && state === 'next')!;
  const [here] = await give(w, 1);
  const [there] = await give(w, 1, next.id);
  assert.notEqual(here!.list, there!.list);
  const owner = async (list: string) => (await w.service.stores.statuses.list(list))?.issuerKey;
  assert.deepEqual([await owner(here!.list), await owner(there!.list)], [signingKey(w), next.id]);
});

test('places of a request that comes to nothing are free again', async (t) => {
  const w = await serviceWorld(t);
  const needs = { random: w.world.random, mint: w.service.mint };
  const failing = w.service.transact(async ({ statuses }) => {
    await allocate({ ...needs, statuses }, signingKey(w), 3, CONTENT);
    throw new Error('after all');
  });
  await assert.rejects(failing, /after all/);
  assert.deepEqual(await w.db('status_entries'), []);
});

/** Takes places of a list until so many are in use, as years of issuing would. No statement is so long that it is ended. */
async function fill(w: ServiceWorld, list: string, used: number): Promise<void> {
  for (let from = 0; from < used; from += 10_000) {
    await w.db.raw(
      `with recursive places(i) as (select cast(? as integer) union all select i + 1 from places where i + 1 < ?)
       insert into status_entries (list_id, idx, status, credential, expires_at)
       select ?, i, 0, 'age', 0 from places where true on conflict do nothing`,
      [from, Math.min(used, from + 10_000), list],
    );
  }
  await w.db('status_lists').where({ id: list }).update({ used });
}
