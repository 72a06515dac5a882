import type { Page, PageAsked } from '../../db/page.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Id } from '../../kernel/ids.ts';
import { findRetailer } from '../find-retailers.ts';
import type { RetailerStore } from '../store.ts';
import type { TerminalStore } from './store.ts';
import type { ActiveTerminal, Terminal } from './terminal.ts';

interface Needs {
  readonly retailers: RetailerStore;
  readonly terminals: TerminalStore;
}

/** A part of a retailer's terminals, the newest first; `not_found` if the retailer's id is nobody's. */
export async function listTerminals(
  { retailers, terminals }: Needs,
  retailer: Id<'retailer'>,
  asked: PageAsked,
): Promise<Page<Terminal>> {
  await findRetailer({ retailers }, retailer);
  return terminals.page(retailer, asked);
}

/** One terminal, blocked or not, held for a change; `not_found` if the id is no terminal's. */
export async function holdTerminal(
  { terminals }: Pick<Needs, 'terminals'>,
  id: Id<'terminal'>,
): Promise<Terminal> {
  const terminal = await terminals.hold(id);
  if (terminal === null) throw new Fault('not_found', 'There is no such terminal.');
  return terminal;
}

/** One terminal that may ask, held for a change; `conflict` if it is blocked. */
export async function holdActiveTerminal(
  needs: Pick<Needs, 'terminals'>,
  id: Id<'terminal'>,
): Promise<ActiveTerminal> {
  const terminal = await holdTerminal(needs, id);
  if (terminal.state === 'blocked') {
    throw new Fault('conflict', 'The terminal is blocked, and that is for good.');
  }
  return terminal;
}
