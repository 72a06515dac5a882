/** Passkeys of this browser (Web Authentication Level 3). */

import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import type { PasskeyDevice, PasskeyTrouble } from '../passkey-device.ts';

export const browserPasskeys: PasskeyDevice = {
  create: (options) =>
    touched(async () =>
      withoutSecret(
        await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON }),
      ),
    ),
  signIn: (options) =>
    touched(async () => withoutSecret(await startAuthentication({ optionsJSON: options }))),
};

/** What the prf extension yields must not leave the device, and the service takes no response that holds it. */
function withoutSecret<Made extends { readonly clientExtensionResults: object }>(made: Made) {
  const { prf: _, ...clientExtensionResults } = made.clientExtensionResults as Record<string, unknown>;
  return { ...made, clientExtensionResults };
}

/** Browsers say one thing for a finger that is not the owner's, a touch that did not come, and a closed sheet. */
async function touched<Proof>(touch: () => Promise<Proof>): Promise<Proof | PasskeyTrouble> {
  if (!browserSupportsWebAuthn()) return 'unsupported';
  try {
    return await touch();
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'InvalidStateError') return 'known';
    return name === 'NotSupportedError' ? 'unsupported' : 'refused';
  }
}
