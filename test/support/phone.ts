/** A phone in a test: Chromium with a passkey of its own, on the wallet's page. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { pictures } from './browser.ts';
import { addAuthenticator, type VirtualAuthenticator } from './virtual-authenticator.ts';

export interface PhoneKind {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly locale?: string;
  /** Whether its passkeys yield a secret for the lock. */
  readonly prf?: boolean;
  /** Whether it is pointed at with a finger. */
  readonly touch?: boolean;
}

export interface TestPhone extends VirtualAuthenticator {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong on the page so far: errors, and requests that left the origin. */
  readonly trouble: readonly string[];
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
  const authenticator = await addAuthenticator(page, { hasPrf: prf });
  return {
    context,
    page,
    trouble,
    ...authenticator,
    picture: async (name) => {
      mkdirSync(pictures, { recursive: true });
      const path = join(pictures, `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
    close: () => context.close(),
  };
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
