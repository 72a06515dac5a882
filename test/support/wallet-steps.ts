/** What people do with the wallet, by the words on its screens. */

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { OfferedPerson } from './people.ts';
import type { TestPhone } from './phone.ts';
import { readByZbar, readByZxing, withoutZbar } from './qr-readers.ts';

export function button(page: Page, name: string | RegExp) {
  return page.getByRole('button', { name });
}

/** Opens an offer, types the code, makes the passkey; answers the lock code. */
export async function enrol({ page }: TestPhone, origin: string, person: OfferedPerson): Promise<string> {
  // A link with another fragment loads nothing anew, so the page is left first.
  await page.goto('about:blank');
  await page.goto(`${origin}/wallet#offer=${encodeURIComponent(person.offerUri)}`);
  await page.getByLabel('Transaction code').fill(person.txCode);
  await button(page, 'Continue').click();
  await button(page, 'Make a passkey').click();
  await page.getByRole('heading', { name: 'Your lock code' }).waitFor();
  const lockCode = (await page.locator('.lock-code').textContent()) ?? '';
  await button(page, 'I have written it down').click();
  await page.getByRole('heading', { name: 'Show at the till' }).waitFor();
  return lockCode;
}

/** Chooses what to show, and waits for the code. */
export async function show({ page }: TestPhone, title: string): Promise<void> {
  await page.locator('.choice-title', { hasText: new RegExp(`^${title}$`) }).click();
  await code(page).waitFor();
}

/** Types a PIN on the keys of the screen, where one is asked for or chosen. */
export async function typePin(page: Page, pin: string): Promise<void> {
  for (const digit of pin) await page.locator('.pin-key', { hasText: digit }).click();
}

export function code(page: Page) {
  return page.getByRole('img', { name: 'Code for the till' });
}

/** What a reader that is none of ours reads off a picture of the screen: nothing where it finds no code. */
export async function readPicture(path: string): Promise<string> {
  const png = readFileSync(path);
  return (await (withoutZbar ? readByZxing : readByZbar)(png)) ?? '';
}

/** Plays the app leaving the front, or coming back to it. */
export async function leaveFront(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${hidden} });
    document.dispatchEvent(new Event('visibilitychange'));
  `);
}
