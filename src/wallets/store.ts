import { fromInstant, fromNullableInstant, toInstant } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { type Page, type PageAsked, readPage } from '../db/page.ts';
import type { Id } from '../kernel/ids.ts';
import type { Wallet } from './wallet.ts';

interface Row {
  readonly id: Id<'wallet'>;
  readonly person_id: Id<'person'>;
  readonly state: 'active' | 'locked';
  readonly created_at: number | string;
  readonly locked_at: number | string | null;
}

export interface WalletStore {
  add(wallet: Wallet): Promise<void>;
  find(id: Id<'wallet'>): Promise<Wallet | null>;
  /** Finds a wallet that then stays so: whoever else holds it waits for the end of this transaction. */
  hold(id: Id<'wallet'>): Promise<Wallet | null>;
  /** A person's wallets, or all, the newest first. */
  page(asked: PageAsked, person: Id<'person'> | null): Promise<Page<Wallet>>;
  lock(id: Id<'wallet'>, at: Date): Promise<void>;
  /** Gives a wallet its lock code. False, and nothing changed, if it has one. */
  giveLockCode(id: Id<'wallet'>, mac: string): Promise<boolean>;
  /** Finds the wallet that a lock code belongs to, locked or not. */
  byLockCode(mac: string): Promise<Id<'wallet'> | null>;
}

export function walletStore(db: Db): WalletStore {
  return {
    async add({ id, person, state, createdAt }) {
      await db('wallets').insert({ id, person_id: person, state, created_at: toInstant(createdAt) });
    },

    async find(id) {
      const row: Row | undefined = await db('wallets').where({ id }).first();
      return row === undefined ? null : fromRow(row);
    },

    async hold(id) {
      const row: Row | undefined = await db('wallets').where({ id }).forNoKeyUpdate().first();
      return row === undefined ? null : fromRow(row);
    },

    async page(asked, person) {
      const wallets = db('wallets').select();
      const { rows, hasMore } = await readPage<Row>(
        person === null ? wallets : wallets.where({ person_id: person }),
        asked,
      );
      return { rows: rows.map(fromRow), hasMore };
    },

    async lock(id, at) {
      await db('wallets')
        .where({ id, state: 'active' })
        .update({ state: 'locked', locked_at: toInstant(at) });
    },

    async giveLockCode(id, mac) {
      const given = await db('wallets')
        .where({ id })
        .whereNull('lock_code_mac')
        .update({ lock_code_mac: mac });
      return given > 0;
    },

    async byLockCode(mac) {
      const row: Pick<Row, 'id'> | undefined = await db('wallets').where({ lock_code_mac: mac }).first('id');
      return row?.id ?? null;
    },
  };
}

function fromRow(row: Row): Wallet {
  return {
    id: row.id,
    person: row.person_id,
    state: row.state,
    createdAt: fromInstant(row.created_at),
    lockedAt: fromNullableInstant(row.locked_at),
  };
}
