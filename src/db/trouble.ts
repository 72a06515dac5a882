/** SQLite: no room, no file, somebody else's lock. */
const SQLITE = [
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
];

/** The network on the way to PostgreSQL. */
const NETWORK = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
];

/** PostgreSQL, by class or whole SQLSTATE: connection, entry, no such database, resources, lock, stopping, disk. */
const SQLSTATE = ['08', '28', '3D000', '53', '55P03', '57P', '57014', '58', '25P03', '25006'];

/** Transactions that got in each other's way; run again, they do not. */
const LOST_RACES = ['40001', '40P01'];

/** What pg, knex and its pool say without a code. Behind a statement it is the end of a message that repeats that. */
const WITHOUT_CODE = [
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'timeout expired',
  'Knex: Timeout acquiring a connection. The pool is probably full. Are you missing a .transacting(trx) call?',
  'Unable to acquire a connection',
  'aborted',
];

/** Whether it was thrown because two transactions met, so that the loser may simply be run again. */
export function lostRace(thrown: unknown): boolean {
  return LOST_RACES.includes(codeOf(thrown) ?? '');
}

/** Whether what was asked of the database fails for everybody at present, whoever asks: running it again would not help. */
export function isAway(thrown: unknown): boolean {
  return troubleOf(thrown) !== null && !lostRace(thrown);
}

/**
 * What is wrong with the database, as a code for the log, if that is why something was thrown: it is away, full,
 * stopping or out of time, and later may be well again. Null for everything else.
 */
export function troubleOf(thrown: unknown): string | null {
  const code = codeOf(thrown);
  if (code !== null) {
    const known =
      SQLITE.includes(code) || NETWORK.includes(code) || SQLSTATE.some((start) => isState(code, start));
    return known || LOST_RACES.includes(code) ? code : null;
  }
  const message = thrown instanceof Error ? thrown.message : '';
  return WITHOUT_CODE.some((said) => message === said || message.endsWith(` - ${said}`))
    ? 'no_connection'
    : null;
}

function codeOf(thrown: unknown): string | null {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : null;
}

function isState(code: string, start: string): boolean {
  return code.length === 5 && code.startsWith(start);
}
