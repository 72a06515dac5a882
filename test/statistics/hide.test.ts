import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Group, hiddenGroups } from '../../src/statistics/hide.ts';

const K = 5;

const byOutcome = (...counts: readonly number[]): readonly Group[] =>
  counts.map((count, place) => ({ of: { reason: `reason ${place}` }, count }));

const hidden = (groups: readonly Group[], minimum = K) =>
  [...hiddenGroups(groups, minimum)].sort((a, b) => a - b);

test('where no group is small, nothing is hidden', () => {
  assert.deepEqual(hidden(byOutcome(5, 7, 100)), []);
  assert.deepEqual(hidden([]), []);
});

test('a small group takes the smallest other with it, so that the total does not tell it', () => {
  assert.deepEqual(hidden(byOutcome(3, 100, 9)), [0, 2]);
});

test('several small groups that could be worked out from their sum take another with them', () => {
  assert.deepEqual(hidden(byOutcome(1, 1, 30, 40)), [0, 1, 2]);
});

test('small groups that are many hide each other', () => {
  assert.deepEqual(hidden(byOutcome(4, 4, 4, 30)), [0, 1, 2]);
});

test('a group that is alone in its total is hidden by itself', () => {
  assert.deepEqual(hidden([{ of: {}, count: 4 }]), [0]);
  assert.deepEqual(hidden([{ of: {}, count: 5 }]), []);
});

test('with a minimum of 1 everything is told', () => {
  assert.deepEqual(hidden(byOutcome(1, 2, 3), 1), []);
});

test('totals over each dimension are protected too', () => {
  const cell = (retailer: string, outcome: string, count: number): Group => ({
    of: { retailer, outcome },
    count,
  });
  const groups = [
    cell('a', 'approved', 90),
    cell('a', 'refused', 2),
    cell('b', 'approved', 80),
    cell('b', 'refused', 30),
  ];
  const places = hidden(groups);
  assert.ok(places.includes(1), 'the small one');
  assert.ok(places.includes(0), 'its neighbour in the retailer');
  assert.ok(places.includes(3), 'its neighbour in the outcome');
});

test('whatever the counts, no total with something told has one hidden member, or too little hidden', () => {
  const groups = fc.uniqueArray(
    fc.record({
      retailer: fc.constantFrom('a', 'b', 'c'),
      outcome: fc.constantFrom('approved', 'refused'),
      count: fc.integer({ min: 1, max: 30 }),
    }),
    { selector: ({ retailer, outcome }) => `${retailer} ${outcome}`, minLength: 1 },
  );
  fc.assert(
    fc.property(groups, (rows) => {
      const all: readonly Group[] = rows.map(({ count, ...of }) => ({ of, count }));
      const secret = hiddenGroups(all, K);
      for (const [place, { count }] of all.entries()) if (count < K) assert.ok(secret.has(place));
      for (const name of ['retailer', 'outcome', null]) {
        const keys = new Set(all.map(({ of }) => (name === null ? '' : of[name])));
        for (const key of keys) {
          const members = [...all.keys()].filter((place) => name === null || all[place]?.of[name] === key);
          const gone = members.filter((place) => secret.has(place));
          const sum = gone.reduce((total, place) => total + (all[place]?.count ?? 0), 0);
          if (gone.length === 0 || gone.length === members.length) continue;
          assert.ok(gone.length >= 2 && sum >= 2 * K - 1);
        }
      }
    }),
  );
});
