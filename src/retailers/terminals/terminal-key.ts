import type { Id } from '../../kernel/ids.ts';
import type { World } from '../../kernel/world.ts';
import { makeApiKey } from '../../keys/api-key.ts';
import { hash } from '../../keys/hash.ts';
import type { ActiveTerminal } from './terminal.ts';

const HOUR = 3_600_000;
/** For so long after a rotation the keys before it still work. */
const OVERLAP = 24 * HOUR;
/** For so long the page of a web till has a session, whose software begins the next one. */
const EMBEDDED_SESSION = 12 * HOUR;
const DAY = 24 * HOUR;

/** A terminal's key as it is kept: the key itself is known to the terminal only. */
export interface TerminalKey {
  /** SHA-256 of the key. */
  readonly hash: string;
  readonly terminal: Id<'terminal'>;
  readonly createdAt: Date;
  /** Whether it is the session of a paired browser, which that browser may end. */
  readonly paired: boolean;
  /** From then on it does not work; null for no such day. */
  readonly expiresAt: Date | null;
  /** Milliseconds that it works on after each use; null where the end stands. */
  readonly lastsFromUse: number | null;
}

/** Who has a key, and how long it works. */
export type KeyLife = Pick<TerminalKey, 'paired' | 'expiresAt' | 'lastsFromUse'>;

/** The same of a session, which has an end. */
export type SessionLife = KeyLife & { readonly expiresAt: Date };

/** A fresh key of a terminal: what the terminal is told once, and what is kept. */
export function newTerminalKey(
  { id, live }: ActiveTerminal,
  { now, random }: World,
  life: KeyLife,
): { readonly secret: string; readonly key: TerminalKey } {
  const secret = makeApiKey(live ? 'live' : 'test', random);
  return { secret, key: { hash: hash(secret), terminal: id, createdAt: now(), ...life } };
}

/** What a terminal is given to keep: it works until it is replaced. */
export const LASTING: KeyLife = { paired: false, expiresAt: null, lastsFromUse: null };

/** When the keys before a rotation cease to work. */
export function endOfOverlap(now: Date): Date {
  return new Date(now.getTime() + OVERLAP);
}

/** The session of a browser that was paired: it ends so many days after its last use. */
export function pairedLife(now: Date, days: number): SessionLife {
  const lastsFromUse = days * DAY;
  return { paired: true, expiresAt: new Date(now.getTime() + lastsFromUse), lastsFromUse };
}

/** The session of a web till's page. */
export function embeddedLife(now: Date): SessionLife {
  return { paired: true, expiresAt: new Date(now.getTime() + EMBEDDED_SESSION), lastsFromUse: null };
}
