import sqlite3 from 'sqlite3';

/** Another process has the database open. */
export class DatabaseTaken extends Error {
  constructor() {
    super(
      'Another Counterproof process has this database open, and SQLite serves one process only. ' +
        'Stop the other one first, or use PostgreSQL: DATABASE_URL=postgres://…',
    );
    this.name = 'DatabaseTaken';
  }
}

interface Held {
  users: number;
  readonly lock: Promise<sqlite3.Database>;
}

/** Milliseconds that a process which is just stopping is waited for. */
const PATIENCE = 1_000;

/** A process holds a lock once, however many connections it has. */
const held = new Map<string, Held>();

/**
 * Keeps other processes away from a database file until it is let go. The lock is one that the operating system
 * gives on a file beside it and takes back when the process ends, however it ends. Throws `DatabaseTaken`.
 */
export async function holdFile(filename: string): Promise<() => void> {
  const mine = held.get(filename) ?? { users: 0, lock: lockOn(`${filename}.lock`) };
  held.set(filename, mine);
  mine.users += 1;
  const letGo = (): void => {
    mine.users -= 1;
    if (mine.users > 0) return;
    if (held.get(filename) === mine) held.delete(filename);
    mine.lock.then(
      (lock) => lock.close(),
      () => {},
    );
  };
  try {
    await mine.lock;
    return letGo;
  } catch (thrown) {
    letGo();
    throw thrown;
  }
}

/** An empty database that is being written to exclusively, for as long as it is open. */
function lockOn(filename: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const lock = new sqlite3.Database(filename, (error) => {
      if (error) return reject(error);
      lock.exec(`PRAGMA busy_timeout = ${PATIENCE}; BEGIN EXCLUSIVE`, (refused) => {
        if (refused === null) return resolve(lock);
        lock.close();
        reject('code' in refused && refused.code === 'SQLITE_BUSY' ? new DatabaseTaken() : refused);
      });
    });
  });
}
