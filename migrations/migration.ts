import type { Knex } from 'knex';

/**
 * One step of the tables, forwards. It is never changed once released. Only what SQLite and PostgreSQL both take:
 * instants are whole milliseconds in a big integer, truth is 0 or 1, lists are JSON text, hashes are base64url.
 */
export type Migration = (db: Knex) => Promise<void>;
