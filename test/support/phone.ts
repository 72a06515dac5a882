/** A phone in a test: Chromium with a passkey of its own, on the wallet's page. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { pictures } from './browser.ts';

export interface PhoneKind {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly locale?: string;
  /** Whether its passkeys yield a secret for the lock. */
  readonly prf?: boolean;
  /** Whether it is pointed at with a finger. */
  readonly touch?: boolean;
}

export interface TestPhone {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong on the page so far: errors, and requests that left the origin. */
  readonly trouble: readonly string[];
  /** Whose finger touches it from now on. */
  finger(whose: 'owner' | 'stranger'): Promise<void>;
  /** The passkeys that it holds, as another phone of the same owner would get them. */
  passkeys(): Promise<readonly object[]>;
  receive(passkeys: readonly object[]): Promise<void>;
  picture(name: string): Promise<string>;
  close(): Promise<void>;
}

export async function makePhone(browser: Browser, origin: string, kind: PhoneKind = {}): Promise<TestPhone> {
  const {
    viewport = { width: 390, height: 844 },
    colorScheme = 'light',
    locale = 'en-GB',
    prf = true,
    touch = true,
  } = kind;
  const context = await browser.newContext({
    viewport,
    colorScheme,
    locale,
    deviceScaleFactor: 2,
    hasTouch: touch,
  });
  const page = await context.newPage();
  const trouble = watch(page, origin);
  const { client, authenticatorId } = await addAuthenticator(context, page, prf);
  return {
    context,
    page,
    trouble,
    finger: async (whose) => {
      await client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: whose === 'owner' });
    },
    passkeys: async () => (await client.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    receive: async (passkeys) => {
      for (const credential of passkeys) {
        await client.send('WebAuthn.addCredential', { authenticatorId, credential: credential as never });
      }
    },
    picture: async (name) => {
      mkdirSync(pictures, { recursive: true });
      const path = join(pictures, `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
    close: () => context.close(),
  };
}

async function addAuthenticator(
  context: BrowserContext,
  page: Page,
  hasPrf: boolean,
): Promise<{ client: CDPSession; authenticatorId: string }> {
  const client = await context.newCDPSession(page);
  await client.send('WebAuthn.enable');
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
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
  return { client, authenticatorId };
}

function watch(page: Page, origin: string): readonly string[] {
  const trouble: string[] = [];
  page.on('console', (said) => {
    if (said.type() === 'error' || said.type() === 'warning') trouble.push(`${said.type()}: ${said.text()}`);
  });
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (asked !== origin && protocol !== 'data:') trouble.push(`left the origin: ${request.url()}`);
  });
  return trouble;
}
