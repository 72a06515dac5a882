import knex, { type Knex } from 'knex';
import { QUIET } from './quiet.ts';
import { type Connection, watchSilence } from './silence.ts';

/** Milliseconds for a connection, made or free: whoever waits longer is better told to come back. */
const PATIENCE = 1_200;
/** Milliseconds for a row that somebody else holds: more than the second after which the server looks for deadlocks. */
const ROW = 1_500;
/** Milliseconds for one statement, and for a transaction that does nothing: a process that hangs holds nobody up. */
const STATEMENT = 10_000;
/** Milliseconds without a word after which a connection that nobody uses is asked whether it is still there. */
const IDLE = 10_000;

/**
 * Opens the database of an address: `postgres://user:password@host/name`. Connections are made as they are needed, so
 * many at most, and made anew when the server was away or had fallen silent.
 */
export function openPostgres(url: string, most: number): Knex {
  const connection = {
    connectionString: url,
    application_name: 'counterproof',
    statement_timeout: STATEMENT,
    lock_timeout: ROW,
    idle_in_transaction_session_timeout: STATEMENT,
    connectionTimeoutMillis: PATIENCE,
    keepAlive: true,
    keepAliveInitialDelayMillis: IDLE,
  };
  const watch = watchSilence(() => showsLife(db));
  const db: Knex = knex({
    client: 'pg',
    connection,
    pool: {
      min: 0,
      max: most,
      afterCreate: (connection: Connection, done: (error: null) => void) => {
        watch(connection);
        done(null);
      },
    },
    acquireConnectionTimeout: PATIENCE,
    log: QUIET,
  });
  return db;
}

/** Whether the server says anything to one connection more. A refusal in its own words is a sign of life too. */
async function showsLife({ client }: Knex): Promise<boolean> {
  try {
    const connection = await client.acquireRawConnection();
    void client.destroyRawConnection(connection).catch(() => {});
    return true;
  } catch (thrown) {
    return thrown instanceof Error && 'severity' in thrown;
  }
}
