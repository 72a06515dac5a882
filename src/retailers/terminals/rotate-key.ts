import type { Actor } from '../../audit/event.ts';
import type { AuditStore } from '../../audit/store.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Transact } from '../../kernel/transact.ts';
import type { World } from '../../kernel/world.ts';
import { holdActiveTerminal } from './find-terminals.ts';
import type { TerminalStore } from './store.ts';
import { endOfOverlap, LASTING, newTerminalKey } from './terminal-key.ts';

interface Needs {
  readonly transact: Transact<{ terminals: TerminalStore; audit: AuditStore }>;
  readonly world: World;
}

/** A terminal's new key, which is told this once. */
export interface RotatedKey {
  readonly terminal: Id<'terminal'>;
  readonly key: string;
  /** When the keys before it cease to work, at the latest. */
  readonly olderKeysExpireAt: Date;
}

/** Makes a new key. Older ones work for 24 hours more, so that a till can be told the new one in between. */
export async function rotateKey(needs: Needs, id: Id<'terminal'>, actor: Actor): Promise<RotatedKey> {
  const now = needs.world.now();
  return needs.transact(async ({ terminals, audit }) => {
    const terminal = await holdActiveTerminal({ terminals }, id);

    const { secret, key } = newTerminalKey(terminal, needs.world, LASTING);
    const olderKeysExpireAt = endOfOverlap(now);

    await terminals.dropExpiredKeys(id, now);
    await terminals.endKeys(id, olderKeysExpireAt);
    await terminals.addKey(key);
    await audit.record({ action: 'terminal_key.made', actor, subject: id });
    return { terminal: id, key: secret, olderKeysExpireAt };
  });
}
