import type { Knex } from 'knex';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/** A connection, or a transaction on one: what stores are bound to. */
export type Db = Knex;

/** How many connections to PostgreSQL a process has at most, unless the settings say otherwise. */
export const USUAL_POOL = 10;

/** Opens the database of an address: `file:` for SQLite, `postgres:` for PostgreSQL. This folder alone knows drivers. */
export function openDatabase(url: string, most = USUAL_POOL): Db {
  return url.startsWith('file:') ? openSqlite(url) : openPostgres(url, most);
}

/** Whether transactions run beside each other, in this process and in others. With SQLite they never do. */
export function runsSideBySide(db: Db): boolean {
  return db.client.config.client === 'pg';
}

/**
 * Sees to it that what was deleted is on no disk any more: SQLite keeps the last changes in a log beside the file, in
 * which deleted rows are still readable until it is folded in. PostgreSQL overwrites them in its own time.
 */
export async function wipeDeleted(db: Db): Promise<void> {
  if (!runsSideBySide(db)) await db.raw('PRAGMA wal_checkpoint(TRUNCATE)');
}

/** Whether the database answers. */
export async function answers(db: Db): Promise<boolean> {
  try {
    await db.raw('select 1');
    return true;
  } catch {
    return false;
  }
}
