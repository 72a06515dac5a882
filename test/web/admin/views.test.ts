import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EVERYTHING, exportHref, queryOf, startOfDay } from '../../../src/web/admin/log/log-filter.ts';
import { barsOf, hoursOf } from '../../../src/web/admin/overview/counts-view.ts';
import { agesOf } from '../../../src/web/admin/people/ages-view.ts';
import { FIRST_CROP, shownPart } from '../../../src/web/admin/people/crop.ts';
import { sameWords } from '../../../src/web/admin/same-words.ts';

const HOUR = 3_600_000;

describe('the ages of somebody', () => {
  const rule = { ages: [18, 21], today: '2026-11-24', leap_birthday: '03-01' as const };
  const reached = (birth: string) => agesOf(birth, rule)?.map((age) => age.reached);

  test('are reached on the birthday by the day of the service', () => {
    assert.deepEqual(reached('2008-11-24'), [true, false]);
    assert.deepEqual(reached('2008-11-25'), [false, false]);
  });

  test('are reached on 1 March or 28 February where the service says so', () => {
    const leap = (leap_birthday: '02-28' | '03-01') =>
      agesOf('2008-02-29', { ages: [18], today: '2026-02-28', leap_birthday })?.[0]?.reached;
    assert.deepEqual([leap('02-28'), leap('03-01')], [true, false]);
  });

  for (const birth of ['', '1992', '2026-11-25', 'soon'])
    test(`are none where the birth date is "${birth}"`, () => assert.equal(agesOf(birth, rule), null));
});

describe('the part of a picture that becomes a portrait', () => {
  const shape = 0.75;

  test('is as large as the frame takes, and never leaves the picture', () => {
    assert.deepEqual(shownPart({ width: 300, height: 400 }, shape, FIRST_CROP), {
      left: 0,
      top: 0,
      width: 300,
      height: 400,
    });
    for (const crop of [
      { zoom: 1, x: -5, y: 9 },
      { zoom: 3, x: 1, y: 1 },
      { zoom: 0.1, x: 0, y: 0 },
    ]) {
      const { left, top, width, height } = shownPart({ width: 1000, height: 500 }, shape, crop);
      assert.ok(left >= 0 && top >= 0 && left + width <= 1000 && top + height <= 500, JSON.stringify(crop));
      assert.ok(Math.abs(width / height - shape) < 1e-9);
    }
  });

  test('is smaller the larger the face is wanted', () => {
    const { width } = shownPart({ width: 600, height: 800 }, shape, { zoom: 2, x: 0.5, y: 0.5 });
    assert.equal(width, 300);
  });
});

test('a name is the same however it is spaced and cased, and no other name is', () => {
  assert.ok(sameWords('  ada   LOVELACE', 'Ada Lovelace'));
  for (const other of ['Ada', 'Ada Lovelac', '', 'Lovelace Ada'])
    assert.ok(!sameWords(other, 'Ada Lovelace'));
});

describe('the filter of the log', () => {
  test('asks for what was filled in and for nothing else, the last day included', () => {
    const start = (day: string, later: number) => `${day}+${later}`;
    assert.deepEqual(queryOf(EVERYTHING, start), {});
    const filter = {
      ...EVERYTHING,
      kind: 'officer' as const,
      actor: ' ofc_1 ',
      from: '2026-11-01',
      to: '2026-11-02',
    };
    const query = queryOf(filter, start);
    assert.deepEqual(query, { kind: 'officer', actor: 'ofc_1', from: '2026-11-01+0', to: '2026-11-02+1' });
    assert.equal(exportHref({}, 'csv'), '/v1/audit-events/csv');
    assert.equal(exportHref({ kind: 'officer' }, 'jsonl'), '/v1/audit-events/jsonl?kind=officer');
  });

  test('begins a day at its midnight here', () => {
    const [begin, next] = [startOfDay('2026-11-24', 0), startOfDay('2026-11-24', 1)];
    assert.equal(new Date(begin).getHours(), 0);
    assert.equal(Date.parse(next) - Date.parse(begin), 24 * HOUR);
  });
});

describe('counts', () => {
  const from = '2026-11-24T08:00:00.000Z';
  const to = '2026-11-24T11:00:00.000Z';

  test('have every hour of the span: nothing where nobody asked, and a gap where the count is hidden', () => {
    const data = [
      { hour: '2026-11-24T08:00:00.000Z', count: 12, hidden: false },
      { hour: '2026-11-24T10:00:00.000Z', count: null, hidden: true },
    ];
    const { at, counts } = hoursOf({ from, to, data });
    assert.deepEqual(counts, [12, 0, null]);
    assert.equal(at[0], Date.parse(from) / 1000);
  });

  test('of a dimension stand the largest first, and hidden ones last', () => {
    const data = [
      { policy: 'alcohol', count: null, hidden: true },
      { policy: null, count: 5, hidden: false },
      { policy: 'tobacco', count: 20, hidden: false },
    ];
    assert.deepEqual(barsOf({ data }, 'policy'), [
      { name: 'tobacco', count: 20, share: 1 },
      { name: null, count: 5, share: 0.25 },
      { name: 'alcohol', count: null, share: 0 },
    ]);
  });
});
