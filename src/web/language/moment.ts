import { locale } from './language.ts';

/** The time of day as people say it here: `14:03`. */
export function timeOfDay(at: Date): string {
  return new Intl.DateTimeFormat(locale(), { hour: 'numeric', minute: '2-digit' }).format(at);
}

/** The calendar date in full. */
export function dateInFull(at: Date): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long' }).format(at);
}
