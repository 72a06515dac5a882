import { generateRegistrationOptions } from '@simplewebauthn/server';
import { fromBase64url } from '../kernel/bytes.ts';
import type { Id, Mint } from '../kernel/ids.ts';
import type { World } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';
import { CHALLENGE_LIFETIME, type Challenge, newChallenge } from './challenge.ts';
import { ALGORITHMS } from './check-response.ts';
import { type Owner, type Passkey, userHandle } from './passkey.ts';
import type { RelyingParty } from './relying-party.ts';

export interface RegistrationNeeds {
  readonly world: World;
  readonly mint: Mint;
  readonly vault: Vault;
  readonly rp: RelyingParty;
}

/** Who is to get a passkey, and how their authenticator will list it. */
export interface ToRegister {
  readonly owner: Owner;
  readonly label: string;
  /** Those that the owner has: an authenticator that holds one of them makes no other. */
  readonly has: readonly Passkey[];
  readonly invitation: string | null;
}

/** What a browser creates a passkey with: PublicKeyCredentialCreationOptionsJSON, and the id of its challenge. */
export interface RegistrationOptions {
  readonly challengeId: Id<'challenge'>;
  readonly options: Awaited<ReturnType<typeof creationOptions>>;
}

/** A fresh challenge to keep, and the options that carry it. */
export async function registrationOptions(
  needs: RegistrationNeeds,
  whose: ToRegister,
): Promise<{ readonly challenge: Challenge; readonly begun: RegistrationOptions }> {
  const { owner, invitation } = whose;
  const purpose = owner.kind === 'holder' ? 'register_holder' : 'register_officer';
  const { bytes, challenge } = newChallenge(needs, { purpose, owner, invitation });
  const options = await creationOptions(needs, whose, bytes);
  return { challenge, begun: { challengeId: challenge.id, options } };
}

const SELECTION = {
  residentKey: 'required',
  requireResidentKey: true,
  userVerification: 'required',
} as const;

async function creationOptions(
  { vault, rp }: RegistrationNeeds,
  { owner, label, has }: ToRegister,
  challenge: Uint8Array<ArrayBuffer>,
) {
  const userID = fromBase64url(userHandle(vault, owner));
  if (userID === null) throw new Error('a user handle is no base64url');
  const made = await generateRegistrationOptions({
    rpName: rp.name,
    rpID: rp.id,
    userID,
    userName: label,
    userDisplayName: label,
    challenge,
    timeout: CHALLENGE_LIFETIME,
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { ...SELECTION },
    excludeCredentials: has.map(({ credentialId }) => ({ id: credentialId })),
  });
  return {
    challenge: made.challenge,
    rp: { name: rp.name, id: rp.id },
    user: made.user,
    pubKeyCredParams: made.pubKeyCredParams,
    timeout: CHALLENGE_LIFETIME,
    attestation: 'none' as const,
    excludeCredentials: has.map(({ credentialId, transports }) => ({
      id: credentialId,
      type: 'public-key' as const,
      transports: [...transports],
    })),
    authenticatorSelection: SELECTION,
    // A wallet locks itself with what the prf extension gives it, on the device alone.
    extensions: { credProps: true as const, ...(owner.kind === 'holder' && { prf: {} }) },
  };
}
