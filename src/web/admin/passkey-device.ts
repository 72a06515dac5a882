/** This browser's passkeys, as the console needs them. `device/webauthn.ts` stands behind it. */

import type {
  beginOfficerRegistration,
  beginOfficerSignIn,
  registerOfficerPasskey,
  signInOfficer,
} from '../../passkeys/officers/endpoints.ts';
import type { Answered, Sent } from '../api/contract-types.ts';

export type CreationOptions = Answered<typeof beginOfficerRegistration>['body']['options'];
export type SignInOptions = Answered<typeof beginOfficerSignIn>['body']['options'];
export type Registration = Sent<typeof registerOfficerPasskey>['body']['credential'];
export type Assertion = Sent<typeof signInOfficer>['body']['credential'];

/** `refused`: nobody, or somebody else, touched it. `known`: this device has one already. `unsupported`: it has none. */
export type PasskeyTrouble = 'refused' | 'known' | 'unsupported';

export interface PasskeyDevice {
  create(options: CreationOptions): Promise<Registration | PasskeyTrouble>;
  signIn(options: SignInOptions): Promise<Assertion | PasskeyTrouble>;
}
