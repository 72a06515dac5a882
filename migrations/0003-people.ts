import type { Migration } from './migration.ts';

export const people: Migration = async (db) => {
  await db.schema.createTable('people', (table) => {
    table.text('id').primary();
    table.text('state').notNullable();
    table.binary('wrapped_key').notNullable();
    table.binary('sealed_record').notNullable();
    table.binary('sealed_portrait');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
  });
  await db.schema.createTable('people_search', (table) => {
    table.text('hash').notNullable();
    table.text('person_id').notNullable().references('people.id').onDelete('CASCADE').index();
    table.primary(['hash', 'person_id']);
  });
  await db.schema.createTable('wallets', (table) => {
    table.text('id').primary();
    table.text('person_id').notNullable().references('people.id').onDelete('CASCADE').index();
    table.text('state').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('locked_at');
  });
};
