import type { Migration } from './migration.ts';

export const discountCodes: Migration = async (db) => {
  await db.schema.alterTable('policies', (table) => {
    table.text('discount_code');
  });
};
