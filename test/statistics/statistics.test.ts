import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REASONS } from '../../src/judgement/verdict.ts';
import type { Id } from '../../src/kernel/ids.ts';
import { type Countable, countsOf, type Dimension, HOUR } from '../../src/statistics/count.ts';
import { readStatistics, type StatisticsAsked } from '../../src/statistics/read-statistics.ts';
import { countStore } from '../../src/statistics/store.ts';
import { NOW, refusal, retailersWorld } from '../support/retailers-world.ts';

const SHOP = 'ret_0000000000000000000000000a' as Id<'retailer'>;
const OTHER = 'ret_0000000000000000000000000b' as Id<'retailer'>;

const asked: Countable = {
  retailer: SHOP,
  live: true,
  outcome: 'approved',
  reason: null,
  asked: { policies: ['alcohol'] },
  checkedAt: NOW,
};

const times = (count: number, change: Partial<Countable> = {}): readonly Countable[] =>
  Array.from({ length: count }, () => ({ ...asked, ...change }));

const everything: StatisticsAsked = { from: null, to: null, live: true, by: [] };

async function counted(t: Parameters<typeof retailersWorld>[0], ...sets: readonly (readonly Countable[])[]) {
  const { db } = await retailersWorld(t);
  const counts = countStore(db);
  for (const set of sets) await counts.add(countsOf(set));
  const needs = { counts, now: () => NOW, minimum: 5 };
  return {
    db,
    counts,
    read: (change: Partial<StatisticsAsked> = {}, minimum = 5) =>
      readStatistics({ ...needs, minimum }, { ...everything, ...change }),
  };
}

test('equal questions of a set are counted in one row, in an order that is always the same', () => {
  const other = { ...asked, retailer: OTHER };
  const counts = countsOf([asked, other, asked]);
  assert.deepEqual(
    counts.map(({ retailer, questions }) => [retailer, questions]),
    [
      [SHOP, 2],
      [OTHER, 1],
    ],
  );
  assert.deepEqual(countsOf([other, asked, asked]), counts);
});

test('a question by several policies is counted once, under all of them', () => {
  const basket = { ...asked, asked: { policies: ['tobacco', 'alcohol', 'tobacco'] } };
  assert.equal(countsOf([basket])[0]?.policy, 'alcohol+tobacco');
  assert.equal(countsOf([{ ...asked, asked: { policies: null } }])[0]?.policy, null);
});

test('a set of any size is added in one statement', async (t) => {
  const { db, counts } = await counted(t);
  let statements = 0;
  db.on('query', () => {
    statements += 1;
  });
  await counts.add(countsOf([...times(3), ...times(2, { retailer: OTHER }), ...times(4, { live: false })]));
  assert.equal(statements, 1);
  await counts.add([]);
  assert.equal(statements, 1);
});

test('what is counted later is added to what was counted before', async (t) => {
  const { read } = await counted(t, times(6), times(7));
  assert.deepEqual((await read()).total, 13);
});

for (const [by, expected] of [
  [['outcome'], [{ outcome: 'approved' }, { outcome: 'refused' }]],
  [['reason'], [{ reason: null }, { reason: 'expired' }]],
  [['policy'], [{ policy: null }, { policy: 'alcohol' }]],
  [['retailer'], [{ retailer: SHOP }, { retailer: OTHER }]],
  [['hour'], [{ hour: '2026-11-22T09:00:00.000Z' }, { hour: '2026-11-22T10:00:00.000Z' }]],
] as const) {
  test(`questions are counted by ${by.join()}`, async (t) => {
    const second: Countable = {
      retailer: OTHER,
      live: true,
      outcome: 'refused',
      reason: 'expired',
      asked: { policies: null },
      checkedAt: new Date(NOW.getTime() - 1),
    };
    const { read } = await counted(t, times(10), times(20, second));
    const { groups } = await read({ by });
    assert.deepEqual(
      groups.map(({ of }) => of),
      expected,
    );
    assert.deepEqual(groups.map(({ count }) => count).sort(), [10, 20]);
  });
}

test('dimensions go together', async (t) => {
  const { read } = await counted(t, times(6), times(8, { outcome: 'refused', reason: 'revoked' }));
  assert.deepEqual((await read({ by: ['hour', 'outcome', 'reason'] })).groups, [
    { of: { hour: '2026-11-22T10:00:00.000Z', outcome: 'approved', reason: null }, count: 6 },
    { of: { hour: '2026-11-22T10:00:00.000Z', outcome: 'refused', reason: 'revoked' }, count: 8 },
  ]);
});

test('live and test questions are counted apart', async (t) => {
  const { read } = await counted(t, times(6), times(8, { live: false }));
  assert.equal((await read()).total, 6);
  assert.equal((await read({ live: false })).total, 8);
});

test('the beginning belongs to the span, the end does not', async (t) => {
  const { read } = await counted(t, times(10), times(20, { checkedAt: new Date(NOW.getTime() + HOUR) }));
  assert.equal((await read({ from: NOW, to: new Date(NOW.getTime() + HOUR) })).total, 10);
  assert.equal((await read({ from: NOW, to: new Date(NOW.getTime() + 2 * HOUR) })).total, 30);
  assert.equal((await read({ from: new Date(NOW.getTime() - HOUR), to: NOW })).total, 0);
});

test('left out, the span is the day that ends with the present hour', async (t) => {
  const { read } = await counted(t);
  const { asked: span } = await read();
  assert.equal(span.to.toISOString(), '2026-11-22T11:00:00.000Z');
  assert.equal(span.from.toISOString(), '2026-11-21T11:00:00.000Z');
});

test('a small count is hidden, and so is what would tell it; the total is told', async (t) => {
  const { read } = await counted(
    t,
    times(100),
    times(2, { outcome: 'refused', reason: 'suspended' }),
    times(9, { outcome: 'refused', reason: 'expired' }),
  );
  const { total, groups } = await read({ by: ['reason'] });
  assert.equal(total, 111);
  assert.deepEqual(
    groups.map(({ of, count }) => [of.reason, count]),
    [
      [null, 100],
      ['expired', null],
      ['suspended', null],
    ],
  );
});

test('a total that is small is hidden; nothing at all is told', async (t) => {
  const { read } = await counted(t, times(4));
  assert.equal((await read()).total, null);
  assert.equal((await read({}, 4)).total, 4);
  assert.equal((await read({ live: false })).total, 0);
});

test('nobody can be counted by: the table has no room for a person, a terminal or a token', async (t) => {
  const { db } = await counted(t);
  const columns = Object.keys(await db('verification_counts').columnInfo());
  assert.deepEqual(columns.sort(), [
    'hour',
    'live',
    'outcome',
    'policy',
    'questions',
    'reason',
    'retailer_id',
  ]);
});

const at = (text: string) => new Date(text);
for (const [what, change, pointer, code] of [
  ['begins within an hour', { from: at('2026-11-22T09:30:00Z') }, '#query/from', 'not_whole_hour'],
  ['ends within an hour', { to: at('2026-11-22T09:00:00.001Z') }, '#query/to', 'not_whole_hour'],
  ['ends as it begins', { from: NOW, to: NOW }, '#query/to', 'not_after_from'],
  ['ends before it begins', { from: NOW, to: at('2026-11-22T09:00:00Z') }, '#query/to', 'not_after_from'],
  [
    'is longer than 31 days',
    { from: at('2026-10-01T00:00:00Z'), to: at('2026-11-01T01:00:00Z') },
    '#query/from',
    'too_long',
  ],
] as const) {
  test(`a span that ${what} is refused`, async (t) => {
    const { read } = await counted(t);
    if (code === 'not_whole_hour' && 'to' in change) {
      await assert.rejects(
        read({ ...change, from: at('2026-11-22T08:00:00Z') }),
        refusal('invalid_request', pointer, code),
      );
    } else await assert.rejects(read(change), refusal('invalid_request', pointer, code));
  });
}

test('31 days are not too long', async (t) => {
  const { read } = await counted(t);
  assert.equal((await read({ from: at('2026-10-01T00:00:00Z'), to: at('2026-11-01T00:00:00Z') })).total, 0);
});

test('an answer of more than 10,000 groups is refused', async (t) => {
  const { db, read } = await counted(t);
  const policies = Array.from({ length: 11 }, (_, i) => `p${i}`);
  const hours = Array.from({ length: 100 }, (_, i) => NOW.getTime() - i * HOUR);
  for (const policy of policies) {
    const rows = hours.flatMap((hour) =>
      REASONS.slice(0, 10).map((reason) => ({
        hour,
        retailer_id: SHOP,
        policy,
        outcome: 'refused',
        reason,
        live: 1,
        questions: 9,
      })),
    );
    await db.batchInsert('verification_counts', rows, 200);
  }
  const long = { from: at('2026-11-15T00:00:00Z') };
  const by: readonly Dimension[] = ['hour', 'policy', 'reason'];
  await assert.rejects(
    read({ ...long, by }),
    refusal('invalid_request', '#query/group_by', 'too_many_groups'),
  );
  assert.equal((await read({ ...long, by: ['hour', 'policy'] })).groups.length, 1_100);
});
