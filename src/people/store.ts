import { fromBlob, fromInstant, toInstant } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { type Page, type PageAsked, readPage } from '../db/page.ts';
import type { Id } from '../kernel/ids.ts';
import type { PersonState } from './person.ts';
import type { SealedPerson } from './sealed-person.ts';

interface Row {
  readonly id: Id<'person'>;
  readonly state: PersonState;
  readonly wrapped_key: Uint8Array;
  readonly sealed_record: Uint8Array;
  readonly sealed_portrait: Uint8Array | null;
  readonly created_at: number | string;
  readonly updated_at: number | string;
}

export interface PeopleStore {
  add(person: SealedPerson, searchHashes: readonly string[]): Promise<void>;
  find(id: Id<'person'>): Promise<SealedPerson | null>;
  /** Finds a person who then stays so: whoever else holds the person waits for the end of this transaction. */
  hold(id: Id<'person'>): Promise<SealedPerson | null>;
  page(asked: PageAsked): Promise<Page<SealedPerson>>;
  /** Those who have one of the hashes, the newest first, a hundred at most. */
  withHashes(hashes: readonly string[]): Promise<readonly SealedPerson[]>;
  /** Writes state, record, portrait and hashes anew. */
  replace(person: SealedPerson, searchHashes: readonly string[]): Promise<void>;
  /** Deletes the person's key and record, and by cascade hashes, wallets, offers and tokens. */
  erase(id: Id<'person'>): Promise<void>;
}

const MOST_FOUND = 100;

export function peopleStore(db: Db): PeopleStore {
  const addHashes = async (id: Id<'person'>, hashes: readonly string[]): Promise<void> => {
    await db('people_search').insert([...new Set(hashes)].map((hash) => ({ hash, person_id: id })));
  };

  return {
    async add(person, searchHashes) {
      await db('people').insert(toRow(person));
      await addHashes(person.id, searchHashes);
    },

    async find(id) {
      const row: Row | undefined = await db('people').where({ id }).first();
      return row === undefined ? null : fromRow(row);
    },

    async hold(id) {
      const row: Row | undefined = await db('people').where({ id }).forNoKeyUpdate().first();
      return row === undefined ? null : fromRow(row);
    },

    async page(asked) {
      const { rows, hasMore } = await readPage<Row>(db('people').select(), asked);
      return { rows: rows.map(fromRow), hasMore };
    },

    async withHashes(hashes) {
      const ids = db('people_search').whereIn('hash', hashes).select('person_id');
      const rows: Row[] = await db('people').whereIn('id', ids).orderBy('id', 'desc').limit(MOST_FOUND);
      return rows.map(fromRow);
    },

    async replace(person, searchHashes) {
      await db('people').where({ id: person.id }).update(toRow(person));
      await db('people_search').where({ person_id: person.id }).delete();
      await addHashes(person.id, searchHashes);
    },

    async erase(id) {
      await db('people').where({ id }).delete();
    },
  };
}

function toRow(person: SealedPerson) {
  return {
    id: person.id,
    state: person.state,
    wrapped_key: Buffer.from(person.wrappedKey),
    sealed_record: Buffer.from(person.sealedRecord),
    sealed_portrait: person.sealedPortrait && Buffer.from(person.sealedPortrait),
    created_at: toInstant(person.createdAt),
    updated_at: toInstant(person.updatedAt),
  };
}

function fromRow(row: Row): SealedPerson {
  return {
    id: row.id,
    state: row.state,
    wrappedKey: fromBlob(row.wrapped_key),
    sealedRecord: fromBlob(row.sealed_record),
    sealedPortrait: row.sealed_portrait && fromBlob(row.sealed_portrait),
    createdAt: fromInstant(row.created_at),
    updatedAt: fromInstant(row.updated_at),
  };
}
