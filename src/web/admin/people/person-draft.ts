/** A person as an officer is writing one down. Pure. */

import type { createPerson } from '../../../people/endpoints.ts';
import type { Sent } from '../../api/contract-types.ts';
import { said } from '../said.ts';
import type { Wrong } from '../trouble.ts';
import type { Person } from './person.ts';

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
  /** ISO 3166-1 alpha-2, or nothing. */
  readonly nationality: string;
  readonly documentNumber: string;
  /** The officer's own number. */
  readonly externalId: string;
  /** A data URL of a new one. */
  readonly portrait: string | null;
  /** Whether the one on file stays where there is no new one; null where none is on file. */
  readonly keepsPortrait: boolean | null;
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
  nationality: '',
  documentNumber: '',
  externalId: '',
  portrait: null,
  keepsPortrait: null,
};

/** What is known about somebody, to be mended. */
export function draftOf(person: Person): PersonDraft {
  return {
    familyName: person.family_name,
    givenName: person.given_name,
    birthDate: person.birth_date,
    statuses: person.statuses.map(({ type, until }, row) => ({ row, type, until })),
    nationality: person.nationality ?? '',
    documentNumber: person.document_number ?? '',
    externalId: person.external_id ?? '',
    portrait: null,
    keepsPortrait: person.has_portrait ? true : null,
  };
}

export type PersonBody = Sent<typeof createPerson>['body'];

/** What is sent for a draft, its statuses in the order of their rows. What is left empty is nothing. */
export function bodyOf(draft: PersonDraft): PersonBody {
  const { familyName, givenName, birthDate, statuses, portrait, keepsPortrait } = draft;
  return {
    family_name: familyName.trim(),
    given_name: givenName.trim(),
    birth_date: birthDate,
    nationality: orNull(draft.nationality.toUpperCase()),
    document_number: orNull(draft.documentNumber),
    external_id: orNull(draft.externalId),
    statuses: statuses.map(({ type, until }) => ({ type, until })),
    ...(portrait !== null && { portrait }),
    ...(portrait === null && keepsPortrait === false && { portrait: null }),
  };
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

/** What can be told to be wrong before anything is sent, by the pointers that the service would name. */
export function wrongBefore(draft: PersonDraft): Wrong {
  const { family_name, given_name, birth_date, nationality, statuses = [] } = bodyOf(draft);
  const missing = said('admin.wrong.missing');
  return {
    ...(given_name === '' && { '/given_name': missing }),
    ...(family_name === '' && { '/family_name': missing }),
    ...(!isDay(birth_date) && { '/birth_date': said('admin.wrong.no_such_day') }),
    ...(nationality &&
      !/^[A-Z]{2}$/.test(nationality) && { '/nationality': said('admin.wrong.nationality') }),
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
