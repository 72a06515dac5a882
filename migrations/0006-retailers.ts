import type { Migration } from './migration.ts';

export const retailers: Migration = async (db) => {
  await db.schema.createTable('retailers', (table) => {
    table.text('id').primary();
    table.text('name').notNullable();
    table.text('permitted_claims').notNullable();
    table.bigInteger('created_at').notNullable();
  });
  await db.schema.createTable('stores', (table) => {
    table.text('id').primary();
    table.text('retailer_id').notNullable().references('retailers.id').index();
    table.text('name').notNullable();
    table.bigInteger('created_at').notNullable();
  });
  await db.schema.createTable('terminals', (table) => {
    table.text('id').primary();
    table.text('retailer_id').notNullable().references('retailers.id').index();
    table.text('store_id').references('stores.id');
    table.text('name').notNullable();
    table.integer('live').notNullable();
    table.bigInteger('blocked_at');
    table.bigInteger('created_at').notNullable();
  });
  await db.schema.createTable('terminal_keys', (table) => {
    table.text('hash').primary();
    table.text('terminal_id').notNullable().references('terminals.id').index();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at');
    table.bigInteger('last_used_at');
  });
  await db.schema.createTable('pairing_codes', (table) => {
    table.text('mac').primary();
    table.text('terminal_id').notNullable().references('terminals.id').index();
    table.bigInteger('expires_at').notNullable().index();
  });
  await db.schema.createTable('policies', (table) => {
    table.text('id').primary();
    table.text('title').notNullable();
    table.text('claims').notNullable();
    table.text('presenter').notNullable();
    table.text('offline').notNullable();
    table.text('other_proof').notNullable();
    table.text('legal_basis').notNullable();
  });
};
