import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { beginTry, forgetTries, standing, standingOf } from '../../../src/web/wallet/tries.ts';
import { memoryShelf } from './support/memory-shelf.ts';

const START = Date.parse('2026-11-22T10:00:00Z');
const after = (seconds: number) => new Date(START + seconds * 1_000);
const lastAt = (count: number, seconds = 0) => ({ count, at: START + seconds * 1_000 });

describe('wrong PINs', () => {
  for (const [count, left] of [
    [0, 5],
    [1, 4],
    [4, 1],
  ] as const) {
    test(`after ${count} there are ${left} tries before a wait`, () =>
      assert.deepEqual(standingOf(lastAt(count), after(0)), { left, until: null }));
  }

  for (const [count, seconds] of [
    [5, 30],
    [6, 60],
    [7, 300],
    [8, 900],
    [9, 3_600],
    [100, 3_600],
  ] as const) {
    test(`after ${count} there is one try more, when ${seconds} seconds are over`, () => {
      const until = START + seconds * 1_000;
      assert.deepEqual(standingOf(lastAt(count), after(seconds - 1)), { left: 0, until });
      assert.deepEqual(standingOf(lastAt(count), after(seconds)), { left: 1, until: null });
    });
  }
});

describe('tries on a phone', () => {
  async function tried(count: number) {
    const shelf = memoryShelf();
    for (let one = 0; one < count; one++) assert.equal(await beginTry(shelf, after(0)), null);
    return shelf;
  }

  test('are counted before they are made, and outlive a reload', async () => {
    const shelf = await tried(5);
    const wait = { left: 0, until: START + 30_000 };
    assert.deepEqual(await beginTry(shelf, after(10)), wait);
    assert.deepEqual(await standing(shelf, after(10)), wait);
  });

  test('that had to wait do not make the wait longer', async () => {
    const shelf = await tried(5);
    for (const seconds of [1, 15, 29]) await beginTry(shelf, after(seconds));
    assert.equal(await beginTry(shelf, after(30)), null);
    assert.deepEqual(await standing(shelf, after(30)), { left: 0, until: START + 90_000 });
  });

  test('at once are counted one by one, so that two tabs have no more of them than one', async () => {
    const shelf = memoryShelf();
    const answers = await Promise.all(Array.from({ length: 9 }, () => beginTry(shelf, after(0))));
    assert.equal(answers.filter((answer) => answer === null).length, 5);
  });

  test('are forgotten once the right one was among them', async () => {
    const shelf = await tried(5);
    await forgetTries(shelf);
    assert.deepEqual(await standing(shelf, after(0)), { left: 5, until: null });
  });

  test('wait anew where the clock was set back, and for no longer than that', async () => {
    const shelf = await tried(5);
    const until = START - 86_400_000 + 30_000;
    assert.deepEqual(await standing(shelf, after(-86_400)), { left: 0, until });
    assert.deepEqual(await standing(shelf, after(-86_400 + 30)), { left: 1, until: null });
  });
});
