/** A browser's own passkeys in a test: an authenticator that needs no finger (WebDriver, Web Authentication Level 3 §12). */

import type { Page } from 'playwright-core';

export interface VirtualAuthenticator {
  /** Whose finger touches it from now on. */
  finger(whose: 'owner' | 'stranger'): Promise<void>;
  /** The passkeys that it holds, as another phone of the same owner would get them. */
  passkeys(): Promise<readonly object[]>;
  receive(passkeys: readonly object[]): Promise<void>;
  /** Empties it: it is another device from now on. */
  forget(): Promise<void>;
}

/** Gives a page an authenticator. With `hasPrf` its passkeys yield a secret for a lock. */
export async function addAuthenticator(page: Page, { hasPrf = true } = {}): Promise<VirtualAuthenticator> {
  const debug = await page.context().newCDPSession(page);
  await debug.send('WebAuthn.enable');
  const { authenticatorId } = await debug.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
    },
  });
  return {
    finger: async (whose) => {
      await debug.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: whose === 'owner' });
    },
    passkeys: async () => (await debug.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    receive: async (passkeys) => {
      for (const credential of passkeys) {
        await debug.send('WebAuthn.addCredential', { authenticatorId, credential: credential as never });
      }
    },
    forget: async () => {
      await debug.send('WebAuthn.clearCredentials', { authenticatorId });
    },
  };
}
