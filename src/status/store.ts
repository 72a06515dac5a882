import { toInstant } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { BATCH, deleteSome } from '../db/purge.ts';
import { STATUS } from '../formats/status-list.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { CredentialType } from '../kernel/credential-type.ts';
import { firstIdAt, type Id } from '../kernel/ids.ts';
import { type EntryStatus, FULL_AT, LIST_SIZE, type StatusPlace } from './status-list.ts';

/** What a copy's entry says besides its place. */
export interface EntryContent {
  readonly person: Id<'person'>;
  readonly wallet: Id<'wallet'>;
  readonly credential: CredentialType;
  /** The day from which it counts as invalid, if a status in it ends before the copy does. */
  readonly invalidFrom: CalendarDate | null;
  readonly expiresAt: Date;
}

/** Lists, and who may take which place in them. */
interface Lists {
  /** The list of this issuer key that has room, or null. */
  openList(issuerKey: string): Promise<Id<'status_list'> | null>;
  addList(id: Id<'status_list'>, issuerKey: string): Promise<void>;
  /** Takes those of the places that are free; each is given away once. */
  take(
    list: Id<'status_list'>,
    indexes: readonly number[],
    content: EntryContent,
  ): Promise<readonly number[]>;
  /** A list's issuer key and version, or null. */
  list(id: string): Promise<{ readonly issuerKey: Id<'issuer_key'>; readonly version: number } | null>;
}

/** What the lists say. */
interface Reading {
  /** The statuses of copies on a day, by place (`list/index`). Places that were never given away are left out. */
  statusesOf(places: readonly StatusPlace[], today: CalendarDate): Promise<ReadonlyMap<string, EntryStatus>>;
  /** The entries of a list that are not valid on a day. */
  notValid(id: string, today: CalendarDate): Promise<readonly (readonly [index: number, status: number])[]>;
}

/** What changes them. Each change counts up the versions of the lists, so that they are signed anew. */
interface Standing {
  suspend(person: Id<'person'>): Promise<void>;
  reinstate(person: Id<'person'>): Promise<void>;
  revoke(person: Id<'person'>): Promise<void>;
  invalidate(person: Id<'person'>, types: readonly CredentialType[]): Promise<void>;
  lockWallet(wallet: Id<'wallet'>): Promise<void>;
  /** Revokes all of a person's copies and forgets whose they were. */
  forget(person: Id<'person'>): Promise<void>;
}

/** What forgets them. */
interface Clearing {
  /**
   * Deletes entries of a list whose copies had all expired by then, at most so many, and in the end the list. Answers
   * how many entries those were. Only whole lists go, so that no place is ever given away a second time. Call it in a
   * transaction.
   */
  purge(before: Date, most?: number): Promise<number>;
}

interface EntryRow {
  readonly list_id: string;
  readonly idx: number;
  readonly status: number;
  readonly invalid_from: string | null;
}

export function placeKey({ list, index }: { list: string; index: number }): string {
  return `${list}/${index}`;
}

export type StatusStore = Lists & Reading & Standing & Clearing;

export function statusStore(db: Db): StatusStore {
  return { ...lists(db), ...reading(db), ...standing(db), ...clearing(db) };
}

function lists(db: Db): Lists {
  return {
    async openList(issuerKey) {
      const row = await db('status_lists')
        .where({ issuer_key: issuerKey })
        .where('used', '<', FULL_AT)
        .orderBy('id', 'desc')
        .first('id');
      return row?.id ?? null;
    },

    async addList(id, issuerKey) {
      await db('status_lists').insert({ id, issuer_key: issuerKey, size: LIST_SIZE, used: 0, version: 1 });
    },

    async take(list, indexes, content) {
      const rows = indexes.map((idx) => ({
        list_id: list,
        idx,
        status: STATUS.valid,
        credential: content.credential,
        invalid_from: content.invalidFrom,
        expires_at: toInstant(content.expiresAt),
        person_id: content.person,
        wallet_id: content.wallet,
      }));
      const taken: { idx: number }[] = await db('status_entries')
        .insert(rows)
        .onConflict(['list_id', 'idx'])
        .ignore()
        .returning('idx');
      await db('status_lists').where({ id: list }).increment('used', taken.length);
      return taken.map(({ idx }) => idx);
    },

    async list(id) {
      const row = await db('status_lists').where({ id }).first('issuer_key', 'version');
      return row === undefined ? null : { issuerKey: row.issuer_key, version: Number(row.version) };
    },
  };
}

function reading(db: Db): Reading {
  return {
    async statusesOf(places, today) {
      if (places.length === 0) return new Map();
      const rows: EntryRow[] = await db('status_entries')
        .whereIn(
          ['list_id', 'idx'],
          places.map(({ list, index }) => [list, index]),
        )
        .select('list_id', 'idx', 'status', 'invalid_from');
      return new Map(
        rows.map((row) => [placeKey({ list: row.list_id, index: row.idx }), statusOn(row, today)] as const),
      );
    },

    async notValid(id, today) {
      const rows: EntryRow[] = await db('status_entries')
        .where({ list_id: id })
        .where((either) => either.where('status', '>', STATUS.valid).orWhere('invalid_from', '<=', today))
        .select('idx', 'status', 'invalid_from');
      return rows.map((row) => [row.idx, row.status === STATUS.valid ? STATUS.invalid : row.status] as const);
    },
  };
}

function standing(db: Db): Standing {
  const { valid, invalid, suspended } = STATUS;
  const change = async (
    where: Record<string, string>,
    from: readonly number[],
    set: object,
  ): Promise<void> => {
    const changed = () => db('status_entries').where(where).whereIn('status', from);
    const touched = await changed().distinct('list_id').pluck('list_id');
    await changed().update(set);
    await db('status_lists').whereIn('id', touched).increment('version', 1);
  };
  return {
    suspend: (person) => change({ person_id: person }, [valid], { status: suspended }),
    reinstate: (person) => change({ person_id: person }, [suspended], { status: valid }),
    revoke: (person) => change({ person_id: person }, [valid, suspended], { status: invalid }),
    async invalidate(person, types) {
      for (const credential of types) {
        await change({ person_id: person, credential }, [valid, suspended], { status: invalid });
      }
    },
    lockWallet: (wallet) => change({ wallet_id: wallet }, [valid, suspended], { status: invalid }),
    forget: (person) =>
      change({ person_id: person }, [valid, suspended, invalid], {
        status: invalid,
        person_id: null,
        wallet_id: null,
      }),
  };
}

function clearing(db: Db): Clearing {
  return {
    async purge(before, most = BATCH) {
      const alive = db('status_entries as e')
        .where('e.list_id', db.ref('l.id'))
        .where('e.expires_at', '>', toInstant(before));
      const over: { id: string } | undefined = await db('status_lists as l')
        .where('l.id', '<', firstIdAt('status_list', before))
        .whereNotExists(alive)
        .orderBy('l.id')
        .first('l.id');
      if (over === undefined) return 0;
      // A list that is full is given to nobody while its entries go.
      await db('status_lists').where({ id: over.id }).update({ used: LIST_SIZE });
      const gone = await deleteSome(db, { table: 'status_entries', key: ['list_id', 'idx'], most }, (rows) =>
        rows.where({ list_id: over.id }),
      );
      if (gone < most) await db('status_lists').where({ id: over.id }).delete();
      return gone;
    },
  };
}

function statusOn({ status, invalid_from }: EntryRow, today: CalendarDate): EntryStatus {
  if (status === STATUS.suspended) return 'suspended';
  const over = invalid_from !== null && invalid_from <= today;
  return status === STATUS.valid && !over ? 'valid' : 'revoked';
}
