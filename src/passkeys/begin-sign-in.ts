import { base64url } from '../kernel/bytes.ts';
import type { Id, Mint } from '../kernel/ids.ts';
import type { World } from '../kernel/world.ts';
import { CHALLENGE_LIFETIME, newChallenge } from './challenge.ts';
import type { Owner } from './passkey.ts';
import type { RelyingParty } from './relying-party.ts';
import type { ChallengeStore } from './store.ts';

interface Needs {
  readonly challenges: Pick<ChallengeStore, 'add'>;
  readonly world: World;
  readonly mint: Mint;
  readonly rp: RelyingParty;
}

/** What a browser signs in with: PublicKeyCredentialRequestOptionsJSON, and the id of its challenge. */
export interface SignInOptions {
  readonly challengeId: Id<'challenge'>;
  readonly options: {
    readonly challenge: string;
    readonly rpId: string;
    readonly timeout: number;
    readonly userVerification: 'required';
  };
}

/** Begins a sign-in. Nobody is named: the device offers what passkeys it has, so nothing tells whether one is known. */
export async function beginSignIn(needs: Needs, kind: Owner['kind']): Promise<SignInOptions> {
  const purpose = kind === 'holder' ? 'sign_in_holder' : 'sign_in_officer';
  const { bytes, challenge } = newChallenge(needs, { purpose, owner: null, invitation: null });

  await needs.challenges.add(challenge);
  return {
    challengeId: challenge.id,
    options: {
      challenge: base64url(bytes),
      rpId: needs.rp.id,
      timeout: CHALLENGE_LIFETIME,
      userVerification: 'required',
    },
  };
}
