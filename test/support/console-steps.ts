/** What officers do with the console, by the words on its screens. */

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Role } from '../../src/officers/officer.ts';
import { sharedBrowser } from './browser.ts';
import { type Client, clientOf } from './client.ts';
import { setupToken } from './passkeys.ts';
import { ADA, type OfferedPerson, offeredPerson } from './people.ts';
import { makePhone, type PhoneKind, type TestPhone } from './phone.ts';
import { type RunningService, runService } from './service.ts';

export const DESK: PhoneKind = { viewport: { width: 1280, height: 800 }, touch: false };

/** A service, whoever asks it, and a browser, for the tests of one file. */
export function sharedConsole(settings: Readonly<Record<string, string>> = {}) {
  const cleanups: (() => unknown)[] = [];
  const browser = sharedBrowser();
  let there: { readonly running: RunningService; readonly client: Client } | undefined;
  before(async () => {
    const running = await runService(
      { after: (work: () => unknown) => cleanups.push(work) } as never,
      settings,
    );
    there = { running, client: clientOf(running.url) };
  });
  after(async () => {
    for (const work of cleanups.reverse()) await work();
  });
  return {
    browser,
    there() {
      assert.ok(there, 'The service has not started.');
      return there;
    },
  };
}

/** Somebody of this given name, with an offer that nobody has taken up. */
export async function somebody(
  running: RunningService,
  given_name: string,
): Promise<OfferedPerson & { readonly name: string }> {
  const facts = { ...ADA, given_name, family_name: 'Lovelace', external_id: null };
  return { ...(await offeredPerson(running, facts)), name: `${given_name} Lovelace` };
}

/** A browser with a passkey of its own, on a set-up link that nobody has used. */
export async function invited(
  browser: Browser,
  running: RunningService,
  { role = 'owner', kind = DESK }: { readonly role?: Role; readonly kind?: PhoneKind } = {},
): Promise<TestPhone> {
  const desk = await makePhone(browser, running.url, kind);
  await desk.page.goto(`${running.url}/admin#setup=${await setupToken(running, role)}`);
  return desk;
}

/** Makes the passkey, keeps the recovery codes and goes in. Answers the codes. */
export async function setUp(page: Page): Promise<readonly string[]> {
  await page.locator('.gate .button-main').click();
  await page.locator('.codes').waitFor();
  const codes = await page.locator('.codes li').allTextContents();
  await page.locator('.gate .button-main').click();
  await page.locator('.frame h1').waitFor();
  return codes;
}

/** Opens a part of the console by its word. */
export async function open(page: Page, part: string): Promise<void> {
  await page.locator('.parts').getByRole('link', { name: part, exact: true }).click();
}

/** The same, set up and inside the console. */
export async function officerAt(
  browser: Browser,
  running: RunningService,
  options: { readonly role?: Role; readonly kind?: PhoneKind } = {},
): Promise<TestPhone> {
  const desk = await invited(browser, running, options);
  await setUp(desk.page);
  return desk;
}

/** Finds somebody by their whole name and opens them. */
export async function find(page: Page, name: string): Promise<void> {
  await open(page, 'People');
  await page.getByLabel('Whole name, or your own number').fill(name);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('link', { name }).click();
  await page.getByRole('heading', { name, level: 2 }).waitFor();
}

/** What a page complained of, but for answers that refuse. */
export function complaints({ trouble }: TestPhone): readonly string[] {
  return trouble.filter((said) => !said.includes('Failed to load resource'));
}

interface SentRequest {
  readonly url: string;
  readonly body: string;
  cookie: string;
}

/** Every request that a page sends from now on. */
export function requestsOf(page: Page): readonly SentRequest[] {
  const sent: SentRequest[] = [];
  page.on('request', async (request) => {
    const one: SentRequest = { url: request.url(), body: request.postData() ?? '', cookie: 'unknown' };
    sent.push(one);
    one.cookie = (await request.allHeaders()).cookie ?? 'none';
  });
  return sent;
}
