/** A disk that gets full, and has room again. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import sqlite3 from 'sqlite3';
import type { Db } from '../../src/db/database.ts';

/** Connections to SQLite that this process opened since it came here. */
const connections: sqlite3.Database[] = [];
const { run } = sqlite3.Database.prototype;
sqlite3.Database.prototype.run = function (this: sqlite3.Database, ...args: Parameters<typeof run>) {
  if (!connections.includes(this)) connections.push(this);
  return run.apply(this, args);
} as typeof run;

/**
 * Lets no connection make the database larger than it is by more than so many pages, or as large as it likes. SQLite
 * answers a write that needs another page as it does when the disk is full.
 */
export async function leaveRoom(db: Db, pages: number | 'any'): Promise<void> {
  const [{ page_count: count }] = await db.raw('PRAGMA page_count');
  const most = pages === 'any' ? 4_294_967_294 : count + pages;
  await Promise.all(connections.map((one) => tell(one, `PRAGMA max_page_count = ${most}`)));
}

function tell(connection: sqlite3.Database, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.exec(sql, (error) =>
      error === null || /closed/.test(error.message) ? resolve() : reject(error),
    );
  });
}

/** A small disk of a test's own. */
export interface Disk {
  readonly folder: string;
  /** Takes all the room that is left. */
  readonly fill: () => void;
  /** Gives it back. */
  readonly free: () => void;
}

/** Mounts one of 8 MB, or answers why there can be none: only the system's administrator may. */
export function smallDisk(t: Pick<TestContext, 'after'>): Disk | { readonly missing: string } {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'pipe' });
  } catch {
    rmSync(folder, { recursive: true });
    return { missing: 'a disk can be mounted by the administrator of a Linux system only' };
  }
  t.after(() => {
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true });
  });
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill() {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize));
    },
    free: () => rmSync(ballast),
  };
}
