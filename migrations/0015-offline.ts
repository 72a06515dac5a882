import type { Migration } from './migration.ts';

export const offline: Migration = async (db) => {
  await db.schema.createTable('offline_verifications', (table) => {
    table.text('terminal_id').notNullable().references('terminals.id');
    table.text('report_id').notNullable();
    table.text('key_id').notNullable();
    table.text('mark').notNullable();
    table.text('outcome').notNullable();
    table.text('reason');
    table.bigInteger('checked_at').notNullable();
    table.bigInteger('reported_at').notNullable().index();
    table.integer('spent_twice').notNullable();
    table.primary(['terminal_id', 'report_id']);
  });
  // Who spent a pass: a till that asked online, got no answer and judged offline sold once and not twice.
  await db.schema.alterTable('spent_passes', (table) => {
    table.text('terminal_id');
  });
};
