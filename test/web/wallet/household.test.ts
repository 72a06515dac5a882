import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { allSeen, readBook, sharedBook, writeBook } from '../../../src/web/wallet/passes/book.ts';
import { drawnFor } from '../../../src/web/wallet/passes/draws.ts';
import { FIRST, markShown, newHolderId, readRoster, strike } from '../../../src/web/wallet/roster.ts';
import { memoryShelf } from './support/memory-shelf.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));
const key = (hash: string, more: object = {}) => ({
  claim: 'age_over_18',
  notBefore: 1_000,
  expiresAt: 3_000,
  hash,
  withdrawn: false,
  ...more,
});

describe('the roster of a phone', () => {
  test('begins with the one shelf that a phone in use has', async () => {
    assert.deepEqual(await readRoster(memoryShelf()), { holders: [FIRST], last: FIRST });
  });

  test('keeps who came in order, and who was shown last', async () => {
    const shelf = memoryShelf();
    const [ben, cleo] = [newHolderId(random), newHolderId(random)];
    for (const holder of [FIRST, ben, cleo, ben]) await markShown(shelf, holder);
    assert.deepEqual(await readRoster(shelf), { holders: [FIRST, ben, cleo], last: ben });
  });

  test('names each shelf by chance, so that it says nothing of whose it is', () => {
    assert.notEqual(newHolderId(random), newHolderId(random));
    assert.match(newHolderId(random), /^counterproof-wallet\.[\w-]{12}$/);
  });

  test('turns to whoever is left when somebody goes, and to nobody’s place after the last', async () => {
    const shelf = memoryShelf();
    const ben = newHolderId(random);
    await markShown(shelf, ben);
    assert.deepEqual(await strike(shelf, FIRST), { holders: [ben], last: ben });
    assert.deepEqual(await strike(shelf, ben), { holders: [], last: FIRST });
  });
});

describe('somebody who comes to a phone', () => {
  test('begins with every pass key that it has seen, and its clock, and draws times of their own', async () => {
    const [parent, child] = [memoryShelf(), memoryShelf()];
    const seen = [key('a'), key('b', { notBefore: 2_000, expiresAt: 4_000 })];
    const draws = drawnFor(seen, [], random);
    await writeBook(parent, () => ({ seen, draws, clockOffset: 7_000, perWindow: 8 }));
    const book = await readBook(parent);
    await writeBook(child, () => sharedBook([book]));
    const begun = await readBook(child);
    assert.deepEqual(begun, { ...book, draws: [] });
    assert.notDeepEqual(drawnFor(begun.seen, begun.draws, random), draws);
  });

  test('knows what any of those on it has seen, a withdrawal before none, and two keys in one place as two', async () => {
    const book = await readBook(memoryShelf());
    const books = [
      { ...book, seen: [key('a'), key('b', { claim: 'status_student' })] },
      { ...book, seen: [key('a', { withdrawn: true }), key('c')] },
    ];
    assert.deepEqual(allSeen(books), [
      key('a', { withdrawn: true }),
      key('b', { claim: 'status_student' }),
      key('c'),
    ]);
  });
});
