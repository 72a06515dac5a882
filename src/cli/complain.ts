import { DatabaseTaken } from '../db/sqlite-lock.ts';
import { troubleOf } from '../db/trouble.ts';
import { CannotOpen } from '../keys/vault.ts';
import { PackError } from '../retailers/policies/pack-files.ts';
import { Complaint } from './door.ts';

/** Does work that opens the database. A database that does not open is a complaint, and no bug. */
export async function opening<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof DatabaseTaken) throw new Complaint(thrown.message);
    if (thrown instanceof CannotOpen)
      throw new Complaint('MASTER_KEY_FILE does not hold the master key of this database.');
    if (thrown instanceof PackError) throw new Complaint(`POLICY_PACK has problems:\n${thrown.message}`);
    const trouble = troubleOf(thrown);
    if (trouble === null) throw thrown;
    throw new Complaint(`The database of DATABASE_URL does not open (${trouble}).`);
  }
}
