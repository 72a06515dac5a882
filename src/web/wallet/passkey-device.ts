/** The phone's own lock, as the wallet needs it. `device/webauthn.ts` stands behind it; in tests, a made-up one. */

import type { beginRegistration, beginSignIn, registerPasskey } from '../../passkeys/endpoints.ts';
import type { signIn } from '../../passkeys/sessions/endpoints.ts';
import type { Answered, Sent } from '../api/contract-types.ts';

export type CreationOptions = Answered<typeof beginRegistration>['body']['options'];
export type SignInOptions = Answered<typeof beginSignIn>['body']['options'];
export type Registration = Sent<typeof registerPasskey>['body']['credential'];
export type Assertion = Sent<typeof signIn>['body']['credential'];

/** `refused`: nobody, or somebody else, touched it. `unsupported`: this browser has no passkeys that will do. */
export type PasskeyTrouble = 'refused' | 'unsupported';

/** What came of a touch. The secret stays on the phone; what is sent to the service does not hold it. */
export interface Touched<Proof> {
  readonly passkey: string;
  readonly proof: Proof;
  /** What the passkey yields for the lock (PRF); null where it yields nothing. */
  readonly secret: Uint8Array | null;
}

export interface PasskeyDevice {
  /** Whether this browser has passkeys at all. */
  readonly supported: boolean;
  create(options: CreationOptions): Promise<Touched<Registration> | PasskeyTrouble>;
  /** Asks for the owner's finger, face or PIN. The challenge is made here and nothing is sent anywhere. */
  unlock(passkey: string): Promise<Touched<null> | PasskeyTrouble>;
  /** With this passkey and no other; with whichever its owner chooses, if none is given. */
  signIn(options: SignInOptions, passkey: string | null): Promise<Touched<Assertion> | PasskeyTrouble>;
}
