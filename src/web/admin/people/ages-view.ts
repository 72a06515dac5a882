/** Which ages somebody has reached, as credentials would attest them today. Pure. */

import { ageClaims } from '../../../judgement/age-claims.ts';
import type { CalendarDate } from '../../../kernel/calendar-date.ts';
import type { Vocabulary } from '../vocabulary.ts';

export interface AgeView {
  readonly years: number;
  readonly reached: boolean;
}

/** The ages in their order; null while there is no birth date, or it lies in the future. */
export function agesOf(
  birthDate: string,
  { ages, today, leap_birthday: leap }: Pick<Vocabulary, 'ages' | 'today' | 'leap_birthday'>,
): readonly AgeView[] | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate) || birthDate > today) return null;
  const claims = ageClaims(birthDate as CalendarDate, today as CalendarDate, { ages, leap });
  return ages.map((years) => ({ years, reached: claims[String(years)] === true }));
}
