import { openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { opening } from './complain.ts';
import type { Door } from './door.ts';
import { settings } from './settings.ts';

/** Brings the tables up to date and says what that took. */
export async function migrateNow(door: Door): Promise<void> {
  const db = openDatabase(settings(door, false).databaseUrl);
  try {
    const names = await opening(() => migrate(db));
    for (const name of names) door.print(`ran ${name}`);
    door.print(names.length === 0 ? 'The tables were up to date.' : 'The tables are up to date.');
  } finally {
    await db.destroy();
  }
}
