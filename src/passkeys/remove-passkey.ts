import type { AuditStore } from '../audit/store.ts';
import { Fault } from '../kernel/fault.ts';
import type { Id } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { WalletStore } from '../wallets/store.ts';
import type { Owner } from './passkey.ts';
import type { PasskeyStore } from './store.ts';

interface Stores {
  readonly passkeys: PasskeyStore;
  readonly wallets: Pick<WalletStore, 'hold'>;
  readonly audit: AuditStore;
}

/**
 * Removes a passkey of a wallet, and the sessions that began with it. `not_found` if the wallet has no such passkey;
 * `conflict` for its last one, also of several callers at once: nobody could sign in to the wallet any more.
 */
export async function removePasskey(
  transact: Transact<Stores>,
  wallet: Id<'wallet'>,
  id: Id<'passkey'>,
): Promise<void> {
  await transact(async ({ passkeys, wallets, audit }) => {
    await wallets.hold(wallet);
    await removeButLast(passkeys, { kind: 'holder', wallet }, id);
    await audit.record({ action: 'passkey.removed', actor: 'wallet', subject: wallet });
  });
}

/** Removes a passkey of an owner whose row is held, and the sessions that began with it. Refuses as above. */
export async function removeButLast(
  passkeys: Pick<PasskeyStore, 'of' | 'remove'>,
  owner: Owner,
  id: Id<'passkey'>,
): Promise<void> {
  const has = await passkeys.of(owner);

  if (!has.some((passkey) => passkey.id === id)) throw new Fault('not_found', 'You have no such passkey.');
  if (has.length === 1) {
    throw new Fault(
      'conflict',
      'This is the last passkey, without which nobody could sign in. Add another first.',
    );
  }

  await passkeys.remove(id);
}
