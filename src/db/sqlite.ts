import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import knex, { type Knex } from 'knex';
import { QUIET } from './quiet.ts';
import { holdFile } from './sqlite-lock.ts';

type Done = (error: Error | null) => void;

interface SqliteConnection {
  run(sql: string, done: Done): void;
  once(event: 'close', listener: () => void): void;
  close(done: () => void): void;
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
 * Opens the database of an address: `file:///path/to/file.sqlite`. There is one connection, which a transaction holds
 * to its end: a query beside it would wait for itself. The first query keeps other processes away, or throws
 * `DatabaseTaken`.
 */
export function openSqlite(url: string): Knex {
  const filename = fileURLToPath(url);
  mkdirSync(dirname(filename), { recursive: true });
  return knex({
    client: 'sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    log: QUIET,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (connection: SqliteConnection, done: Done) => {
        holdFile(filename).then(
          (letGo) => {
            connection.once('close', letGo);
            tellPragmas(connection, PRAGMAS, done);
          },
          (error) => connection.close(() => done(error)),
        );
      },
    },
  });
}

function tellPragmas(connection: SqliteConnection, [next, ...rest]: readonly string[], done: Done): void {
  if (next === undefined) {
    done(null);
    return;
  }
  connection.run(next, (error) => (error ? done(error) : tellPragmas(connection, rest, done)));
}
