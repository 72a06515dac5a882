import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Db, openDatabase } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';

/** A database of the test's own, a file without tables. It is gone when the test has ended. */
export function emptyDatabase(t: TestContext): Db {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  const db = openDatabase(pathToFileURL(join(folder, 'test.sqlite')).href);
  t.after(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });
  return db;
}

/** The same with every table. */
export async function freshDatabase(t: TestContext): Promise<Db> {
  const db = emptyDatabase(t);
  await migrate(db);
  return db;
}
