import type { Id } from '../../kernel/ids.ts';
import type { World } from '../../kernel/world.ts';
import { makeApiKey } from '../../keys/api-key.ts';
import { hash } from '../../keys/hash.ts';
import type { ActiveTerminal } from './terminal.ts';

const HOUR = 3_600_000;
/** For so long after a rotation the keys before it still work. */
const OVERLAP = 24 * HOUR;
/** For so long a browser stays paired with its terminal. */
const SESSION = 12 * HOUR;

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
}

/** A fresh key of a terminal: what the terminal is told once, and what is kept. */
export function newTerminalKey(
  { id, live }: ActiveTerminal,
  { now, random }: World,
  { expiresAt, paired }: Pick<TerminalKey, 'expiresAt' | 'paired'>,
): { readonly secret: string; readonly key: TerminalKey } {
  const secret = makeApiKey(live ? 'live' : 'test', random);
  return { secret, key: { hash: hash(secret), terminal: id, createdAt: now(), paired, expiresAt } };
}

/** What a terminal is given to keep: it works until it is replaced. */
export const LASTING = { expiresAt: null, paired: false } as const;

/** When the keys before a rotation cease to work. */
export function endOfOverlap(now: Date): Date {
  return new Date(now.getTime() + OVERLAP);
}

/** When a session that begins now ends. */
export function endOfSession(now: Date): Date {
  return new Date(now.getTime() + SESSION);
}
