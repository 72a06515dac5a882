import type { Actor } from '../../audit/event.ts';
import type { AuditStore } from '../../audit/store.ts';
import { wrongField } from '../../kernel/fault.ts';
import type { Id, Mint } from '../../kernel/ids.ts';
import type { Transact } from '../../kernel/transact.ts';
import type { World } from '../../kernel/world.ts';
import type { Vault } from '../../keys/vault.ts';
import { findRetailer } from '../find-retailers.ts';
import type { RetailerStore } from '../store.ts';
import { newPairingCode } from './pairing-code.ts';
import type { TerminalStore } from './store.ts';
import type { ActiveTerminal } from './terminal.ts';
import { LASTING, newTerminalKey } from './terminal-key.ts';

interface Needs {
  readonly transact: Transact<{ retailers: RetailerStore; terminals: TerminalStore; audit: AuditStore }>;
  readonly world: World;
  readonly mint: Mint;
  readonly vault: Vault;
}

/** A terminal as an officer enters it. */
export interface TerminalAsked {
  readonly name: string;
  readonly store: Id<'store'> | null;
  readonly live: boolean;
}

/** A new terminal with its key and a pairing code, which are told this once. */
export interface AddedTerminal {
  readonly terminal: ActiveTerminal;
  readonly key: string;
  readonly pairingCode: string;
  readonly pairingCodeExpiresAt: Date;
}

/** Adds a terminal to a retailer. Refuses a retailer that is not there, and a store that is not the retailer's. */
export async function addTerminal(
  needs: Needs,
  retailer: Id<'retailer'>,
  asked: TerminalAsked,
  actor: Actor,
): Promise<AddedTerminal> {
  return needs.transact(async ({ retailers, terminals, audit }) => {
    await findRetailer({ retailers }, retailer);
    const store = asked.store && (await retailers.findStore(asked.store));

    if (asked.store !== null && store?.retailer !== retailer) {
      throw wrongField('/store_id', 'unknown_store', 'The retailer has no such store.');
    }
    const id = needs.mint('terminal');
    const createdAt = needs.world.now();
    const terminal: ActiveTerminal = { ...asked, id, retailer, createdAt, state: 'active' };
    const { secret, key } = newTerminalKey(terminal, needs.world, LASTING);
    const { text, code } = newPairingCode(id, needs.world, needs.vault);

    await terminals.add(terminal);
    await terminals.addKey(key);
    await terminals.addCode(code);
    await audit.record(
      { action: 'terminal.added', actor, subject: id },
      { action: 'terminal_key.made', actor, subject: id },
    );
    return { terminal, key: secret, pairingCode: text, pairingCodeExpiresAt: code.expiresAt };
  });
}
