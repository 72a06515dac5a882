import type { Migration } from './migration.ts';

export const issuance: Migration = async (db) => {
  await db.schema.createTable('offers', (table) => {
    table.text('id').primary();
    table.text('person_id').notNullable().references('people.id').onDelete('CASCADE').index();
    table.text('state').notNullable();
    table.text('reference_hash').notNullable().unique();
    table.text('code_hash').notNullable().unique();
    table.text('tx_code_mac').notNullable();
    table.integer('tries').notNullable();
    table.text('credentials').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at').notNullable();
  });
  await db.schema.createTable('access_tokens', (table) => {
    table.text('hash').primary();
    table.text('person_id').notNullable().references('people.id').onDelete('CASCADE').index();
    table.text('wallet_id').notNullable().references('wallets.id').onDelete('CASCADE').index();
    table.text('credentials').notNullable();
    table.integer('copies').notNullable();
    table.bigInteger('expires_at').notNullable();
  });
  await db.schema.createTable('used_nonces', (table) => {
    table.text('hash').primary();
    table.bigInteger('expires_at').notNullable().index();
  });
  await db.schema.createTable('notifications', (table) => {
    table.text('hash').primary();
    table.text('wallet_id').notNullable().references('wallets.id').onDelete('CASCADE').index();
    table.bigInteger('expires_at').notNullable().index();
  });
};
