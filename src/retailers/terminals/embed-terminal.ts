import type { AuditStore } from '../../audit/store.ts';
import type { Callers } from '../../http/caller.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Transact } from '../../kernel/transact.ts';
import type { World } from '../../kernel/world.ts';
import { findRetailer } from '../find-retailers.ts';
import type { RetailerStore } from '../store.ts';
import { beginSession, type TerminalSession } from './begin-session.ts';
import type { TerminalStore } from './store.ts';
import { embeddedLife } from './terminal-key.ts';

interface Needs {
  readonly transact: Transact<{ retailers: RetailerStore; terminals: TerminalStore; audit: AuditStore }>;
  readonly world: World;
}

/**
 * Gives the software of a web till a session of 12 hours for the page that it frames, so that the terminal's key stays
 * where that software runs. `forbidden` to a session, which would otherwise outlive itself; `conflict` where no web
 * till of the retailer is registered, whose page could use it.
 */
export async function embedTerminal(
  { transact, world }: Needs,
  caller: Callers['terminal'],
): Promise<TerminalSession> {
  return transact(async ({ retailers, terminals, audit }) => {
    const key = await terminals.byKey(caller.key);
    const terminal = await terminals.find(caller.terminal);
    const retailer = await findRetailer({ retailers }, caller.retailer);

    if (key === null || terminal?.state !== 'active')
      throw new Fault('unauthenticated', 'The key has ended.');
    if (key.paired)
      throw new Fault('forbidden', "A session makes no sessions: this takes the terminal's key.");
    if (retailer.origins.length === 0) {
      throw new Fault('conflict', 'No web till of this retailer is registered (embedding_origins).');
    }

    const life = embeddedLife(world.now());
    const beginning = { terminal, retailerName: retailer.name, life, how: 'terminal.embedded' } as const;
    return beginSession({ terminals, audit, world }, beginning);
  });
}
