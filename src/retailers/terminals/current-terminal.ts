import type { Callers } from '../../http/caller.ts';
import { Fault } from '../../kernel/fault.ts';
import type { World } from '../../kernel/world.ts';
import type { Retailer, Store } from '../retailer.ts';
import type { RetailerStore } from '../store.ts';
import type { TerminalStore } from './store.ts';
import type { Terminal } from './terminal.ts';

interface Needs {
  readonly terminals: Pick<TerminalStore, 'find' | 'byKey'>;
  readonly retailers: Pick<RetailerStore, 'findStore'>;
  readonly world: World;
}

/** A terminal as it learns of itself. */
export interface CurrentTerminal {
  readonly terminal: Terminal;
  readonly retailer: Pick<Retailer, 'id' | 'name'>;
  readonly store: Store | null;
  /** Whether a paired browser asks; else it is a key. */
  readonly paired: boolean;
  readonly expiresAt: Date | null;
  readonly checkedAt: Date;
}

/** As which terminal somebody calls, and until when. */
export async function currentTerminal(
  { terminals, retailers, world }: Needs,
  caller: Callers['terminal'],
): Promise<CurrentTerminal> {
  const terminal = await terminals.find(caller.terminal);
  const key = await terminals.byKey(caller.key);
  if (terminal === null || key === null) throw new Fault('unauthenticated', 'The session has ended.');
  const store = terminal.store && (await retailers.findStore(terminal.store));
  const retailer = { id: caller.retailer, name: caller.retailerName };
  return { terminal, retailer, store, paired: key.paired, expiresAt: key.expiresAt, checkedAt: world.now() };
}
