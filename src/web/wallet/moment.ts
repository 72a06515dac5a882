import { locale } from '../language/language.ts';

/** The calendar date in full, as people here write it. */
export function dateInFull(at: Date): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long' }).format(at);
}

/** Date and time of day. */
export function momentInFull(at: Date): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeStyle: 'short' }).format(at);
}
