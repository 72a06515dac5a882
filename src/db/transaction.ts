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
        return await db.transaction((tx) => work(bind(tx)));
      } catch (thrown) {
        if (attempt === ATTEMPTS || !lostRace(thrown)) throw thrown;
      }
    }
  };
}
