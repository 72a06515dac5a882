import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import knex, { type Knex } from 'knex';

/** A connection, or a transaction on one: what stores are bound to. */
export type Db = Knex;

interface SqliteConnection {
  run(sql: string, done: (error: Error | null) => void): void;
}

/** What every SQLite connection is told first. `secure_delete` overwrites what is erased with zeros. */
const PRAGMAS = [
  'PRAGMA journal_mode = WAL',
  'PRAGMA synchronous = FULL',
  'PRAGMA foreign_keys = ON',
  'PRAGMA busy_timeout = 5000',
  'PRAGMA secure_delete = ON',
];

/**
 * Opens the database of an address: `file:///path/to/file.sqlite`. This folder alone knows the driver. SQLite has
 * one connection, which a transaction holds to its end: a query beside it would wait for itself.
 */
export function openDatabase(url: string): Db {
  const filename = fileURLToPath(url);
  mkdirSync(dirname(filename), { recursive: true });
  return knex({
    client: 'sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (connection: SqliteConnection, done: (error: Error | null) => void) =>
        tellPragmas(connection, PRAGMAS, done),
    },
  });
}

function tellPragmas(
  connection: SqliteConnection,
  [next, ...rest]: readonly string[],
  done: (error: Error | null) => void,
): void {
  if (next === undefined) {
    done(null);
    return;
  }
  connection.run(next, (error) => (error ? done(error) : tellPragmas(connection, rest, done)));
}

/**
 * Sees to it that what was deleted is on no disk any more: SQLite keeps the last changes in a log beside the file, in
 * which deleted rows are still readable until it is folded in.
 */
export async function wipeDeleted(db: Db): Promise<void> {
  await db.raw('PRAGMA wal_checkpoint(TRUNCATE)');
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
