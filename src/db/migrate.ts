import type { Knex } from 'knex';
import { type Migration, migrations } from '../../migrations/index.ts';
import type { Db } from './database.ts';

/** Names without endings, so that compiled and plain sources count as the same migration. */
const source: Knex.MigrationSource<readonly [string, Migration]> = {
  getMigrations: async () => [...migrations],
  getMigrationName: ([name]) => name,
  getMigration: async ([, migration]) => ({
    up: (db) => migration(db),
    down: async () => {
      throw new Error('migrations go one way: restore a backup to go back');
    },
  }),
};

/** Brings the tables up to date and answers the names of the migrations that this took. */
export async function migrate(db: Db): Promise<readonly string[]> {
  const [, names] = (await db.migrate.latest({ migrationSource: source, tableName: 'migrations' })) as [
    number,
    string[],
  ];
  return names;
}

/** Whether no migration is waiting. */
export async function isMigrated(db: Db): Promise<boolean> {
  const [, waiting] = (await db.migrate.list({ migrationSource: source, tableName: 'migrations' })) as [
    unknown[],
    unknown[],
  ];
  return waiting.length === 0;
}
