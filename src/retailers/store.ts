import { fromInstant, fromList, toInstant, toList } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { type Page, type PageAsked, readPage } from '../db/page.ts';
import type { Claim } from '../kernel/claims.ts';
import type { Id } from '../kernel/ids.ts';
import type { WebOrigin } from '../kernel/web-origin.ts';
import type { Retailer, Store } from './retailer.ts';

interface RetailerRow {
  readonly id: Id<'retailer'>;
  readonly name: string;
  readonly permitted_claims: string;
  readonly embedding_origins: string;
  readonly created_at: number | string;
}

interface StoreRow {
  readonly id: Id<'store'>;
  readonly retailer_id: Id<'retailer'>;
  readonly name: string;
  readonly created_at: number | string;
}

/** What may change about a retailer. What is left out stays. */
export type RetailerChange = Partial<Pick<Retailer, 'name' | 'permitted' | 'origins'>>;

/** Retailers, and the stores that they have. */
export interface RetailerStore {
  add(retailer: Retailer): Promise<void>;
  find(id: Id<'retailer'>): Promise<Retailer | null>;
  page(asked: PageAsked): Promise<Page<Retailer>>;
  /** Writes what is named and nothing else, so that two changes at once do not undo each other. */
  change(id: Id<'retailer'>, change: RetailerChange): Promise<void>;
  addStore(store: Store): Promise<void>;
  findStore(id: Id<'store'>): Promise<Store | null>;
  pageOfStores(retailer: Id<'retailer'>, asked: PageAsked): Promise<Page<Store>>;
}

export function retailerStore(db: Db): RetailerStore {
  return { ...retailers(db), ...stores(db) };
}

function retailers(db: Db): Pick<RetailerStore, 'add' | 'find' | 'page' | 'change'> {
  return {
    async add(retailer) {
      await db('retailers').insert({
        id: retailer.id,
        name: retailer.name,
        permitted_claims: toList(retailer.permitted),
        embedding_origins: toList(retailer.origins),
        created_at: toInstant(retailer.createdAt),
      });
    },

    async find(id) {
      const row: RetailerRow | undefined = await db('retailers').where({ id }).first();
      return row === undefined ? null : toRetailer(row);
    },

    async page(asked) {
      const { rows, hasMore } = await readPage<RetailerRow>(db('retailers').select(), asked);
      return { rows: rows.map(toRetailer), hasMore };
    },

    async change(id, { name, permitted, origins }) {
      const columns = {
        ...(name !== undefined && { name }),
        ...(permitted !== undefined && { permitted_claims: toList(permitted) }),
        ...(origins !== undefined && { embedding_origins: toList(origins) }),
      };
      if (Object.keys(columns).length > 0) await db('retailers').where({ id }).update(columns);
    },
  };
}

function stores(db: Db): Pick<RetailerStore, 'addStore' | 'findStore' | 'pageOfStores'> {
  return {
    async addStore(store) {
      await db('stores').insert({
        id: store.id,
        retailer_id: store.retailer,
        name: store.name,
        created_at: toInstant(store.createdAt),
      });
    },

    async findStore(id) {
      const row: StoreRow | undefined = await db('stores').where({ id }).first();
      return row === undefined ? null : toStore(row);
    },

    async pageOfStores(retailer, asked) {
      const query = db('stores').where({ retailer_id: retailer }).select();
      const { rows, hasMore } = await readPage<StoreRow>(query, asked);
      return { rows: rows.map(toStore), hasMore };
    },
  };
}

function toRetailer(row: RetailerRow): Retailer {
  return {
    id: row.id,
    name: row.name,
    permitted: fromList<Claim>(row.permitted_claims),
    origins: fromList<WebOrigin>(row.embedding_origins),
    createdAt: fromInstant(row.created_at),
  };
}

function toStore(row: StoreRow): Store {
  return {
    id: row.id,
    retailer: row.retailer_id,
    name: row.name,
    createdAt: fromInstant(row.created_at),
  };
}
