import type { Migration } from './migration.ts';

export const passes: Migration = async (db) => {
  await db.schema.createTable('pass_keys', (table) => {
    table.text('key_id').primary();
    table.text('claim').notNullable();
    table.integer('days').notNullable();
    table.bigInteger('not_before').notNullable();
    table.bigInteger('ends_at').notNullable();
    table.bigInteger('expires_at').notNullable().index();
    table.binary('spki').notNullable();
    table.binary('sealed_private');
    table.bigInteger('withdrawn_at');
    table.unique(['claim', 'not_before']);
  });
  await db.schema.createTable('pass_directories', (table) => {
    table.text('hash').primary();
    table.bigInteger('published_at').notNullable();
  });
  await db.schema.createTable('pass_quotas', (table) => {
    table.text('scope').primary();
    table.integer('used').notNullable();
    table.bigInteger('expires_at').notNullable().index();
  });
  await db.schema.createTable('pass_requests', (table) => {
    table.text('hash').primary();
    table.bigInteger('expires_at').notNullable().index();
  });
  await db.schema.createTable('spent_passes', (table) => {
    table.text('mark').primary();
    table.bigInteger('kept_until').notNullable().index();
    table.bigInteger('spent_at').notNullable();
    table.text('verification_id');
    table.text('question_hash');
  });
};
