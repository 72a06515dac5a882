import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileStore } from '../../src/sdk/file-store.ts';
import { memoryStore } from '../../src/sdk/memory-store.ts';
import { type Kept, MOST_REFUSALS, NOTHING_KEPT, type Outcome, type Store } from '../../src/sdk/store.ts';
import { createVerifier } from '../../src/sdk/verifier.ts';
import { ALCOHOL, authority, bundleOf, offlineTill } from './support/till.ts';

let folder: string;
let count = 0;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'counterproof-store-'));
});
after(() => rm(folder, { recursive: true }));
const freshPath = () => join(folder, `till-${++count}.journal`);

const outcome = (id: string, more: Partial<Outcome> = {}): Outcome => ({
  id,
  bundle_version: 1,
  key_id: '00000000',
  device_key_hash: id.padEnd(64, '0'),
  checked_at: '2026-11-22T10:00:00.000Z',
  outcome: 'approved',
  reason: null,
  ...more,
});
const refused = (id: string) => outcome(id, { outcome: 'refused', reason: 'expired' });
const KEPT: Kept = { ...NOTHING_KEPT, root: 'a root' };

/** All that a store holds, by its own answers. */
const holds = async (store: Store, marks: readonly string[]) => ({
  kept: await store.kept(),
  spent: await Promise.all(marks.map((mark) => store.isSpent(mark))),
  waiting: (await store.waiting(5_000)).map(({ id }) => id),
});

const kinds: [string, () => Promise<Store>][] = [
  ['memory', async () => memoryStore()],
  ['a file', () => fileStore(freshPath())],
];
for (const [name, make] of kinds) {
  describe(`a store in ${name}`, () => {
    test('begins with nothing', async () => {
      assert.deepEqual(await holds(await make(), ['m']), { kept: null, spent: [false], waiting: [] });
    });

    test('keeps what it is told to, unless it is told nothing', async () => {
      const store = await make();
      await store.keep(() => KEPT);
      await store.keep((before) => {
        assert.deepEqual(before, KEPT);
        return null;
      });
      assert.deepEqual(await store.kept(), KEPT);
    });

    test('spends a mark for one of many callers at once, and keeps the outcome of that one alone', async () => {
      const store = await make();
      const won = await Promise.all(
        Array.from({ length: 20 }, (_, at) => store.spend({ mark: 'm', until: 5 }, outcome(`o${at}`))),
      );
      assert.equal(won.filter(Boolean).length, 1);
      assert.deepEqual(
        (await store.waiting(100)).map(({ id }) => id),
        [`o${won.indexOf(true)}`],
      );
    });

    test('lets outcomes wait in their order until they are reported', async () => {
      const store = await make();
      for (const id of ['a', 'b', 'c']) await store.add(refused(id));
      assert.deepEqual(
        (await store.waiting(2)).map(({ id }) => id),
        ['a', 'b'],
      );
      await store.reported(['a', 'c', 'never']);
      assert.deepEqual(
        (await store.waiting(9)).map(({ id }) => id),
        ['b'],
      );
    });

    test('forgets marks whose time was over before an instant, and no others', async () => {
      const store = await make();
      await store.spend({ mark: 'early', until: 5 }, outcome('a'));
      await store.spend({ mark: 'late', until: 6 }, outcome('b'));
      await store.forget(6);
      assert.deepEqual(await holds(store, ['early', 'late']), {
        kept: null,
        spent: [false, true],
        waiting: ['a', 'b'],
      });
    });

    test('has room for so many refusals and for every approval', async () => {
      const store = await make();
      const many = Array.from({ length: MOST_REFUSALS + 5 }, (_, at) => store.add(refused(`r${at}`)));
      await Promise.all(many);
      await store.spend({ mark: 'm', until: 5 }, outcome('sold'));
      const waiting = await store.waiting(5_000);
      assert.deepEqual([waiting.length, waiting.at(-1)?.id], [MOST_REFUSALS + 1, 'sold']);
      await store.reported(['r0']);
      await store.add(refused('late'));
      assert.equal((await store.waiting(5_000)).at(-1)?.id, 'late');
    });
  });
}

/** What a till does in a day, a call after another, and what is held after each. */
const calls: ((store: Store) => Promise<unknown>)[] = [
  (store) => store.keep(() => KEPT),
  (store) => store.spend({ mark: 'one', until: 5 }, outcome('a')),
  (store) => store.add(refused('b')),
  (store) => store.spend({ mark: 'two', until: 9 }, outcome('c')),
  (store) => store.reported(['a', 'b']),
  (store) => store.keep((before) => before && { ...before, version: 7 }),
  (store) => store.forget(6),
];
const MARKS = ['one', 'two'];

test('a file that is cut off at any byte holds what was answered before, and goes on from there', async () => {
  const path = freshPath();
  const store = await fileStore(path);
  const after = [{ length: 0, held: await holds(store, MARKS) }];
  for (const call of calls) {
    await call(store);
    after.push({ length: (await stat(path)).size, held: await holds(store, MARKS) });
  }
  await store.close();
  const whole = await readFile(path);
  for (let length = 0; length <= whole.length; length++) {
    await writeFile(path, whole.subarray(0, length));
    const cut = await fileStore(path);
    const expected = after.filter((one) => one.length <= length).at(-1)?.held;
    assert.deepEqual(await holds(cut, MARKS), expected, `cut at ${length}`);
    await cut.add(refused('next'));
    await cut.close();
    const again = await fileStore(path);
    assert.equal((await again.waiting(9)).at(-1)?.id, 'next');
    await again.close();
  }
});

test('a file that is damaged before its end is not opened', async () => {
  const path = freshPath();
  const store = await fileStore(path);
  for (const call of calls) await call(store);
  await store.close();
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace('{"is":"spent"', '{"is:"spent"'));
  await assert.rejects(fileStore(path), /:2 is damaged$/);
});

test('a file does not grow for ever, and loses nothing where it is written anew', async () => {
  const path = freshPath();
  const store = await fileStore(path);
  for (const call of calls) await call(store);
  const bundle = 'x'.repeat(200_000);
  for (let version = 0; version < 12; version++) await store.keep(() => ({ ...KEPT, version, bundle }));
  assert.ok((await stat(path)).size < 1_500_000);
  const held = await holds(store, MARKS);
  assert.equal(held.kept?.version, 11);
  await store.close();
  const again = await fileStore(path);
  assert.deepEqual(await holds(again, MARKS), held);
  await again.close();
});

test('what a crash left of a new file beside the old one does no harm', async () => {
  const path = freshPath();
  await writeFile(`${path}.new`, '{"is":"spe');
  const store = await fileStore(path);
  assert.deepEqual(await holds(store, MARKS), { kept: null, spent: [false, false], waiting: [] });
  await store.close();
});

test('a file is for the till alone to read', async () => {
  const path = freshPath();
  await (await fileStore(path)).close();
  assert.equal((await stat(path)).mode & 0o077, 0);
});

test('a till that is killed and started again knows what it approved', async () => {
  const path = freshPath();
  const first = await fileStore(path);
  const till = await offlineTill({ store: first, root: authority.root, trustBundle: await bundleOf() });
  const token = await till.code();
  await till.verifier.verify({ token, ask: ALCOHOL });
  // No close: a kill asks nobody.
  const verifier = await createVerifier({ store: await fileStore(path), now: till.now });
  const again = await verifier.verify({ token, ask: ALCOHOL });
  assert.equal(again.outcome === 'refused' && again.reason, 'already_used');
  await first.close();
});
