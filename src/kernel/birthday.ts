import type { CalendarDate } from './calendar-date.ts';

/** When a person born on 29 February ages in a common year. The jurisdiction decides. */
export type LeapBirthday = '02-28' | '03-01';

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
