import type { Migration } from './migration.ts';

export const keys: Migration = async (db) => {
  await db.schema.createTable('issuer_keys', (table) => {
    table.text('id').primary();
    table.text('purpose').notNullable();
    table.text('state').notNullable();
    table.text('issuer_url').notNullable();
    table.text('public_jwk').notNullable();
    table.binary('sealed_private');
    table.text('certificate');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('retired_at');
  });
  await db.schema.createTable('admin_keys', (table) => {
    table.text('id').primary();
    table.text('hash').notNullable().unique();
    table.text('scopes').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at');
    table.bigInteger('last_used_at');
  });
};
