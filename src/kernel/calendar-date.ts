import { Temporal } from 'temporal-polyfill';

/** A day of the ISO calendar as `YYYY-MM-DD`: no time, no zone. Days compare as their texts do. */
export type CalendarDate = string & { readonly of: 'calendar-date' };

/** When a person born on 29 February ages in a common year. The jurisdiction decides. */
export type LeapBirthday = '02-28' | '03-01';

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** The text as a day that exists, or null. */
export function readCalendarDate(text: string): CalendarDate | null {
  if (!SHAPE.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as CalendarDate;
  } catch {
    return null;
  }
}

/** The day that it is in a time zone (IANA name) at an instant. */
export function dateIn(timeZone: string, instant: Date): CalendarDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString() as CalendarDate;
}

/** Whether the time zone's name is one that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** The day that many days later; earlier where negative. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return Temporal.PlainDate.from(date).add({ days }).toString() as CalendarDate;
}

/** The first instant of the day in UTC. */
export function midnightUtc(date: CalendarDate): Date {
  return new Date(`${date}T00:00:00Z`);
}

/**
 * Whether somebody born on `birth` is at least `years` old on `today`. One is a year older from the first moment of
 * one's birthday; the moment of birth plays no part.
 */
export function hasReached(
  birth: CalendarDate,
  years: number,
  today: CalendarDate,
  leap: LeapBirthday,
): boolean {
  return today >= birthdayAt(birth, years, leap);
}

/** The day on which somebody born on `birth` becomes `years` old. */
export function birthdayAt(birth: CalendarDate, years: number, leap: LeapBirthday): CalendarDate {
  const year = Number(birth.slice(0, 4)) + years;
  const day = birth.slice(5) === '02-29' && !isLeap(year) ? leap : birth.slice(5);
  return `${String(year).padStart(4, '0')}-${day}` as CalendarDate;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
