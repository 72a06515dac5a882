import knex, { type Knex } from 'knex';
import { QUIET } from './quiet.ts';

/** Milliseconds for a connection, made or free: whoever waits longer is better told to come back. */
const PATIENCE = 1_500;
/** Milliseconds for one statement, and for a transaction that does nothing: a process that hangs holds nobody up. */
const STATEMENT = 10_000;

/**
 * Opens the database of an address: `postgres://user:password@host/name`. Connections are made as they are needed, so
 * many at most, and made anew when the server was away.
 */
export function openPostgres(url: string, most: number): Knex {
  return knex({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: 'counterproof',
      statement_timeout: STATEMENT,
      idle_in_transaction_session_timeout: STATEMENT,
      connectionTimeoutMillis: PATIENCE,
      keepAlive: true,
    },
    pool: { min: 0, max: most },
    acquireConnectionTimeout: PATIENCE,
    log: QUIET,
  });
}
