import type { Page, PageAsked } from '../db/page.ts';
import type { Id } from '../kernel/ids.ts';
import type { Vault } from '../keys/vault.ts';
import { noSuchPerson } from './mend-person.ts';
import type { Person } from './person.ts';
import { openPerson } from './sealed-person.ts';
import { queryHashes } from './search-terms.ts';
import type { PeopleStore } from './store.ts';

interface Needs {
  readonly people: PeopleStore;
  readonly vault: Vault;
}

/** One person; `not_found` if the id is nobody's. */
export async function findPerson({ people, vault }: Needs, id: Id<'person'>): Promise<Person> {
  const sealed = await people.find(id);
  if (sealed === null) throw noSuchPerson();
  return openPerson(vault, sealed);
}

/** A part of all people, the newest first. */
export async function listPeople({ people, vault }: Needs, asked: PageAsked): Promise<Page<Person>> {
  const { rows, hasMore } = await people.page(asked);
  return { rows: rows.map((sealed) => openPerson(vault, sealed)), hasMore };
}

/** Those whose whole name or external id is the query, in any order and spelling of marks and case. */
export async function searchPeople({ people, vault }: Needs, query: string): Promise<readonly Person[]> {
  const found = await people.withHashes(queryHashes(vault, query));
  return found.map((sealed) => openPerson(vault, sealed));
}
