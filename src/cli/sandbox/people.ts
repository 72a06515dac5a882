import { birthdayAt } from '../../kernel/birthday.ts';
import { addDays, type CalendarDate } from '../../kernel/calendar-date.ts';
import type { Facts } from '../../people/person.ts';

/** Somebody made up. Dates that depend on the day are worked out anew at each start. */
export interface MadeUpPerson {
  readonly key: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly nationality: string;
  readonly born: (today: CalendarDate) => CalendarDate;
  readonly statuses?: readonly string[];
}

const on = (date: string) => () => date as CalendarDate;

/** The day on which somebody was born who turns so many years old on that day. */
function turning(years: number, day: CalendarDate): CalendarDate {
  return birthdayAt(day, -years, '02-28');
}

/** Somebody who turned 34 on the first day of this year. */
const turned34 = (today: CalendarDate) => turning(34, `${today.slice(0, 4)}-01-01` as CalendarDate);

/** A dozen people, each of whom shows something: a birthday, a status, a script, a name that is hard. */
export const MADE_UP_PEOPLE: readonly MadeUpPerson[] = [
  { key: 'adult', givenName: 'Ada', familyName: 'Winter', nationality: 'GB', born: turned34 },
  {
    key: 'tomorrow',
    givenName: 'Tom',
    familyName: 'Morrow',
    nationality: 'GB',
    born: (today) => turning(18, addDays(today, 1)),
  },
  {
    key: 'today',
    givenName: 'Toby',
    familyName: 'Day',
    nationality: 'GB',
    born: (today) => turning(18, today),
  },
  { key: 'leap', givenName: 'Leah', familyName: 'Quarter', nationality: 'GB', born: on('2008-02-29') },
  {
    key: 'student',
    givenName: 'Stella',
    familyName: 'Dent',
    nationality: 'GB',
    born: on('2004-09-01'),
    statuses: ['student'],
  },
  {
    key: 'pensioner',
    givenName: 'Percival',
    familyName: 'Sion',
    nationality: 'GB',
    born: on('1951-06-30'),
    statuses: ['pensioner'],
  },
  {
    key: 'child',
    givenName: 'Millie',
    familyName: 'Young',
    nationality: 'GB',
    born: (today) => turning(11, today),
  },
  {
    key: 'family',
    givenName: 'Zoë',
    familyName: "O'Connor-Brâncuși",
    nationality: 'IE',
    born: on('1985-12-31'),
    statuses: ['large_family'],
  },
  { key: 'cyrillic', givenName: 'Анна', familyName: 'Воронина', nationality: 'KZ', born: on('1999-01-01') },
  { key: 'arabic', givenName: 'ليلى', familyName: 'الخطيب', nationality: 'JO', born: on('1988-07-19') },
  {
    key: 'han',
    givenName: '小明',
    familyName: '王',
    nationality: 'SG',
    born: on('1979-11-05'),
    statuses: ['veteran'],
  },
  {
    key: 'greek',
    givenName: 'Ελένη',
    familyName: 'Παππά',
    nationality: 'GR',
    born: on('2000-05-21'),
    statuses: ['student', 'disability'],
  },
];

const STATUS_YEARS = 2;

/** What the service is told of somebody made up. */
export function factsOf(person: MadeUpPerson, today: CalendarDate): Facts {
  const until = birthdayAt(today, STATUS_YEARS, '02-28');
  return {
    familyName: person.familyName,
    givenName: person.givenName,
    birthDate: person.born(today),
    nationality: person.nationality,
    documentNumber: `SANDBOX-${person.key.toUpperCase()}`,
    statuses: (person.statuses ?? []).map((type) => ({ type, until })),
    externalId: `sandbox-${person.key}`,
    stateReason: null,
  };
}
