import type { Migration } from './migration.ts';

/** Sessions from before have none, and end when they were to end: after twelve hours at the most. */
export const pairedTills: Migration = async (db) => {
  await db.schema.alterTable('terminal_keys', (table) => {
    table.bigInteger('lasts_from_use');
  });
};
