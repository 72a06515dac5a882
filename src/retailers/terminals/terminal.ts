import type { Id } from '../../kernel/ids.ts';

interface Registered {
  readonly id: Id<'terminal'>;
  readonly retailer: Id<'retailer'>;
  /** Where it stands, if that was said. */
  readonly store: Id<'store'> | null;
  readonly name: string;
  /** A live terminal takes real tokens only, a test terminal test tokens only. It never changes. */
  readonly live: boolean;
  readonly createdAt: Date;
}

/** A terminal that may ask. */
export interface ActiveTerminal extends Registered {
  readonly state: 'active';
}

/** A terminal that may not ask any more. It is for good. */
export interface BlockedTerminal extends Registered {
  readonly state: 'blocked';
  readonly blockedAt: Date;
}

/** Something at a till that asks. */
export type Terminal = ActiveTerminal | BlockedTerminal;

/** The terminal after it was blocked. */
export function block(terminal: ActiveTerminal, now: Date): BlockedTerminal {
  return { ...terminal, state: 'blocked', blockedAt: now };
}
