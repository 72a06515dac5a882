import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import { Fault, wrongField } from '../kernel/fault.ts';
import type { Id } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';
import { readLockCode } from './lock-code.ts';
import type { WalletStore } from './store.ts';
import type { Wallet } from './wallet.ts';

/** Where something of a wallet's stops when it is locked. */
export interface WalletBelongings {
  lockWallet(wallet: Id<'wallet'>): Promise<void>;
}

interface Stores {
  readonly wallets: WalletStore;
  readonly copies: WalletBelongings;
  readonly tokens: WalletBelongings;
  readonly offers: WalletBelongings;
  readonly sessions: WalletBelongings;
  readonly passkeys: WalletBelongings;
  readonly audit: AuditStore;
}

interface Needs {
  readonly transact: Transact<Stores>;
  readonly world: World;
}

/**
 * Locks a wallet for good: its copies become invalid, its tokens and sessions stop, and its passkeys and offers are
 * gone. Other wallets of the person go on, and no reinstatement of the person revives this one. Locking it again
 * changes nothing. `not_found` if it is not there, or not the person's, where a holder asks.
 */
export async function lockWallet(
  { transact, world }: Needs,
  id: Id<'wallet'>,
  actor: Actor,
  person: Id<'person'> | null = null,
): Promise<Wallet> {
  return transact(async (stores) => {
    const wallet = await stores.wallets.hold(id);
    if (wallet === null || (person !== null && wallet.person !== person)) {
      throw new Fault('not_found', 'There is no such wallet.');
    }
    return lockHeld(stores, wallet, world.now(), actor);
  });
}

interface ByCode extends Needs {
  readonly vault: Vault;
  /** Counts one guess of somebody; throws `rate_limited` once the allowance is spent. */
  readonly guess: (who: string) => Promise<unknown>;
}

/** Everybody guesses on one account: with one for each address, many addresses would search faster. */
const EVERYBODY = 'everybody';

/**
 * Locks the wallet that a lock code belongs to, whoever has it. The same code again changes nothing. A code of no
 * wallet is `invalid_request`, and each try is counted before the code is looked up.
 */
export async function lockByCode(needs: ByCode, typed: string): Promise<void> {
  await needs.guess(EVERYBODY);
  const mac = readLockCode(typed, needs.vault);
  if (mac === null) throw wrongCode();

  await needs.transact(async (stores) => {
    const id = await stores.wallets.byLockCode(mac);
    const wallet = id && (await stores.wallets.hold(id));
    if (wallet === null) throw wrongCode();

    await lockHeld(stores, wallet, needs.world.now(), 'wallet');
  });
}

async function lockHeld(stores: Stores, wallet: Wallet, now: Date, actor: Actor): Promise<Wallet> {
  if (wallet.state === 'locked') return wallet;
  const { id } = wallet;
  await stores.wallets.lock(id, now);
  // Tokens first: copies that are being issued on one are then waited for, and seen.
  for (const where of ['tokens', 'offers', 'sessions', 'passkeys', 'copies'] as const) {
    await stores[where].lockWallet(id);
  }
  await stores.audit.record({ action: 'wallet.locked', actor, subject: id });
  return { ...wallet, state: 'locked', lockedAt: now };
}

function wrongCode(): Fault {
  return wrongField('/lock_code', 'wrong_code', 'This is the lock code of no wallet.');
}
