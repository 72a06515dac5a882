import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { Fault, wrongField } from '../kernel/fault.ts';
import type { Id, Mint } from '../kernel/ids.ts';
import type { World } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';
import type { NewCredential } from './check-response.ts';
import { type Owner, type Passkey, sealName } from './passkey.ts';
import { type NewSession, newSession, type SessionHours } from './sessions/session.ts';
import type { SessionStore } from './sessions/store.ts';
import type { PasskeyStore } from './store.ts';

/** A registration as the device answered it. */
export interface RegistrationAsked {
  readonly challengeId: Id<'challenge'>;
  readonly name: string;
  readonly transports: readonly string[];
  readonly response: RegistrationResponseJSON;
}

interface Needs {
  readonly world: World;
  readonly mint: Mint;
  readonly vault: Vault;
  readonly sessionHours: SessionHours;
}

interface Adding {
  readonly owner: Owner;
  readonly credential: NewCredential;
  readonly asked: RegistrationAsked;
}

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

/** Adds a passkey that was proven, with a session of its owner; null if somebody has it already. */
export async function addPasskey(
  { passkeys, sessions }: { readonly passkeys: PasskeyStore; readonly sessions: SessionStore },
  needs: Needs,
  { owner, credential, asked }: Adding,
): Promise<{ readonly passkey: Passkey; readonly begun: NewSession } | null> {
  const id = needs.mint('passkey');
  const passkey: Passkey = {
    ...credential,
    id,
    owner,
    transports: TRANSPORTS.filter((known) => asked.transports.includes(known)),
    sealedName: sealName(needs.vault, id, asked.name),
    createdAt: needs.world.now(),
    lastUsedAt: null,
  };
  const begun = newSession(needs, passkey);
  if (!(await passkeys.add(passkey))) return null;
  await sessions.add(begun.session);
  return { passkey, begun };
}

/** The refusal of a response, or of a challenge, that does not hold: never why. */
export function wrongCredential(): Fault {
  return wrongField(
    '/credential',
    'wrong_credential',
    'The passkey is not known here, or its response does not hold.',
  );
}

/** The refusal of a credential that is registered. */
export function knownCredential(): Fault {
  return new Fault('conflict', 'This passkey is registered already.');
}
