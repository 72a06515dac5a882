import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { birthdayAt, hasReached, type LeapBirthday } from '../../src/kernel/birthday.ts';
import {
  addDays,
  type CalendarDate,
  dateIn,
  isTimeZone,
  midnightUtc,
  readCalendarDate,
} from '../../src/kernel/calendar-date.ts';

const DAY = 86_400_000;
const instants = fc.date({
  min: new Date('1900-01-01T00:00:00Z'),
  max: new Date('2099-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const days = instants.map((at) => at.toISOString().slice(0, 10) as CalendarDate);
const years = fc.integer({ min: 0, max: 120 });
const leaps = fc.constantFrom<LeapBirthday>('02-28', '03-01');

function day(text: string): CalendarDate {
  const read = readCalendarDate(text);
  assert.ok(read !== null, text);
  return read;
}

/** The first day on which somebody has reached an age, found by trying the days around it. */
function firstDay(birth: string, age: number, leap: LeapBirthday): string | undefined {
  const start = Date.parse(`${Number(birth.slice(0, 4)) + age}-02-25T00:00:00Z`);
  const around = Array.from({ length: 10 }, (_, i) => new Date(start + i * DAY).toISOString().slice(0, 10));
  return around.find((today) => hasReached(day(birth), age, day(today), leap));
}

test('days that exist are read', () => {
  for (const text of ['2026-11-22', '2024-02-29', '2000-02-29', '1900-02-28', '0001-01-01', '9999-12-31']) {
    assert.equal(readCalendarDate(text), text);
  }
});

test('days that do not exist, and days in another shape, are refused', () => {
  for (const text of [
    '2026-02-29',
    '1900-02-29',
    '2100-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-01',
    '2026-01-00',
    '2026-01-32',
    '26-11-22',
    '2026-1-2',
    '20261122',
    '2026/11/22',
    '2026-11-22T00:00',
    '2026-11-22[u-ca=hebrew]',
    '2026-11-22\n',
    ' 2026-11-22',
    '+002026-11-22',
    '-000001-01-01',
    '٢٠٢٦-11-22',
    '',
  ]) {
    assert.equal(readCalendarDate(text), null, JSON.stringify(text));
  }
});

test('one is a year older on the birthday and not on the day before', () => {
  const birth = day('2008-11-22');
  for (const leap of ['02-28', '03-01'] as const) {
    assert.equal(hasReached(birth, 18, day('2026-11-21'), leap), false);
    assert.equal(hasReached(birth, 18, day('2026-11-22'), leap), true);
  }
});

test('who is born on 29 February ages on the day that the jurisdiction says, in common years', () => {
  for (const [age, year] of [
    [18, '2026'],
    [92, '2100'],
    [1, '2009'],
  ] as const) {
    assert.equal(firstDay('2008-02-29', age, '03-01'), `${year}-03-01`);
    assert.equal(firstDay('2008-02-29', age, '02-28'), `${year}-02-28`);
  }
});

test('and on 29 February itself in leap years, whatever the jurisdiction says', () => {
  for (const leap of ['02-28', '03-01'] as const) {
    assert.equal(firstDay('2008-02-29', 20, leap), '2028-02-29');
    assert.equal(firstDay('1980-02-29', 20, leap), '2000-02-29');
  }
});

test('1900 is a common year', () => {
  assert.equal(firstDay('1880-02-29', 20, '03-01'), '1900-03-01');
  assert.equal(firstDay('1880-02-29', 20, '02-28'), '1900-02-28');
});

test('neighbours of 29 February have their birthday on their own day in every year', () => {
  for (const leap of ['02-28', '03-01'] as const) {
    assert.equal(firstDay('2008-02-28', 18, leap), '2026-02-28');
    assert.equal(firstDay('2008-03-01', 18, leap), '2026-03-01');
    assert.equal(firstDay('2008-03-01', 20, leap), '2028-03-01');
  }
});

test('a birthday is a day that exists, and the first on which the age is reached', () => {
  fc.assert(
    fc.property(days, years, leaps, (birth, age, leap) => {
      const birthday = birthdayAt(birth, age, leap);
      assert.equal(readCalendarDate(birthday), birthday);
      assert.equal(hasReached(birth, age, birthday, leap), true);
      assert.equal(hasReached(birth, age, addDays(birthday, -1), leap), false);
    }),
  );
});

test('who has reached an age has reached it on every later day, and every lower age', () => {
  fc.assert(
    fc.property(days, years, years, days, days, leaps, (birth, a, b, one, other, leap) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      const [sooner, later] = [one, other].sort() as [CalendarDate, CalendarDate];
      if (hasReached(birth, more, sooner, leap)) {
        assert.equal(hasReached(birth, more, later, leap), true);
        assert.equal(hasReached(birth, less, sooner, leap), true);
      }
    }),
  );
});

test('who was born later has not reached an age sooner', () => {
  fc.assert(
    fc.property(days, days, years, days, leaps, (one, other, age, today, leap) => {
      const [elder, younger] = [one, other].sort() as [CalendarDate, CalendarDate];
      if (hasReached(younger, age, today, leap)) assert.equal(hasReached(elder, age, today, leap), true);
    }),
  );
});

test('the day is that of the time zone: it turns at midnight there', () => {
  for (const [zone, instant, expected] of [
    ['UTC', '2026-11-22T23:59:59.999Z', '2026-11-22'],
    ['UTC', '2026-11-23T00:00:00.000Z', '2026-11-23'],
    ['Pacific/Kiritimati', '2026-11-22T09:59:59.999Z', '2026-11-22'],
    ['Pacific/Kiritimati', '2026-11-22T10:00:00.000Z', '2026-11-23'],
    ['Pacific/Pago_Pago', '2026-11-22T10:59:59.999Z', '2026-11-21'],
    ['Pacific/Pago_Pago', '2026-11-22T11:00:00.000Z', '2026-11-22'],
    ['Asia/Kathmandu', '2026-11-22T18:14:59.999Z', '2026-11-22'],
    ['Asia/Kathmandu', '2026-11-22T18:15:00.000Z', '2026-11-23'],
  ] as const) {
    assert.equal(dateIn(zone, new Date(instant)), expected, `${zone} ${instant}`);
  }
});

test('midnight moves with summer time', () => {
  for (const [instant, expected] of [
    ['2026-03-28T23:59:59.999Z', '2026-03-28'],
    ['2026-03-29T00:00:00.000Z', '2026-03-29'],
    ['2026-03-29T22:59:59.999Z', '2026-03-29'],
    ['2026-03-29T23:00:00.000Z', '2026-03-30'],
    ['2026-10-24T23:00:00.000Z', '2026-10-25'],
    ['2026-10-25T23:59:59.999Z', '2026-10-25'],
    ['2026-10-26T00:00:00.000Z', '2026-10-26'],
  ] as const) {
    assert.equal(dateIn('Europe/London', new Date(instant)), expected, instant);
  }
});

test('a midnight that the clocks leap over, and a day that a country left out, are no trouble', () => {
  assert.equal(dateIn('America/Sao_Paulo', new Date('2018-11-04T02:59:59Z')), '2018-11-03');
  assert.equal(dateIn('America/Sao_Paulo', new Date('2018-11-04T03:00:00Z')), '2018-11-04');
  assert.equal(dateIn('Pacific/Apia', new Date('2011-12-30T09:59:59Z')), '2011-12-29');
  assert.equal(dateIn('Pacific/Apia', new Date('2011-12-30T10:00:00Z')), '2011-12-31');
});

test("the day is the one that the machine's own calendar shows", () => {
  const zones = fc.constantFrom('Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo');
  const recent = fc.date({ min: new Date(0), max: new Date('2037-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(zones, recent, (timeZone, at) => {
      const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
      const shown = new Intl.DateTimeFormat('en-CA', { timeZone, ...parts }).format(at);
      assert.equal(dateIn(timeZone, at), shown);
    }),
  );
});

test('days are counted over the ends of months and years', () => {
  assert.equal(addDays(day('2026-12-31'), 1), '2027-01-01');
  assert.equal(addDays(day('2024-02-28'), 1), '2024-02-29');
  assert.equal(addDays(day('2026-03-01'), -1), '2026-02-28');
  assert.equal(addDays(day('2026-11-22'), 0), '2026-11-22');
});

test('a day begins at midnight in UTC', () => {
  assert.equal(midnightUtc(day('2026-11-22')).toISOString(), '2026-11-22T00:00:00.000Z');
  fc.assert(fc.property(days, (some) => assert.equal(dateIn('UTC', midnightUtc(some)), some)));
});

test('time zones are known by their names', () => {
  for (const zone of ['UTC', 'Europe/London', 'Asia/Kathmandu']) assert.equal(isTimeZone(zone), true, zone);
  for (const zone of ['', 'London', 'Europe/Nowhere', 'Mars/Olympus']) assert.equal(isTimeZone(zone), false);
});
