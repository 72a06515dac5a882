import type { Migration } from './migration.ts';

export const verificationCounts: Migration = async (db) => {
  await db.schema.createTable('verification_counts', (table) => {
    table.bigInteger('hour').notNullable();
    table.text('retailer_id').notNullable();
    table.text('policy').notNullable();
    table.text('outcome').notNullable();
    table.text('reason').notNullable();
    table.integer('live').notNullable();
    table.bigInteger('questions').notNullable();
    table.primary(['hour', 'retailer_id', 'policy', 'outcome', 'reason', 'live']);
  });
};
