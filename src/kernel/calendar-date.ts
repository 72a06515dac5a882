import { Temporal } from 'temporal-polyfill';

/** A day of the ISO calendar as `YYYY-MM-DD`: no time, no zone. Days compare as their texts do. */
export type CalendarDate = string & { readonly of: 'calendar-date' };

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
