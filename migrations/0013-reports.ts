import type { Migration } from './migration.ts';

export const reports: Migration = async (db) => {
  await db.schema.createTable('reports', (table) => {
    table.text('id').primary();
    table.text('retailer_id').notNullable().references('retailers.id').index();
    table.text('asked').notNullable();
    table.binary('sealed_words');
    table.text('day').notNullable();
  });
};
