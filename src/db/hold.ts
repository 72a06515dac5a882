import { type Db, runsSideBySide } from './database.ts';
import { bePatient } from './silence.ts';
import { inTransaction } from './transaction.ts';

/**
 * Lets nobody else change a table until the transaction ends; reading goes on. Single rows are held by a query with
 * `forUpdate()`, which SQLite leaves out, since there a transaction is alone anyway.
 */
export async function holdTable(tx: Db, table: string): Promise<void> {
  if (runsSideBySide(tx)) await tx.raw('lock table ?? in share row exclusive mode', [table]);
}

const LIMITS = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];

/**
 * Runs work of this name in one process at a time, of all that share the database. What the work does on the
 * transaction that it is handed is kept or lost as one; it may take as long as it needs.
 */
export async function oneAtATime<Result>(
  db: Db,
  name: string,
  work: (tx: Db) => Promise<Result>,
): Promise<Result> {
  if (!runsSideBySide(db)) return work(db);
  return inTransaction(db, async (tx) => {
    const connection = await tx.client.acquireConnection();
    bePatient(connection, true);
    try {
      for (const limit of LIMITS) await tx.raw('set local ?? = 0', [limit]);
      await tx.raw('select pg_advisory_xact_lock(hashtext(?))', [`counterproof ${name}`]);
      return await work(tx);
    } finally {
      bePatient(connection, false);
    }
  });
}
