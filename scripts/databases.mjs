// The databases that tests run on: SQLite always, and PostgreSQL on the server that TEST_POSTGRES_URL names or on one that
// is started for the run. Where there is memory to spare they lie in it.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, statfsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from './prepare.mjs';

const SUPPORT = 'test/support/database.ts';

/** Files in memory on Linux, and the bytes that must be free there: far more than tests use, so that nobody goes short. */
const MEMORY = '/dev/shm';
const TO_SPARE = 4 * 2 ** 30;

/**
 * A new folder in memory, or null where that cannot be. Every test makes databases and throws them away, and a disk
 * that others use too takes ten times as long over it. A `TMPDIR` that somebody has set stands.
 */
export function folderInMemory() {
  if (process.env.TMPDIR || !existsSync(MEMORY)) return null;
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < TO_SPARE) return null;
    const folder = mkdtempSync(join(MEMORY, 'counterproof-test-'));
    // As root the PostgreSQL server runs as another user, who has to be able to enter.
    chmodSync(folder, 0o755);
    return folder;
  } catch {
    return null;
  }
}

/** Whether a test file makes databases: whether it imports what does so, however far away. */
export function touchesDatabase(path, seen = new Set()) {
  if (path === SUPPORT) return true;
  if (seen.has(path) || !existsSync(join(root, path))) return false;
  seen.add(path);
  const text = readFileSync(join(root, path), 'utf8');
  const imports = [...text.matchAll(/\bfrom '(\.[^']+\.ts)'/g)].map(([, to]) =>
    relative(root, resolve(root, dirname(path), to)),
  );
  return imports.some((to) => to.startsWith('test/') && touchesDatabase(to, seen));
}

/**
 * A PostgreSQL server: `{ url, stop }`, or `{ missing, stop }` with the reason why there is none. It goes with this
 * process, also if that is killed.
 */
export async function startPostgres() {
  if (process.env.TEST_POSTGRES_URL) return { url: process.env.TEST_POSTGRES_URL, stop: async () => {} };
  // A group of its own keeps the terminal's Ctrl-C away: the server outlives the tests that use it.
  const server = fork(join(root, 'scripts/postgres.mjs'), [], {
    detached: process.platform !== 'win32',
    execArgv: [],
  });
  const stop = async () => {
    if (server.exitCode !== null || !server.connected) return;
    server.disconnect();
    await once(server, 'exit');
  };
  const [said] = await once(server, 'message');
  return { ...said, stop };
}
