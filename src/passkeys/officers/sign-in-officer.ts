import type { AuditStore } from '../../audit/store.ts';
import type { OfficerSession } from '../../http/caller.ts';
import type { Mint } from '../../kernel/ids.ts';
import type { Transact } from '../../kernel/transact.ts';
import type { World } from '../../kernel/world.ts';
import type { Vault } from '../../keys/vault.ts';
import type { OfficerStore } from '../../officers/store.ts';
import { wrongCredential } from '../add-passkey.ts';
import { provePasskey, type SignInAsked } from '../prove-passkey.ts';
import type { RelyingParty } from '../relying-party.ts';
import { endReplaced } from '../sessions/end-session.ts';
import { newSession, type SessionHours } from '../sessions/session.ts';
import type { SessionStore } from '../sessions/store.ts';
import type { ChallengeStore, PasskeyStore } from '../store.ts';
import type { SignedIn } from './register-officer-passkey.ts';

interface Stores {
  readonly challenges: ChallengeStore;
  readonly passkeys: PasskeyStore;
  readonly sessions: SessionStore;
  readonly officers: Pick<OfficerStore, 'find'>;
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

/** Signs an officer in, in place of the session that the browser had. It is recorded: what the staff does has to be found later. */
export async function signInOfficer(
  needs: Needs,
  asked: SignInAsked,
  had: OfficerSession | null,
): Promise<SignedIn> {
  const signedIn = await needs.transact(async (stores) => {
    const passkey = await provePasskey(stores, needs, 'officer', asked);
    const officer = passkey && (await stores.officers.find(passkey.owner.officer));

    if (passkey === null || officer === null) return null;
    const begun = newSession(needs, passkey);

    await endReplaced(stores, had);
    await stores.sessions.add(begun.session);
    await stores.audit.record({ action: 'officer.signed_in', actor: officer.id, subject: officer.id });
    return { officer, begun };
  });
  if (signedIn === null) throw wrongCredential();
  return signedIn;
}
