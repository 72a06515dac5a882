import type { Transact } from '../kernel/transact.ts';
import type { Db } from './database.ts';
import { lostRace } from './trouble.ts';

/** How often work is begun before it is given up, if others get in its way. */
const ATTEMPTS = 4;

/** Binds stores to one transaction for each piece of work. Work that got in another's way is run again. */
export function transactOn<Stores>(db: Db, bind: (tx: Db) => Stores): Transact<Stores> {
  return async (work) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await inTransaction(db, (tx) => work(bind(tx)));
      } catch (thrown) {
        if (attempt === ATTEMPTS || !lostRace(thrown)) throw thrown;
      }
    }
  };
}

/**
 * Runs work in one transaction, of which all is kept or nothing. What the work throws is thrown, also where the
 * database has ended the transaction by itself, as it does when its disk is full, and then refuses to roll it back.
 */
export async function inTransaction<Result>(db: Db, work: (tx: Db) => Promise<Result>): Promise<Result> {
  const failed: unknown[] = [];
  try {
    return await db.transaction((tx) =>
      work(tx).catch((thrown) => {
        failed.push(thrown);
        throw thrown;
      }),
    );
  } catch (thrown) {
    throw failed.length > 0 ? failed[0] : thrown;
  }
}
