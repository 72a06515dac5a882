import type { AuditStore } from '../audit/store.ts';
import type { Callers } from '../http/caller.ts';
import { Fault } from '../kernel/fault.ts';
import type { Mint } from '../kernel/ids.ts';
import type { Transact } from '../kernel/transact.ts';
import type { World } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';
import { newLockCode } from '../wallets/lock-code.ts';
import type { WalletStore } from '../wallets/store.ts';
import { addPasskey, knownCredential, type RegistrationAsked, wrongCredential } from './add-passkey.ts';
import { mayRegister } from './begin-registration.ts';
import { checkRegistration } from './check-response.ts';
import type { Passkey } from './passkey.ts';
import type { RelyingParty } from './relying-party.ts';
import type { NewSession, SessionHours } from './sessions/session.ts';
import type { SessionStore } from './sessions/store.ts';
import type { ChallengeStore, PasskeyStore } from './store.ts';

interface Stores {
  readonly challenges: ChallengeStore;
  readonly passkeys: PasskeyStore;
  readonly sessions: SessionStore;
  readonly wallets: Pick<WalletStore, 'hold' | 'giveLockCode'>;
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

/** A registered passkey with a session, and the wallet's lock code if this was its first. */
export interface RegisteredPasskey {
  readonly passkey: Passkey;
  readonly begun: NewSession;
  readonly lockCode: string | null;
}

/**
 * Registers a passkey of the holder's wallet and begins a session. The challenge is used up whatever becomes of it.
 * Of several callers at once with the access token of an offer exactly one registers the first passkey; the others
 * get `verification_required`.
 */
export async function registerPasskey(
  needs: Needs,
  holder: Callers['holder'],
  asked: RegistrationAsked,
): Promise<RegisteredPasskey> {
  const { world, vault, rp } = needs;
  const owner = { kind: 'holder', wallet: holder.wallet } as const;
  const done = await needs.transact(async (stores): Promise<RegisteredPasskey | Fault> => {
    const challenge = await stores.challenges.take(asked.challengeId, 'register_holder', world.now());
    const wallet = await stores.wallets.hold(holder.wallet);
    const has = await stores.passkeys.of(owner);

    const mine = challenge?.owner?.kind === 'holder' && challenge.owner.wallet === holder.wallet;
    if (!mine || wallet?.state !== 'active') return wrongCredential();
    const refusal = mayRegister(holder, has);
    if (refusal !== null) return refusal;
    const credential = await checkRegistration({ rp, challenge }, asked.response);
    if (credential === null) return wrongCredential();

    const added = await addPasskey(stores, needs, { owner, credential, asked });
    if (added === null) return knownCredential();
    const lockCode = newLockCode(world.random, vault);
    const first = await stores.wallets.giveLockCode(holder.wallet, lockCode.mac);
    await stores.audit.record({ action: 'passkey.added', actor: 'wallet', subject: holder.wallet });
    return { ...added, lockCode: first ? lockCode.text : null };
  });
  if (done instanceof Fault) throw done;
  return done;
}
