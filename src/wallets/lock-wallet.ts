import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import { Fault } from '../kernel/fault.ts';
import type { Id } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { WalletStore } from './store.ts';
import type { Wallet } from './wallet.ts';

/** Where a wallet's credentials and tokens stop. */
export interface WalletBelongings {
  lockWallet(wallet: Id<'wallet'>): Promise<void>;
}

interface Stores {
  readonly wallets: WalletStore;
  readonly copies: WalletBelongings;
  readonly tokens: WalletBelongings;
  readonly audit: AuditStore;
}

/**
 * Locks a wallet for good: its copies become invalid and its tokens stop. Other wallets of the person go on, and no
 * reinstatement of the person revives this one. Locking it again changes nothing.
 */
export async function lockWallet(
  transact: Transact<Stores>,
  id: Id<'wallet'>,
  now: Date,
  actor: Actor,
): Promise<Wallet> {
  return transact(async ({ wallets, copies, tokens, audit }) => {
    const wallet = await wallets.hold(id);
    if (wallet === null) throw new Fault('not_found', 'There is no such wallet.');
    if (wallet.state === 'locked') return wallet;

    await wallets.lock(id, now);
    // Tokens first: copies that are being issued on one are then waited for, and seen.
    await tokens.lockWallet(id);
    await copies.lockWallet(id);
    await audit.record({ action: 'wallet.locked', actor, subject: id });
    return { ...wallet, state: 'locked', lockedAt: now };
  });
}
