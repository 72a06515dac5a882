/**
 * Walks through every screen of the three apps in every language, and takes each in three sizes, light and dark, into
 * artefacts/tour, to be looked at. It fails where a screen is wider than its window, where words are cut off, or where
 * axe finds somebody shut out. `npm run screenshots -- tour`, or `-- tour de wallet` for a part.
 */

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launch, pictures, SCREENS, shutsNobodyOut } from '../support/browser.ts';
import { languageFiles } from '../web/support/languages.ts';
import { contactSheets } from './contact-sheet.ts';
import { openTown, type Town } from './town.ts';
import { walkConsole } from './walk-console.ts';
import { walkTerminal } from './walk-terminal.ts';
import { walkWallet } from './walk-wallet.ts';

const FOLDER = join(pictures, 'tour');
const SCHEMES = ['light', 'dark'] as const;
const WALKS = { wallet: walkWallet, terminal: walkTerminal, console: walkConsole };

/** Shows a screen under a name: it is taken in all sizes and schemes. */
export type Stop = (page: Page, name: string) => Promise<void>;

const wanted = process.argv.slice(2);
const chosen = (name: string, among: readonly string[]): boolean =>
  !wanted.some((word) => among.includes(word)) || wanted.includes(name);
const tags = ['en', ...languageFiles.keys()];
const apps = Object.keys(WALKS) as (keyof typeof WALKS)[];

const undo: (() => unknown)[] = [];
const faults: string[] = [];
const browser = await launch();
try {
  rmSync(FOLDER, { recursive: true, force: true });
  for (const tag of tags.filter((one) => chosen(one, tags))) {
    const town = await openTown({ after: (work: () => unknown) => undo.push(work) } as never, browser, tag);
    for (const app of apps.filter((one) => chosen(one, apps))) await walk(app, town);
  }
} finally {
  await browser.close();
  for (const work of undo.reverse()) await work();
}
for (const sheet of await contactSheets(FOLDER)) process.stdout.write(`${sheet}\n`);
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

async function walk(app: keyof typeof WALKS, town: Town): Promise<void> {
  let number = 0;
  const stop: Stop = async (page, name) => {
    number += 1;
    await take(page, { app, tag: town.tag, name: `${String(number).padStart(2, '0')}-${name}` });
  };
  try {
    await WALKS[app](town, stop);
  } catch (thrown) {
    faults.push(
      `${app} ${town.tag}: after stop ${number}: ${String(thrown).split('\n').slice(0, 4).join(' ')}`,
    );
  }
  process.stdout.write(`${app} ${town.tag}: ${number} screens\n`);
}

async function take(page: Page, of: { app: string; tag: string; name: string }): Promise<void> {
  const before = page.viewportSize() ?? SCREENS.desk;
  for (const [size, viewport] of Object.entries(SCREENS)) {
    await page.setViewportSize(viewport);
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme });
      const folder = join(FOLDER, `${of.app}-${of.tag}-${size}-${scheme}`);
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${of.name}.png`), animations: 'disabled' });
      const where = `${of.app} ${of.tag} ${of.name} ${size} ${scheme}`;
      if (scheme === 'light') faults.push(...(await overflows(page)).map((one) => `${where}: ${one}`));
      if (size === 'phone') await shutsNobodyOut(page).catch((thrown) => faults.push(`${where}: ${thrown}`));
    }
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** What is wider than its window, and words that are cut off. */
function overflows(page: Page): Promise<readonly string[]> {
  return page.evaluate(`(() => {
    const found = [];
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide > 1) found.push('wider than the window by ' + wide);
    for (const one of document.querySelectorAll('body *')) {
      const style = getComputedStyle(one);
      const over = one.scrollWidth - one.clientWidth > 1;
      const cut = over && /hidden|clip/.test(style.overflowX);
      if (over && style.overflowX === 'auto' && !one.closest('nav')) found.push('moves sideways: ' + one.className);
      if (cut && one.clientWidth > 1 && !one.closest('.for-readers, [aria-hidden]') && one.innerText?.trim())
        found.push('cut off: ' + (one.className || one.tagName) + ': ' + one.innerText.trim().slice(0, 60));
    }
    return found;
  })()`);
}
