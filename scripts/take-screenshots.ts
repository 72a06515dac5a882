/**
 * Takes the pictures of the README from a service with made-up people: the wallet on a phone and the till, as a shopper
 * and a cashier see them. `npm run screenshots` writes them into docs/pictures.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { launch } from '../test/support/browser.ts';
import { root } from '../test/support/checkout.ts';
import { ADA, offeredPerson } from '../test/support/people.ts';
import { makePhone } from '../test/support/phone.ts';
import { runService } from '../test/support/service.ts';
import { pairedTill, scans, shown } from '../test/support/till.ts';
import { code, enrol, readPicture, show } from '../test/support/wallet-steps.ts';

const FOLDER = join(root, 'docs/pictures');
/** Pixels of a picture's side that a page shows at half the size. */
const PHONE_WIDTH = 520;
const TILL_WIDTH = 1_200;

const undo: (() => unknown)[] = [];
const running = await runService({ after: (work: () => unknown) => undo.push(work) } as never);
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
  await take(phone.page, 'wallet-home', PHONE_WIDTH);
  await show(phone, 'Over 18');
  await code(phone.page).waitFor();
  await take(phone.page, 'wallet-show', PHONE_WIDTH);
  const digits = await readPicture(await phone.picture('readme-code'));

  const viewport = { width: 1_024, height: 640 };
  const { page } = await pairedTill(running, browser, { live: true, viewport, deviceScaleFactor: 2 });
  await take(page, 'till-ready', TILL_WIDTH);
  await scans(page, digits);
  await shown(page);
  await take(page, 'till-approved', TILL_WIDTH);
  await phone.page.getByText('by Corner Shop').waitFor();
  await take(phone.page, 'wallet-used', PHONE_WIDTH);
}

async function take(page: Page, name: string, width: number): Promise<void> {
  const screen = await page.screenshot({ animations: 'disabled' });
  const file = join(FOLDER, `${name}.png`);
  await sharp(screen).resize({ width }).png({ palette: true }).toFile(file);
  process.stdout.write(`${file.slice(root.length + 1)}\n`);
}
