import type { Actor } from '../../audit/event.ts';
import type { AuditStore } from '../../audit/store.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Transact } from '../../kernel/transact.ts';
import type { World } from '../../kernel/world.ts';
import type { Vault } from '../../keys/vault.ts';
import { holdActiveTerminal } from './find-terminals.ts';
import { newPairingCode } from './pairing-code.ts';
import type { TerminalStore } from './store.ts';

interface Needs {
  readonly transact: Transact<{ terminals: TerminalStore; audit: AuditStore }>;
  readonly world: World;
  readonly vault: Vault;
}

/** A pairing code of a terminal, which is told this once. */
export interface RenewedCode {
  readonly terminal: Id<'terminal'>;
  readonly pairingCode: string;
  readonly expiresAt: Date;
}

/** Makes a new pairing code; one that was made before and not used stops working. */
export async function renewPairingCode(needs: Needs, id: Id<'terminal'>, actor: Actor): Promise<RenewedCode> {
  return needs.transact(async ({ terminals, audit }) => {
    await holdActiveTerminal({ terminals }, id);

    const { text, code } = newPairingCode(id, needs.world, needs.vault);

    await terminals.dropCodes(id, needs.world.now());
    await terminals.addCode(code);
    await audit.record({ action: 'pairing_code.made', actor, subject: id });
    return { terminal: id, pairingCode: text, expiresAt: code.expiresAt };
  });
}
