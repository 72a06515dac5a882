import { rateLimit } from '../http/rate-limit.ts';
import { Fault } from '../kernel/fault.ts';
import { beginRegistration } from '../passkeys/begin-registration.ts';
import { beginSignIn } from '../passkeys/begin-sign-in.ts';
import { beginOfficerRegistration } from '../passkeys/officers/begin-officer-registration.ts';
import { registerOfficerPasskey } from '../passkeys/officers/register-officer-passkey.ts';
import { removeOfficerPasskey } from '../passkeys/officers/remove-officer-passkey.ts';
import type { OfficerVerbs } from '../passkeys/officers/routes.ts';
import { signInOfficer } from '../passkeys/officers/sign-in-officer.ts';
import { openName, type Passkey } from '../passkeys/passkey.ts';
import { registerPasskey } from '../passkeys/register-passkey.ts';
import { removePasskey } from '../passkeys/remove-passkey.ts';
import type { NamedPasskey, PasskeyVerbs } from '../passkeys/routes.ts';
import { endSession, whoseOf } from '../passkeys/sessions/end-session.ts';
import type { SessionVerbs } from '../passkeys/sessions/routes.ts';
import { signIn } from '../passkeys/sessions/sign-in.ts';
import type { Ground } from './ground.ts';

export function bindPasskeys(
  ground: Ground,
): PasskeyVerbs & { sessions: SessionVerbs; officers: OfficerVerbs } {
  const { stores, transact } = ground;
  const needs = { ...ground, ...stores };
  return {
    beginRegistration: (holder) => beginRegistration(ground, holder),
    register: (holder, asked) => registerPasskey(ground, holder, asked),
    async list(wallet, asked) {
      const { rows, hasMore } = await stores.passkeys.page({ kind: 'holder', wallet }, asked);
      return { rows: rows.map((passkey) => named(ground, passkey)), hasMore };
    },
    remove: (wallet, id) => removePasskey(transact, wallet, id),
    beginSignIn: () => beginSignIn(needs, 'holder'),
    sessions: bindSessions(ground),
    officers: bindOfficers(ground),
  };
}

function named({ vault }: Pick<Ground, 'vault'>, passkey: Passkey): NamedPasskey {
  return { ...passkey, name: openName(vault, passkey) };
}

function bindSessions(ground: Ground): SessionVerbs {
  const { config, stores, transact, world } = ground;
  const idle = config.officerIdleMinutes * 60_000;
  return {
    signIn: (asked) => signIn(ground, asked),
    list: (caller, asked) => stores.sessions.page(whoseOf(caller), asked, { now: world.now(), idle }),
    end: (caller, id) => endSession(transact, caller, id),
  };
}

/** Tries of recovery codes a second, of all callers together. */
const RECOVERY_RATE = 2;

function bindOfficers(ground: Ground): OfficerVerbs {
  const { stores, transact, world } = ground;
  const needs = { ...ground, ...stores, guess: rateLimit('recovery code', RECOVERY_RATE) };
  return {
    beginRegistration: (proof) => beginOfficerRegistration(needs, proof),
    register: (asked, had) => registerOfficerPasskey(ground, asked, had),
    async passkeys(officer) {
      const has = await stores.passkeys.of({ kind: 'officer', officer });
      return has.map((passkey) => named(ground, passkey)).reverse();
    },
    removePasskey: (officer, id) => removeOfficerPasskey(transact, officer, id),
    beginSignIn: () => beginSignIn(needs, 'officer'),
    signIn: (asked, had) => signInOfficer(ground, asked, had),
    async find(id) {
      const officer = await stores.officers.find(id);
      if (officer === null) throw new Fault('unauthenticated', 'There is no such officer any more.');
      return officer;
    },
    end: (caller, id) => endSession(transact, caller, id),
    now: world.now,
  };
}
