import type { Migration } from './migration.ts';

export const verifications: Migration = async (db) => {
  await db.schema.createTable('verifications', (table) => {
    table.text('id').primary();
    table.text('terminal_id').notNullable();
    table.text('retailer_id').notNullable();
    table.integer('live').notNullable();
    table.text('outcome').notNullable();
    table.text('reason');
    table.text('next_step').notNullable();
    table.text('asked').notNullable();
    table.text('proof');
    table.bigInteger('presented_at');
    table.bigInteger('checked_at').notNullable();
    table.text('freshness');
    table.text('reference');
    table.bigInteger('scanned_at');
    table.index(['terminal_id', 'id']);
  });
  await db.schema.createTable('kept_answers', (table) => {
    table.text('verification_id').primary();
    table.binary('sealed_claims').notNullable();
    table.bigInteger('expires_at').notNullable().index();
  });
  await db.schema.createTable('idempotency_keys', (table) => {
    table.text('scope').primary();
    table.text('body_hash').notNullable();
    table.text('verification_id').notNullable();
    table.bigInteger('expires_at').notNullable().index();
  });
};
