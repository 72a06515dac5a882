import type { Migration } from './migration.ts';

/** What was paired before counts as a key until it ends, after twelve hours at the most. */
export const terminalSessions: Migration = async (db) => {
  await db.schema.alterTable('terminal_keys', (table) => {
    table.integer('paired').notNullable().defaultTo(0);
  });
};
