/** A browser that looks at a running service as people do: it takes pictures and lets axe look for what shuts people out. */

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { root } from './checkout.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Why browser tests do not run here, or false. */
export const withoutBrowser: string | false = existsSync(executablePath)
  ? false
  : 'There is no Chromium here; CHROMIUM_PATH can name one.';

/** What keeps a browser to itself: no sandbox, as root has none, and nothing that calls home. */
const QUIET: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where pictures of the screens go, for people to look at. Not committed. */
export const pictures = join(root, 'artefacts');
/** What looks for barriers, as a script for a page. */
export const axe = readFileSync(
  createRequire(join(root, 'package.json')).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** The three kinds of screens that people have in front of them. */
export const SCREENS = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desk: { width: 1280, height: 800 },
} as const;

/** Starts a browser. Whoever gets it closes it. */
export function launch(...args: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...QUIET, ...args] });
}

/** A browser for the tests of one file, with more arguments where a test needs them. */
export function sharedBrowser(...args: readonly string[]): () => Browser {
  let browser: Browser | undefined;
  before(async () => {
    browser = await launch(...args);
  });
  after(() => browser?.close());
  return () => {
    assert.ok(browser, 'The browser has not started.');
    return browser;
  };
}

/** A page of its own, without a past. Whatever the page complains of is collected. */
export async function freshPage(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: SCREENS.desk, locale: 'en-GB', ...options });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (said) => {
    if (said.type() === 'error') trouble.push(said.text());
  });
  return { page, context, trouble };
}

/** Takes a picture of a screen into the artefacts, to be looked at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
}

/** Fails if axe finds anything serious on the page (WCAG 2.2 AA and its own good practice). */
export async function shutsNobodyOut(page: Page): Promise<void> {
  await settled(page);
  // Through the debugger, since the page's own policy lets in no foreign script.
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
  assert.deepEqual(found, []);
}

/** Waits until what moves or changes its colour for a moment has ended: a colour half-way is nobody's. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(`Promise.allSettled(
    document.getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
      .map((one) => one.finished),
  )`);
}

interface Axe {
  run(): Promise<{
    violations: { id: string; impact: string | null; nodes: { html: string }[] }[];
  }>;
}
