import type { AuditStore } from '../../audit/store.ts';
import type { World } from '../../kernel/world.ts';
import type { TerminalStore } from './store.ts';
import type { ActiveTerminal } from './terminal.ts';
import { newTerminalKey, type SessionLife } from './terminal-key.ts';

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

/** For whom a session begins, for how long, and how it came to that. */
interface Beginning {
  readonly terminal: ActiveTerminal;
  readonly retailerName: string;
  readonly life: SessionLife;
  readonly how: 'terminal.paired' | 'terminal.embedded';
}

/** Begins a session, in the transaction of the stores. */
export async function beginSession(
  { terminals, audit, world }: Needs,
  { terminal, retailerName, life, how }: Beginning,
): Promise<TerminalSession> {
  const { secret, key } = newTerminalKey(terminal, world, life);

  await terminals.dropExpiredKeys(terminal.id, world.now());
  await terminals.addKey(key);
  await audit.record({ action: how, actor: terminal.id, subject: terminal.id });
  return { terminal, retailerName, token: secret, expiresAt: life.expiresAt };
}
