/** Days and moments as people read them. */

import { locale } from '../language/language.ts';

/** A day of the calendar, which is the same everywhere. */
export function dayText(date: string, dateStyle: 'long' | 'medium' = 'long'): string {
  const day = new Date(`${date}T00:00:00Z`);
  return new Intl.DateTimeFormat(locale(), { dateStyle, timeZone: 'UTC' }).format(day);
}

/** A moment, by the clock of whoever reads it. */
export function momentText(instant: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(instant),
  );
}
