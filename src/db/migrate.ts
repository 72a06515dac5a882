import type { Knex } from 'knex';
import { type Migration, migrations } from '../../migrations/index.ts';
import type { Db } from './database.ts';
import { oneAtATime } from './hold.ts';

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

/**
 * Brings the tables up to date and answers the names of the migrations that this took. Of several processes that
 * start at once one does the work, and the others wait for it; on PostgreSQL all of it is kept, or nothing.
 */
export async function migrate(db: Db): Promise<readonly string[]> {
  return oneAtATime(db, 'migrations', async (tx) => {
    const disableTransactions = tx !== db;
    const settings = { migrationSource: source, tableName: 'migrations', disableTransactions };
    const [, names] = (await tx.migrate.latest(settings)) as [number, string[]];
    return names;
  });
}

/** Whether no migration is waiting. */
export async function isMigrated(db: Db): Promise<boolean> {
  const [, waiting] = (await db.migrate.list({ migrationSource: source, tableName: 'migrations' })) as [
    unknown[],
    unknown[],
  ];
  return waiting.length === 0;
}
