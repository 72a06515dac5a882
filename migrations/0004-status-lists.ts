import type { Migration } from './migration.ts';

export const statusLists: Migration = async (db) => {
  await db.schema.createTable('status_lists', (table) => {
    table.text('id').primary();
    table.text('issuer_key').notNullable().references('issuer_keys.id');
    table.integer('size').notNullable();
    table.integer('used').notNullable();
    table.integer('version').notNullable();
  });
  await db.schema.createTable('status_entries', (table) => {
    table.text('list_id').notNullable().references('status_lists.id');
    table.integer('idx').notNullable();
    table.integer('status').notNullable();
    table.text('credential').notNullable();
    table.text('invalid_from');
    table.bigInteger('expires_at').notNullable();
    table.text('person_id').index();
    table.text('wallet_id').index();
    table.primary(['list_id', 'idx']);
    table.index(['list_id', 'status']);
    table.index(['list_id', 'invalid_from']);
  });
};
