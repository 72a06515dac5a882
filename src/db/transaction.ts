import type { Transact } from '../kernel/transact.ts';
import type { Db } from './database.ts';

/** Binds stores to one transaction for each piece of work. */
export function transactOn<Stores>(db: Db, bind: (tx: Db) => Stores): Transact<Stores> {
  return (work) => db.transaction((tx) => work(bind(tx)));
}
