import type { Migration } from './migration.ts';

/** A retailer from before has no web tills: nothing could frame the terminal. */
export const embeddingOrigins: Migration = async (db) => {
  await db.schema.alterTable('retailers', (table) => {
    table.text('embedding_origins').notNullable().defaultTo('[]');
  });
};
