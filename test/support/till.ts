/** A till in a browser: a shop with the policies of Great Britain, and pages that are paired with its terminals. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { call } from '../../src/cli/demo/call.ts';
import type { Id } from '../../src/kernel/ids.ts';
import { freshPage } from './browser.ts';
import { root } from './checkout.ts';
import type { RunningService } from './service.ts';

const PERMITTED = ['age_over_12', 'age_over_18', 'status_student', 'given_name', 'family_name', 'portrait'];

/**
 * A page's clock as the test holds it: it stands still, so that a result stays until the test lets time pass, and may
 * be wrong. Timers run all the same.
 */
export const HELD_CLOCK = `{
  const Real = Date;
  const began = Real.now();
  globalThis.passed = 0;
  globalThis.Date = class extends Real {
    constructor(...parts) { if (parts.length > 0) super(...parts); else super(Date.now()); }
    static now() { return began + globalThis.passed; }
  };
}`;

export interface NewTerminal {
  readonly id: string;
  readonly key: string;
  readonly pairingCode: string;
}

export interface TillShop {
  readonly id: Id<'retailer'>;
  /** Lets pages of this origin, beside those from before, frame the terminal. */
  register(origin: string): Promise<void>;
  /** A new terminal and the code to pair it with. */
  terminal(live?: boolean): Promise<NewTerminal>;
  block(id: string): Promise<void>;
}

/** Registers a shop and writes the policies it asks by. */
export async function tillShop({ url, adminKey: token }: RunningService): Promise<TillShop> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = readFileSync(join(root, 'packs/gb.json'));
  assert.equal((await fetch(`${url}/v1/policy-packs/gb`, { method: 'PUT', headers, body })).status, 200);
  const json = { name: 'Corner Shop', permitted_claims: PERMITTED };
  const shop = await call(`${url}/v1/retailers`, { method: 'POST', token, json });
  const id = String(shop.body.id) as Id<'retailer'>;
  const path = `${url}/v1/retailers/${id}/terminals`;
  const origins: string[] = [];
  return {
    id,
    async register(origin) {
      origins.push(origin);
      const changed = { method: 'PATCH', headers, body: JSON.stringify({ embedding_origins: origins }) };
      assert.equal((await fetch(`${url}/v1/retailers/${id}`, changed)).status, 200);
    },
    async terminal(live = false) {
      const made = await call(path, { method: 'POST', token, json: { name: 'Till 2', live } });
      return {
        id: String(made.body.id),
        key: String(made.body.key),
        pairingCode: String(made.body.pairing_code),
      };
    },
    async block(id) {
      await fetch(`${url}/v1/terminals/${id}`, { method: 'DELETE', headers });
    },
  };
}

interface TillPage {
  readonly page: Page;
  readonly terminal: NewTerminal;
  /** What the page complained of, but for answers that refuse. */
  readonly trouble: readonly string[];
}

interface TillOptions extends BrowserContextOptions {
  readonly live?: boolean;
  /** Which policies are chosen, by their titles. */
  readonly sold?: readonly string[];
  /** Whether it gets a trust bundle, by which it would judge without a network. */
  readonly bundle?: boolean;
  /** Whether it has a camera, or a scanner alone. All pages of a browser share one, and what is before it. */
  readonly camera?: boolean;
}

const NO_CAMERA = `navigator.mediaDevices.getUserMedia = () =>
  Promise.reject(new DOMException('there is none', 'NotFoundError'));`;

/** A page that was paired by link, with what is sold already chosen. */
export async function pairedTill(
  running: RunningService,
  browser: Browser,
  { live = false, sold = ['Alcohol'], bundle = true, camera = true, ...options }: TillOptions = {},
): Promise<TillPage> {
  const shop = await tillShop(running);
  const terminal = await shop.terminal(live);
  const { page, trouble } = await freshPage(browser, options);
  await page.addInitScript(HELD_CLOCK);
  if (!camera) await page.addInitScript(NO_CAMERA);
  if (!bundle) await page.route('**/v1/trust-bundle', (route) => route.abort());
  await page.goto(`${running.url}/terminal#pair=${terminal.pairingCode}`);
  for (const title of sold) await choose(page, title);
  return { page, terminal, trouble };
}

export async function choose(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: title, exact: true }).click();
}

/** Lets the page's clock go on by so many milliseconds. */
export async function passes(page: Page, milliseconds: number): Promise<void> {
  await page.evaluate(`globalThis.passed += ${milliseconds}`);
}

/** What a scanner sends, all at one time by its own clock: a machine that is busy cannot make it look like fingers. */
export async function scans(page: Page, text: string): Promise<void> {
  const keys = JSON.stringify([...text, 'Enter']);
  await page.evaluate(
    `const at = performance.now();
    for (const key of ${keys}) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      Object.defineProperty(event, 'timeStamp', { value: at });
      (document.activeElement ?? document.body).dispatchEvent(event);
    }`,
  );
}

/** The words over the whole screen, and the next step below them. */
export async function shown(page: Page): Promise<{ words: string; next: string; tone: string }> {
  const result = page.locator('.result');
  await result.waitFor();
  const words = await result.locator('h1 span').allTextContents();
  const next = (await result.locator('.result-next').textContent()) ?? '';
  const tone = /result-(approved|refused|again)/.exec((await result.getAttribute('class')) ?? '')?.[1] ?? '';
  return { words: words.join(' · '), next, tone };
}

/** Sends the result away. */
export async function next(page: Page): Promise<void> {
  await page.locator('.result-plate button').click();
  await page.locator('.result').waitFor({ state: 'detached' });
}

/** Milliseconds of its own clock after which a till without a network looks again. */
export const LOOK_AGAIN = 4_001;

/** What waits in the page's own store to be reported, and whether it has a bundle. */
export const keptBy = (page: Page, terminal: string): Promise<{ bundle: boolean; waiting: number }> =>
  page.evaluate(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('counterproof.offline.${terminal}.live', 1);
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => resolve({ bundle: false, waiting: 0 });
    opening.onsuccess = () => {
      const shelves = opening.result.transaction(['kept', 'waiting']);
      const kept = shelves.objectStore('kept').get('kept');
      const waiting = shelves.objectStore('waiting').count();
      waiting.onsuccess = () => {
        opening.result.close();
        resolve({ bundle: Boolean(kept.result?.bundle), waiting: waiting.result });
      };
      waiting.onerror = () => reject(waiting.error);
    };
  })`);

/** Waits for what comes about by itself, on a page or behind it. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    assert.ok(tries < 300, 'it never came about');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Takes the network away once the till has all it needs to judge by itself, and waits until it says so. */
export async function goOffline(page: Page, terminal: string): Promise<void> {
  await until(async () => (await keptBy(page, terminal)).bundle);
  await page.context().setOffline(true);
  await page.locator('.band').first().waitFor();
}
