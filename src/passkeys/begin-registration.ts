import type { Callers } from '../http/caller.ts';
import { verificationRequired } from '../http/guard.ts';
import { Fault } from '../kernel/fault.ts';
import type { Transact } from '../kernel/transact.ts';
import type { WalletStore } from '../wallets/store.ts';
import { MOST_PASSKEYS, type Passkey } from './passkey.ts';
import {
  type RegistrationNeeds,
  type RegistrationOptions,
  registrationOptions,
} from './registration-options.ts';
import type { ChallengeStore, PasskeyStore } from './store.ts';

interface Stores {
  readonly challenges: ChallengeStore;
  readonly passkeys: PasskeyStore;
  readonly wallets: Pick<WalletStore, 'hold'>;
}

/**
 * Begins to register a passkey of the holder's wallet. `verification_required` where the wallet has one and the
 * holder shows no more than the access token of an offer; `conflict` where it has as many as it may.
 */
export async function beginRegistration(
  needs: RegistrationNeeds & { readonly transact: Transact<Stores> },
  holder: Callers['holder'],
): Promise<RegistrationOptions> {
  return needs.transact(async ({ challenges, passkeys, wallets }) => {
    const owner = { kind: 'holder', wallet: holder.wallet } as const;
    const wallet = await wallets.hold(holder.wallet);
    const has = await passkeys.of(owner);

    if (wallet?.state !== 'active') throw new Fault('unauthenticated', 'The wallet is locked.');
    const refusal = mayRegister(holder, has);
    if (refusal !== null) throw refusal;
    // Nothing personal: it lies with whoever keeps the passkey.
    const label = `Wallet of ${wallet.createdAt.toISOString().slice(0, 10)}`;
    const { challenge, begun } = await registrationOptions(needs, { owner, label, has, invitation: null });

    await challenges.add(challenge);
    return begun;
  });
}

/** Why a holder may register no passkey beside those that the wallet has, or null. */
export function mayRegister({ proof }: Callers['holder'], has: readonly Passkey[]): Fault | null {
  if (proof !== 'fresh' && has.length > 0) return verificationRequired();
  return has.length >= MOST_PASSKEYS ? tooMany() : null;
}

/** The refusal of one passkey more than an owner may have. */
export function tooMany(): Fault {
  return new Fault('conflict', `There are ${MOST_PASSKEYS} passkeys already, which is the most.`);
}
