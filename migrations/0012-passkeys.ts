import type { Migration } from './migration.ts';

export const passkeys: Migration = async (db) => {
  await db.schema.createTable('officers', (table) => {
    table.text('id').primary();
    table.text('name').notNullable();
    table.text('role').notNullable();
    table.bigInteger('created_at').notNullable();
  });
  await db.schema.createTable('officer_invitations', (table) => {
    table.text('hash').primary();
    table.text('officer_id').notNullable();
    table.text('name').notNullable();
    table.text('role').notNullable();
    table.bigInteger('expires_at').notNullable().index();
  });
  await db.schema.createTable('passkeys', (table) => {
    table.text('id').primary();
    table.text('wallet_id').references('wallets.id').onDelete('CASCADE').index();
    table.text('officer_id').references('officers.id').onDelete('CASCADE').index();
    table.text('credential_id').notNullable().unique();
    table.binary('public_key').notNullable();
    table.bigInteger('counter').notNullable();
    table.text('transports').notNullable();
    table.integer('backed_up').notNullable();
    table.binary('sealed_name').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('last_used_at');
  });
  await db.schema.createTable('passkey_challenges', (table) => {
    table.text('id').primary();
    table.text('hash').notNullable();
    table.text('purpose').notNullable();
    table.text('wallet_id').references('wallets.id').onDelete('CASCADE').index();
    table.text('officer_id');
    table.text('invitation_hash');
    table.bigInteger('expires_at').notNullable().index();
  });
  await db.schema.createTable('sessions', (table) => {
    table.text('id').primary();
    table.text('hash').notNullable().unique();
    table.text('passkey_id').notNullable().references('passkeys.id').onDelete('CASCADE').index();
    table.text('wallet_id').references('wallets.id').onDelete('CASCADE').index();
    table.text('officer_id').references('officers.id').onDelete('CASCADE').index();
    table.bigInteger('verified_at').notNullable();
    table.bigInteger('expires_at').notNullable().index();
  });
  await db.schema.alterTable('wallets', (table) => {
    table.text('lock_code_mac');
    table.unique(['lock_code_mac']);
  });
  // An offer that a wallet asked for takes no transaction code: its tx_code_mac is empty.
  await db.schema.alterTable('offers', (table) => {
    table.text('wallet_id').references('wallets.id').onDelete('CASCADE').index();
    table.integer('refill').notNullable().defaultTo(0);
  });
};
