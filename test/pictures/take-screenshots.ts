/**
 * Takes the pictures of the README from a service with made-up people: the wallet on a phone and the till, as a shopper
 * and a cashier see them. `npm run screenshots` writes them into docs/pictures.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { launch } from '../support/browser.ts';
import { root } from '../support/checkout.ts';
import { ADA, offeredPerson } from '../support/people.ts';
import { makePhone } from '../support/phone.ts';
import { goOffline, next, pairedTill, scans, shown } from '../support/till.ts';
import { button, code, enrol, readPicture, show } from '../support/wallet-steps.ts';
import { passService } from '../web/wallet/support/pass-phone.ts';

const FOLDER = join(root, 'docs/pictures');
/** Pixels of a picture's side that a page shows at half the size. */
const PHONE_WIDTH = 520;
const TILL_WIDTH = 1_200;

const undo: (() => unknown)[] = [];
/** What the policies of Great Britain ask for. */
const VOCABULARY = { AGES: '12,15,16,18', STATUSES: 'large_family,pensioner,student' };
const running = await passService({ after: (work: () => unknown) => undo.push(work) } as never, VOCABULARY);
const browser = await launch();
try {
  mkdirSync(FOLDER, { recursive: true });
  await takeAll();
} finally {
  await browser.close();
  for (const work of undo.reverse()) await work();
}

async function takeAll(): Promise<void> {
  const phone = await makePhone(browser, running.url);
  await enrol(phone, running.url, await offeredPerson(running, { ...ADA, given_name: 'Ada' }));
  await phone.page.locator('.stocking').waitFor({ state: 'detached' });
  await take(phone.page, 'wallet-home', PHONE_WIDTH);

  const viewport = { width: 1_024, height: 640 };
  const { page, terminal } = await pairedTill(running, browser, {
    live: true,
    viewport,
    deviceScaleFactor: 2,
  });
  await take(page, 'till-ready', TILL_WIDTH);
  await goOffline(page, terminal.id);
  await take(page, 'till-offline', TILL_WIDTH);
  await phone.context.setOffline(true);
  await show(phone, 'Over 18');
  await take(phone.page, 'wallet-show', PHONE_WIDTH);
  await scans(page, await readPicture(await phone.picture('readme-pass')));
  await shown(page);
  await take(page, 'till-approved', TILL_WIDTH);

  await Promise.all([phone.context.setOffline(false), page.context().setOffline(false)]);
  await next(page);
  await button(phone.page, 'Use a ticket instead').click();
  await code(phone.page).waitFor();
  await scans(page, await readPicture(await phone.picture('readme-ticket')));
  await phone.page.getByText('by Corner Shop').waitFor();
  await take(phone.page, 'wallet-used', PHONE_WIDTH);
}

async function take(page: Page, name: string, width: number): Promise<void> {
  const screen = await page.screenshot({ animations: 'disabled' });
  const file = join(FOLDER, `${name}.png`);
  await sharp(screen).resize({ width }).png({ palette: true }).toFile(file);
  process.stdout.write(`${file.slice(root.length + 1)}\n`);
}
