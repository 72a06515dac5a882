import type { Actor } from '../../audit/event.ts';
import type { AuditStore } from '../../audit/store.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Transact } from '../../kernel/transact.ts';
import type { World } from '../../kernel/world.ts';
import { holdTerminal } from './find-terminals.ts';
import type { TerminalStore } from './store.ts';
import { block } from './terminal.ts';

interface Needs {
  readonly transact: Transact<{ terminals: TerminalStore; audit: AuditStore }>;
  readonly world: World;
}

/**
 * Blocks a terminal for good: from now on no key, session or pairing code of it works. Blocking it again changes
 * nothing and is no refusal.
 */
export async function blockTerminal(needs: Needs, id: Id<'terminal'>, actor: Actor): Promise<void> {
  const now = needs.world.now();
  await needs.transact(async ({ terminals, audit }) => {
    const terminal = await holdTerminal({ terminals }, id);

    if (terminal.state === 'blocked') return;

    if (!(await terminals.block(block(terminal, now)))) return;
    await terminals.dropCodes(id, now);
    await audit.record({ action: 'terminal.blocked', actor, subject: id });
  });
}
