import { hasReached, type LeapBirthday } from '../kernel/birthday.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';

/** What decides about ages: the ages attested, and when a person born on 29 February ages. */
export interface AgeRule {
  readonly ages: readonly number[];
  readonly leap: LeapBirthday;
}

/** For each age attested, named by its number, whether somebody born then has reached it on that day. */
export function ageClaims(birth: CalendarDate, today: CalendarDate, rule: AgeRule): Record<string, boolean> {
  return Object.fromEntries(rule.ages.map((age) => [String(age), hasReached(birth, age, today, rule.leap)]));
}
