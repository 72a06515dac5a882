import type { AuditStore } from '../../audit/store.ts';
import type { Id, Mint } from '../../kernel/ids.ts';
import type { Transact } from '../../kernel/transact.ts';
import type { World } from '../../kernel/world.ts';
import type { Vault } from '../../keys/vault.ts';
import type { WalletStore } from '../../wallets/store.ts';
import { wrongCredential } from '../add-passkey.ts';
import { provePasskey, type SignInAsked } from '../prove-passkey.ts';
import type { RelyingParty } from '../relying-party.ts';
import type { ChallengeStore, PasskeyStore } from '../store.ts';
import { type NewSession, newSession, type SessionHours } from './session.ts';
import type { SessionStore } from './store.ts';

interface Stores {
  readonly challenges: ChallengeStore;
  readonly passkeys: PasskeyStore;
  readonly sessions: SessionStore;
  readonly wallets: Pick<WalletStore, 'hold'>;
  readonly audit: AuditStore;
}

interface Needs {
  readonly transact: Transact<Stores>;
  readonly world: World;
  readonly mint: Mint;
  readonly vault: Vault;
  readonly rp: RelyingParty;
  readonly sessionHours: SessionHours;
}

/** A holder's new session, and the wallet that it belongs to. */
export interface BegunSession {
  readonly begun: NewSession;
  readonly wallet: Id<'wallet'>;
}

/**
 * Signs a holder in: a session of the wallet that the passkey belongs to, on whichever device it was used. Sign-ins
 * of holders are not recorded, since the log would tell when somebody was at their phone.
 */
export async function signIn(needs: Needs, asked: SignInAsked): Promise<BegunSession> {
  const signedIn = await needs.transact(async (stores) => {
    const passkey = await provePasskey(stores, needs, 'holder', asked);
    const wallet = passkey && (await stores.wallets.hold(passkey.owner.wallet));

    if (passkey === null || wallet?.state !== 'active') return null;
    const made = newSession(needs, passkey);

    await stores.sessions.add(made.session);
    return { begun: made, wallet: wallet.id };
  });
  if (signedIn === null) throw wrongCredential();
  return signedIn;
}
