import type { Migration } from './migration.ts';

export const keyRotation: Migration = async (db) => {
  // One row at the most: its id is always 1.
  await db.schema.createTable('key_rotation', (table) => {
    table.integer('id').primary();
    table.integer('every_days').notNullable();
    table.bigInteger('next_at').notNullable();
  });
};
