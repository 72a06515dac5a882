/** A person as an officer is writing one down. Pure. */

import type { createPerson } from '../../../people/endpoints.ts';
import type { Sent } from '../../api/contract-types.ts';
import { said } from '../said.ts';
import type { Wrong } from '../trouble.ts';

export interface StatusDraft {
  /** Tells rows apart while some are taken away. */
  readonly row: number;
  readonly type: string;
  readonly until: string;
}

export interface PersonDraft {
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string;
  readonly statuses: readonly StatusDraft[];
  /** A data URL. */
  readonly portrait: string | null;
}

/** What a part of the form is given. */
export interface DraftProps {
  readonly draft: PersonDraft;
  readonly wrong: Wrong;
  readonly onChange: (changed: Partial<PersonDraft>) => void;
}

export const EMPTY: PersonDraft = {
  familyName: '',
  givenName: '',
  birthDate: '',
  statuses: [],
  portrait: null,
};

export type PersonBody = Sent<typeof createPerson>['body'];

/** What is sent for a draft, its statuses in the order of their rows. */
export function bodyOf({ familyName, givenName, birthDate, statuses, portrait }: PersonDraft): PersonBody {
  return {
    family_name: familyName.trim(),
    given_name: givenName.trim(),
    birth_date: birthDate,
    statuses: statuses.map(({ type, until }) => ({ type, until })),
    ...(portrait !== null && { portrait }),
  };
}

/** What can be told to be wrong before anything is sent, by the pointers that the service would name. */
export function wrongBefore(draft: PersonDraft): Wrong {
  const { family_name, given_name, birth_date, statuses = [] } = bodyOf(draft);
  const missing = said('admin.wrong.missing');
  return {
    ...(given_name === '' && { '/given_name': missing }),
    ...(family_name === '' && { '/family_name': missing }),
    ...(!isDay(birth_date) && { '/birth_date': said('admin.wrong.no_such_day') }),
    ...Object.fromEntries(
      statuses.flatMap(({ until }, index) =>
        isDay(until) ? [] : [[`/statuses/${index}/until`, said('admin.wrong.no_such_day')]],
      ),
    ),
  };
}

/** The statuses that can still be added: each at most once. */
export function statusesLeft(known: readonly string[], { statuses }: PersonDraft): readonly string[] {
  return known.filter((type) => !statuses.some((one) => one.type === type));
}

/** The draft with one status more, whose last day is still to be filled in. */
export function withStatus(draft: PersonDraft, type: string): PersonDraft {
  const row = 1 + Math.max(0, ...draft.statuses.map((one) => one.row));
  return { ...draft, statuses: [...draft.statuses, { row, type, until: '' }] };
}

/** The browser's own field for dates gives a day that exists, or nothing. */
function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}
