import { type CalendarDate, dateIn } from '../kernel/calendar-date.ts';
import { wrongField } from '../kernel/fault.ts';
import type { Facts } from './person.ts';

/** What facts are held against. */
export interface FactsRule {
  readonly statuses: readonly string[];
  readonly timeZone: string;
}

const EARLIEST_BIRTH = '1880-01-01' as CalendarDate;

/** Refuses as `invalid_request` facts that cannot be, naming the field. */
export function checkFacts(facts: Facts, now: Date, rule: FactsRule): void {
  const today = dateIn(rule.timeZone, now);
  if (facts.birthDate > today) {
    throw wrongField('/birth_date', 'in_the_future', 'A birth date cannot lie in the future.');
  }
  if (facts.birthDate < EARLIEST_BIRTH) {
    throw wrongField('/birth_date', 'too_early', 'A birth date cannot lie before 1880.');
  }
  const types = new Set<string>();
  for (const [index, { type }] of facts.statuses.entries()) {
    const pointer = `/statuses/${index}/type`;
    if (!rule.statuses.includes(type))
      throw wrongField(pointer, 'unknown_status', 'There is no such status.');
    if (types.has(type)) throw wrongField(pointer, 'duplicate', 'This status is named twice.');
    types.add(type);
  }
}
