import type { Migration } from './migration.ts';

export const presentations: Migration = async (db) => {
  await db.schema.createTable('presentations', (table) => {
    table.text('id').primary();
    table.text('ticket_hash').notNullable().unique();
    table.text('secret_hash').notNullable();
    table.text('state').notNullable();
    table.text('copy').index();
    table.binary('sealed_claims');
    table.bigInteger('presented_at').notNullable();
    table.bigInteger('expires_at').notNullable().index();
  });
  await db.schema.createTable('presentation_askings', (table) => {
    table.text('verification_id').primary();
    table.text('presentation_id').notNullable().references('presentations.id').onDelete('CASCADE').index();
    table.text('terminal_id').notNullable();
    table.integer('approved').notNullable();
    table.text('question_hash').notNullable();
    table.binary('sealed_asking').notNullable();
    table.bigInteger('asked_at').notNullable();
  });
};
