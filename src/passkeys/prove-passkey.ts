import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { AuditStore } from '../audit/store.ts';
import { equalBytes, utf8 } from '../kernel/bytes.ts';
import type { Id } from '../kernel/ids.ts';
import type { World } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';
import { checkAssertion } from './check-response.ts';
import { counterRises, type Owner, type Passkey, userHandle } from './passkey.ts';
import type { RelyingParty } from './relying-party.ts';
import type { ChallengeStore, PasskeyStore } from './store.ts';

/** A sign-in as the device answered it. */
export interface SignInAsked {
  readonly challengeId: Id<'challenge'>;
  readonly response: AuthenticationResponseJSON;
}

interface Stores {
  readonly challenges: ChallengeStore;
  readonly passkeys: PasskeyStore;
  readonly audit: AuditStore;
}

interface Needs {
  readonly world: World;
  readonly vault: Vault;
  readonly rp: RelyingParty;
}

type PasskeyOf<Kind extends Owner['kind']> = Passkey & { readonly owner: Extract<Owner, { kind: Kind }> };

/**
 * The passkey of a holder, or of an officer, that a sign-in proves; null where anything does not hold. The challenge is
 * used up whatever becomes of it. A counter that did not rise, under a good signature, is recorded: there are two
 * copies of that key. Call it in a transaction that is kept also where the answer is null.
 */
export async function provePasskey<Kind extends Owner['kind']>(
  { challenges, passkeys, audit }: Stores,
  { world, vault, rp }: Needs,
  kind: Kind,
  { challengeId, response }: SignInAsked,
): Promise<PasskeyOf<Kind> | null> {
  const now = world.now();
  const purpose = kind === 'holder' ? 'sign_in_holder' : 'sign_in_officer';
  const challenge = await challenges.take(challengeId, purpose, now);
  const passkey = challenge && (await passkeys.byCredential(kind, response.id));
  if (challenge === null || passkey === null || !isOf(kind, passkey)) return null;

  const shown = await checkAssertion({ rp, challenge }, passkey, response);
  const handle = response.response.userHandle ?? '';
  if (shown === null || !equalBytes(utf8(handle), utf8(userHandle(vault, passkey.owner)))) return null;

  const used = counterRises(passkey.counter, shown.counter) && (await passkeys.used(passkey.id, shown, now));
  if (used) return passkey;
  await audit.record({ action: 'passkey.cloned', actor: 'system', subject: subjectOf(passkey) });
  return null;
}

function subjectOf({ owner }: Passkey): Id<'wallet'> | Id<'officer'> {
  return owner.kind === 'holder' ? owner.wallet : owner.officer;
}

function isOf<Kind extends Owner['kind']>(kind: Kind, passkey: Passkey): passkey is PasskeyOf<Kind> {
  return passkey.owner.kind === kind;
}
