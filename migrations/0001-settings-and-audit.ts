import type { Migration } from './migration.ts';

export const settingsAndAudit: Migration = async (db) => {
  await db.schema.createTable('settings', (table) => {
    table.text('name').primary();
    table.text('value').notNullable();
  });
  await db.schema.createTable('audit_events', (table) => {
    table.text('id').primary();
    table.bigInteger('at').notNullable();
    table.text('actor').notNullable();
    table.text('action').notNullable();
    table.text('subject').notNullable();
    table.text('code');
  });
};
