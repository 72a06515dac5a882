import type { AuditStore } from '../../audit/store.ts';
import { type Fault, wrongField } from '../../kernel/fault.ts';
import type { Transact } from '../../kernel/transact.ts';
import type { World } from '../../kernel/world.ts';
import type { Vault } from '../../keys/vault.ts';
import { findRetailer } from '../find-retailers.ts';
import type { RetailerStore } from '../store.ts';
import { beginSession, type TerminalSession } from './begin-session.ts';
import { pairingMac, readPairingCode } from './pairing-code.ts';
import type { TerminalStore } from './store.ts';
import { pairedLife } from './terminal-key.ts';

interface Needs {
  readonly transact: Transact<{ retailers: RetailerStore; terminals: TerminalStore; audit: AuditStore }>;
  readonly world: World;
  readonly vault: Vault;
  /** How long a browser stays paired that is not used. */
  readonly pairedDays: number;
  /** Counts one guess of somebody; throws `rate_limited` once the allowance is spent. */
  readonly guess: (who: string) => Promise<unknown>;
}

/** Everybody guesses on one account: with one for each address, many addresses would search the 40 bits faster. */
const EVERYBODY = 'everybody';

/**
 * Exchanges a pairing code for a session that lasts as long as it is used. Of several callers at once exactly one
 * succeeds. A code that is wrong, used, replaced or expired is refused in the same words, and each try is counted before the code is looked up.
 */
export async function pairTerminal(needs: Needs, typed: string): Promise<TerminalSession> {
  await needs.guess(EVERYBODY);
  const text = readPairingCode(typed);
  if (text === null) throw wrongCode();

  const now = needs.world.now();
  return needs.transact(async ({ retailers, terminals, audit }) => {
    const id = await terminals.takeCode(pairingMac(text, needs.vault), now);
    const terminal = id && (await terminals.find(id));
    if (terminal?.state !== 'active') throw wrongCode();
    const retailer = await findRetailer({ retailers }, terminal.retailer);

    const life = pairedLife(now, needs.pairedDays);
    const beginning = { terminal, retailerName: retailer.name, life, how: 'terminal.paired' } as const;
    return beginSession({ terminals, audit, world: needs.world }, beginning);
  });
}

function wrongCode(): Fault {
  return wrongField('/pairing_code', 'wrong_code', 'This code is wrong, was used or has expired.');
}
