import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject, decodeClientDataJSON, isoBase64URL } from '@simplewebauthn/server/helpers';
import { equalBytes, utf8 } from '../kernel/bytes.ts';
import { hash } from '../keys/hash.ts';
import type { Challenge } from './challenge.ts';
import type { Passkey } from './passkey.ts';
import type { RelyingParty } from './relying-party.ts';

/** ES256, Ed25519 and RS256: what today's authenticators have. Named, so that every Node offers the same. */
export const ALGORITHMS = [-7, -8, -257];

/** What a registration proves. */
export type NewCredential = Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'backedUp'>;

/** What a sign-in proves beside itself. */
export type Shown = Pick<Passkey, 'counter' | 'backedUp'>;

interface Expected {
  readonly rp: RelyingParty;
  readonly challenge: Challenge;
}

/**
 * What a response to `navigator.credentials.create` proves (Web Authentication Level 3, §7.1), or null where anything
 * about it does not hold: challenge, origin, relying party, presence and verification of the user, or form.
 */
export async function checkRegistration(
  { rp, challenge }: Expected,
  response: RegistrationResponseJSON,
): Promise<NewCredential | null> {
  return orNull(async () => {
    if (isFramed(response) || !isPlain(response)) return null;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: isAnswerTo(challenge),
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified || registrationInfo.credential.id !== response.id) return null;
    const { id, publicKey, counter } = registrationInfo.credential;
    return { credentialId: id, publicKey, counter, backedUp: registrationInfo.credentialBackedUp };
  });
}

/**
 * What a response to `navigator.credentials.get` proves of a passkey (§7.2), or null where it does not hold. The
 * counter is judged by the caller, after the signature: only then does it tell of a second copy of the key.
 */
export async function checkAssertion(
  { rp, challenge }: Expected,
  passkey: Passkey,
  response: AuthenticationResponseJSON,
): Promise<Shown | null> {
  return orNull(async () => {
    if (isFramed(response)) return null;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: isAnswerTo(challenge),
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: true,
      credential: { id: passkey.credentialId, publicKey: Uint8Array.from(passkey.publicKey), counter: 0 },
    });
    if (!verified) return null;
    return { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
  });
}

/** The library says by an error what does not hold, and repeats values in it; the caller is told neither. */
async function orNull<Result>(work: () => Promise<Result | null>): Promise<Result | null> {
  try {
    return await work();
  } catch {
    return null;
  }
}

function isAnswerTo(challenge: Challenge): (shown: string) => boolean {
  return (shown) => equalBytes(utf8(hash(shown)), utf8(challenge.hash));
}

/** No page of ours is ever in a frame of another. */
function isFramed({ response }: RegistrationResponseJSON | AuthenticationResponseJSON): boolean {
  return decodeClientDataJSON(response.clientDataJSON).crossOrigin === true;
}

/**
 * Whether there is no attestation, or one by the new key itself. Nobody asks for any other, and checking one would
 * fetch lists of revoked certificates from addresses that the sender chose.
 */
function isPlain({ response }: RegistrationResponseJSON): boolean {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  const format = attestation.get('fmt');
  return format === 'none' || (format === 'packed' && attestation.get('attStmt').get('x5c') === undefined);
}
