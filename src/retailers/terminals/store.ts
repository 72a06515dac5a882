import { fromFlag, fromInstant, fromList, fromNullableInstant, toFlag, toInstant } from '../../db/columns.ts';
import type { Db } from '../../db/database.ts';
import { type Page, type PageAsked, readPage } from '../../db/page.ts';
import { BATCH, deleteSome } from '../../db/purge.ts';
import type { Claim } from '../../kernel/claims.ts';
import type { Id } from '../../kernel/ids.ts';
import type { PairingCode } from './pairing-code.ts';
import type { BlockedTerminal, Terminal } from './terminal.ts';
import type { TerminalKey } from './terminal-key.ts';

interface Row {
  readonly id: Id<'terminal'>;
  readonly retailer_id: Id<'retailer'>;
  readonly store_id: Id<'store'> | null;
  readonly name: string;
  readonly live: number | string;
  readonly blocked_at: number | string | null;
  readonly created_at: number | string;
}

interface KeyHolderRow {
  readonly hash: string;
  readonly terminal_id: Id<'terminal'>;
  readonly live: number | string;
  readonly blocked_at: number | string | null;
  readonly retailer_id: Id<'retailer'>;
  readonly retailer_name: string;
  readonly permitted_claims: string;
  readonly paired: number | string;
  readonly expires_at: number | string | null;
  readonly last_used_at: number | string | null;
}

/** A key with the terminal and the retailer that it speaks for. */
export interface KeyHolder {
  readonly terminal: Id<'terminal'>;
  readonly live: boolean;
  readonly blocked: boolean;
  readonly retailer: Id<'retailer'>;
  readonly retailerName: string;
  readonly permitted: readonly Claim[];
  /** Whether it is the session of a paired browser. */
  readonly paired: boolean;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

interface TerminalRows {
  add(terminal: Terminal): Promise<void>;
  find(id: Id<'terminal'>): Promise<Terminal | null>;
  /** Finds a terminal that then stays so: whoever else holds it waits for the end of this transaction. */
  hold(id: Id<'terminal'>): Promise<Terminal | null>;
  page(retailer: Id<'retailer'>, asked: PageAsked): Promise<Page<Terminal>>;
  /** False if it was blocked before; of several callers at once one gets true. */
  block(terminal: BlockedTerminal): Promise<boolean>;
}

interface KeyRows {
  addKey(key: TerminalKey): Promise<void>;
  /** Whose key it is, whether or not it still works; null for nobody's. */
  byKey(hash: string): Promise<KeyHolder | null>;
  /** Whose keys these are, whether or not they still work, by the keys' hashes. */
  byKeys(hashes: readonly string[]): Promise<ReadonlyMap<string, KeyHolder>>;
  /** Notes a use, from which a session lasts on that does so. */
  used(hash: string, at: Date): Promise<void>;
  /** Lets the keys of a terminal that would work longer end then. */
  endKeys(terminal: Id<'terminal'>, end: Date): Promise<void>;
  /** Ends the session of a paired browser. False, and nothing changed, where the hash is that of a key. */
  endSession(hash: string): Promise<boolean>;
  /** Deletes the keys of a terminal that have expired. */
  dropExpiredKeys(terminal: Id<'terminal'>, now: Date): Promise<void>;
  /** Deletes keys of any terminal that had expired by then, at most so many; answers how many those were. */
  purgeKeys(before: Date, most?: number): Promise<number>;
}

interface CodeRows {
  addCode(code: PairingCode): Promise<void>;
  /** Uses a code up and answers its terminal; of several callers at once one gets it, the others null. */
  takeCode(mac: string, now: Date): Promise<Id<'terminal'> | null>;
  /** Deletes the codes of a terminal, and those of any that have expired. */
  dropCodes(terminal: Id<'terminal'>, now: Date): Promise<void>;
  /** Deletes codes that have expired, at most so many; answers how many those were. */
  purgeCodes(now: Date, most?: number): Promise<number>;
}

/** Terminals, their keys and the codes that pair browsers with them. */
export interface TerminalStore extends TerminalRows, KeyRows, CodeRows {}

export function terminalStore(db: Db): TerminalStore {
  return { ...terminalRows(db), ...keyRows(db), ...codeRows(db) };
}

function terminalRows(db: Db): TerminalRows {
  return {
    async add(terminal) {
      await db('terminals').insert({
        id: terminal.id,
        retailer_id: terminal.retailer,
        store_id: terminal.store,
        name: terminal.name,
        live: toFlag(terminal.live),
        blocked_at: terminal.state === 'blocked' ? toInstant(terminal.blockedAt) : null,
        created_at: toInstant(terminal.createdAt),
      });
    },

    async find(id) {
      const row: Row | undefined = await db('terminals').where({ id }).first();
      return row === undefined ? null : fromRow(row);
    },

    async hold(id) {
      const row: Row | undefined = await db('terminals').where({ id }).forNoKeyUpdate().first();
      return row === undefined ? null : fromRow(row);
    },

    async page(retailer, asked) {
      const query = db('terminals').where({ retailer_id: retailer }).select();
      const { rows, hasMore } = await readPage<Row>(query, asked);
      return { rows: rows.map(fromRow), hasMore };
    },

    async block({ id, blockedAt }) {
      const changed = await db('terminals')
        .where({ id })
        .whereNull('blocked_at')
        .update({ blocked_at: toInstant(blockedAt) });
      return changed > 0;
    },
  };
}

function keyRows(db: Db): KeyRows {
  const byKeys = (hashes: readonly string[]) => holdersOf(db, hashes);
  return {
    async addKey(key) {
      await db('terminal_keys').insert({
        hash: key.hash,
        terminal_id: key.terminal,
        created_at: toInstant(key.createdAt),
        paired: toFlag(key.paired),
        expires_at: key.expiresAt && toInstant(key.expiresAt),
        lasts_from_use: key.lastsFromUse,
      });
    },

    byKeys,
    byKey: async (hash) => (await byKeys([hash])).get(hash) ?? null,

    async used(hash, at) {
      await db('terminal_keys')
        .where({ hash })
        .update({
          last_used_at: toInstant(at),
          expires_at: db.raw('coalesce(? + lasts_from_use, expires_at)', [toInstant(at)]),
        });
    },

    async endKeys(terminal, end) {
      await db('terminal_keys')
        .where({ terminal_id: terminal })
        .where((key) => key.whereNull('expires_at').orWhere('expires_at', '>', toInstant(end)))
        .update({ expires_at: toInstant(end), lasts_from_use: null });
    },

    endSession: async (hash) => (await db('terminal_keys').where({ hash, paired: 1 }).delete()) > 0,

    async dropExpiredKeys(terminal, now) {
      await db('terminal_keys')
        .where({ terminal_id: terminal })
        .where('expires_at', '<=', toInstant(now))
        .delete();
    },

    purgeKeys: (before, most = BATCH) =>
      deleteSome(db, { table: 'terminal_keys', key: ['hash'], most }, (rows) =>
        rows.where('expires_at', '<=', toInstant(before)),
      ),
  };
}

async function holdersOf(db: Db, hashes: readonly string[]): Promise<ReadonlyMap<string, KeyHolder>> {
  const rows: KeyHolderRow[] = await db('terminal_keys as k')
    .join('terminals as t', 't.id', 'k.terminal_id')
    .join('retailers as r', 'r.id', 't.retailer_id')
    .whereIn('k.hash', hashes)
    .select('k.hash', 'k.terminal_id', 'k.paired', 'k.expires_at', 'k.last_used_at')
    .select('t.live', 't.blocked_at', 't.retailer_id')
    .select('r.name as retailer_name', 'r.permitted_claims');
  return new Map(rows.map((row) => [row.hash, toKeyHolder(row)] as const));
}

function codeRows(db: Db): CodeRows {
  return {
    async addCode({ mac, terminal, expiresAt }) {
      await db('pairing_codes').insert({ mac, terminal_id: terminal, expires_at: toInstant(expiresAt) });
    },

    async takeCode(mac, now) {
      const row: { terminal_id: Id<'terminal'> } | undefined = await db('pairing_codes')
        .where({ mac })
        .where('expires_at', '>', toInstant(now))
        .first('terminal_id');
      if (row === undefined) return null;
      // Who deletes the row has it. On SQLite knex answers no `returning` of a deletion, so its count decides.
      const taken = await db('pairing_codes').where({ mac }).delete();
      return taken === 1 ? row.terminal_id : null;
    },

    async dropCodes(terminal, now) {
      await db('pairing_codes')
        .where({ terminal_id: terminal })
        .orWhere('expires_at', '<=', toInstant(now))
        .delete();
    },

    purgeCodes: (now, most = BATCH) =>
      deleteSome(db, { table: 'pairing_codes', key: ['mac'], most }, (rows) =>
        rows.where('expires_at', '<=', toInstant(now)),
      ),
  };
}

function fromRow(row: Row): Terminal {
  const registered = {
    id: row.id,
    retailer: row.retailer_id,
    store: row.store_id,
    name: row.name,
    live: fromFlag(row.live),
    createdAt: fromInstant(row.created_at),
  };
  const blockedAt = fromNullableInstant(row.blocked_at);
  return blockedAt === null
    ? { ...registered, state: 'active' }
    : { ...registered, state: 'blocked', blockedAt };
}

function toKeyHolder(row: KeyHolderRow): KeyHolder {
  return {
    terminal: row.terminal_id,
    live: fromFlag(row.live),
    blocked: row.blocked_at !== null,
    retailer: row.retailer_id,
    retailerName: row.retailer_name,
    permitted: fromList<Claim>(row.permitted_claims),
    paired: fromFlag(row.paired),
    expiresAt: fromNullableInstant(row.expires_at),
    lastUsedAt: fromNullableInstant(row.last_used_at),
  };
}
