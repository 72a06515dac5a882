import type { Migration } from './migration.ts';

export const staff: Migration = async (db) => {
  await db.schema.createTable('officer_recovery_codes', (table) => {
    table.text('mac').primary();
    table.text('officer_id').notNullable().references('officers.id').onDelete('CASCADE').index();
  });
  // When somebody last did something with it; sessions from before count from when they began.
  await db.schema.alterTable('sessions', (table) => {
    table.bigInteger('used_at');
  });
};
