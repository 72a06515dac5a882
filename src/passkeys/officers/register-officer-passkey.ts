import type { AuditStore } from '../../audit/store.ts';
import type { OfficerSession } from '../../http/caller.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Mint } from '../../kernel/ids.ts';
import type { Transact } from '../../kernel/transact.ts';
import type { World } from '../../kernel/world.ts';
import type { Vault } from '../../keys/vault.ts';
import type { Officer } from '../../officers/officer.ts';
import type { OfficerStore, RecoveryCodeStore } from '../../officers/store.ts';
import { addPasskey, knownCredential, type RegistrationAsked, wrongCredential } from '../add-passkey.ts';
import type { Challenge } from '../challenge.ts';
import { checkRegistration } from '../check-response.ts';
import type { RelyingParty } from '../relying-party.ts';
import { endReplaced } from '../sessions/end-session.ts';
import type { NewSession, SessionHours } from '../sessions/session.ts';
import type { SessionStore } from '../sessions/store.ts';
import type { ChallengeStore, PasskeyStore } from '../store.ts';

interface Stores {
  readonly challenges: ChallengeStore;
  readonly passkeys: PasskeyStore;
  readonly sessions: SessionStore;
  readonly officers: OfficerStore;
  readonly recoveryCodes: Pick<RecoveryCodeStore, 'take'>;
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

/** An officer who signed in. */
export interface SignedIn {
  readonly officer: Officer;
  readonly begun: NewSession;
}

/**
 * Registers a passkey of an officer and begins a session, in place of the one that the browser had. The first one makes somebody who was invited an officer: of
 * several callers at once with one set-up link, or one recovery code, exactly one succeeds. The challenge tells whose it is, since only
 * whoever showed the link or a fresh session got it.
 */
export async function registerOfficerPasskey(
  needs: Needs,
  asked: RegistrationAsked,
  had: OfficerSession | null,
): Promise<SignedIn> {
  const { world, rp } = needs;
  const done = await needs.transact(async (stores): Promise<SignedIn | Fault> => {
    const challenge = await stores.challenges.take(asked.challengeId, 'register_officer', world.now());
    const credential = challenge && (await checkRegistration({ rp, challenge }, asked.response));
    if (challenge === null || credential === null) return wrongCredential();
    const officer = await officerOf(stores, challenge, world.now());
    if (officer === null) return wrongCredential();

    const owner = { kind: 'officer', officer: officer.id } as const;
    const added = await addPasskey(stores, needs, { owner, credential, asked });
    // Thrown, so that an invitation that was taken is still there.
    if (added === null) throw knownCredential();
    await endReplaced(stores, had);
    await stores.audit.record({ action: 'passkey.added', actor: officer.id, subject: officer.id });
    return { officer, begun: added.begun };
  });
  if (done instanceof Fault) throw done;
  return done;
}

/**
 * Whose passkey it will be: whoever takes the invitation becomes an officer now. A recovery code is used up, and ends every
 * session of its officer: the device with the passkey may be in other hands.
 */
async function officerOf(
  stores: Stores,
  { owner, invitation }: Challenge,
  now: Date,
): Promise<Officer | null> {
  if (owner?.kind !== 'officer') return null;
  const { officers, recoveryCodes, sessions, audit } = stores;
  if (invitation === null) return officers.find(owner.officer);
  if (await recoveryCodes.take(invitation, owner.officer)) {
    await sessions.endAll({ officer: owner.officer });
    await audit.record({ action: 'officer.recovered', actor: owner.officer, subject: owner.officer });
    return officers.find(owner.officer);
  }
  const taken = await officers.takeInvitation(invitation, now);
  if (taken === null) return null;
  const { officer } = taken;
  await officers.add(officer, now);
  await audit.record({
    action: 'officer.set_up',
    actor: officer.id,
    subject: officer.id,
    code: officer.role,
  });
  return officer;
}
