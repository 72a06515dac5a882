import type { AuditStore } from '../../audit/store.ts';
import type { World } from '../../kernel/world.ts';
import type { TerminalStore } from './store.ts';
import type { ActiveTerminal } from './terminal.ts';
import { endOfSession, newTerminalKey } from './terminal-key.ts';

/** A browser's session as a terminal. Its token is a key of the terminal's and is told this once. */
export interface TerminalSession {
  readonly terminal: ActiveTerminal;
  readonly retailerName: string;
  readonly token: string;
  readonly expiresAt: Date;
}

interface Needs {
  readonly terminals: TerminalStore;
  readonly audit: AuditStore;
  readonly world: World;
}

/** For whom a session begins, and how it came to that. */
interface Beginning {
  readonly terminal: ActiveTerminal;
  readonly retailerName: string;
  readonly how: 'terminal.paired' | 'terminal.embedded';
}

/** Begins a session of 12 hours, in the transaction of the stores. */
export async function beginSession(
  { terminals, audit, world }: Needs,
  { terminal, retailerName, how }: Beginning,
): Promise<TerminalSession> {
  const now = world.now();
  const expiresAt = endOfSession(now);
  const { secret, key } = newTerminalKey(terminal, world, { expiresAt, paired: true });

  await terminals.dropExpiredKeys(terminal.id, now);
  await terminals.addKey(key);
  await audit.record({ action: how, actor: terminal.id, subject: terminal.id });
  return { terminal, retailerName, token: secret, expiresAt };
}
