import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { BrowserContext, FrameLocator, Page } from 'playwright-core';
import { openWebTill } from '../../src/cli/sandbox/web-till.ts';
import { testToken } from '../../src/judgement/test-token.ts';
import {
  freshPage,
  picture,
  SCREENS,
  sharedBrowser,
  shutsNobodyOut,
  withoutBrowser,
} from '../support/browser.ts';
import { root } from '../support/checkout.ts';
import { places, type RunningService, runService } from '../support/service.ts';
import { tillShop } from '../support/till.ts';

describe('a web till with the terminal in a frame', { skip: withoutBrowser }, () => {
  const browser = sharedBrowser();
  const stop: (() => unknown)[] = [];
  let running: RunningService;
  let shop: Awaited<ReturnType<typeof tillShop>>;
  let terminal: { readonly id: string };

  before(async () => {
    running = await runService({ after: (end) => void stop.unshift(end as () => unknown) });
    shop = await tillShop(running);
  });
  after(async () => {
    for (const end of stop) await end();
  });

  /** The sample till as a terminal of its own, which its retailer has registered. */
  const open = async (options: Parameters<typeof freshPage>[1] = {}) => {
    const { id, key } = await shop.terminal();
    terminal = { id };
    const config = { ...running.config, webTillPort: 0 };
    const door = { places, sdkDir: join(root, 'dist/src/sdk') };
    const opened = await openWebTill({ config, door, retailer: shop.id, terminalKey: key });
    assert.ok(opened);
    stop.unshift(() => opened.stop());
    await shop.register(opened.origin);
    const { page, context, trouble } = await freshPage(browser(), options);
    const addresses: string[] = [];
    context.on('request', (request) => addresses.push(request.url()));
    await page.goto(opened.origin);
    const frame = page.frameLocator('#terminal');
    await frame.getByRole('heading', { name: 'Nothing to check' }).waitFor();
    return { page, context, frame, trouble, addresses };
  };

  test('asks for one thing after the other, and for nothing once the till has taken it back', async () => {
    const { page, context, frame, trouble, addresses } = await open();
    for (const name of [/^Beer/, /^Student ticket/]) await page.getByRole('button', { name }).click();
    await picture(page, 'web-till-basket');
    await shutsNobodyOut(page);
    await page.getByRole('button', { name: 'Pay' }).click();
    await frame.getByRole('listitem').filter({ hasText: 'Alcohol' }).waitFor();
    await frame.getByText('Web till, sale 1').waitFor();
    await scans(page, testToken('expired'));
    await frame.getByRole('heading', { name: 'Code has run out' }).waitFor();
    await said(page, 'That code will not do. Ask for a new one.');
    await scans(page, testToken('approved'));
    await frame.getByRole('heading', { name: 'Over 18' }).waitFor();
    await said(page, "Student ticket: scan the customer's code.");
    await picture(page, 'web-till-approved');
    // Once the yes has left the screen by itself.
    await frame.getByRole('listitem').filter({ hasText: 'Student' }).waitFor();
    await page.getByRole('button', { name: 'Back to the basket' }).click();
    await frame.getByRole('heading', { name: 'Nothing to check' }).waitFor();
    assert.deepEqual(trouble, []);
    await keepsNoBearer(page, context, addresses);
    await context.close();
  });

  test('sells what needs no proof at once, by the keyboard alone and on every screen', async () => {
    const { page, context } = await open({ colorScheme: 'dark' });
    await page.getByRole('button', { name: /^Bread/ }).focus();
    for (const key of ['Enter', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('button', { name: 'Pay' }).focus();
    for (const [name, viewport] of Object.entries(SCREENS)) {
      await page.setViewportSize(viewport);
      await picture(page, `web-till-${name}`);
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), name);
    }
    await shutsNobodyOut(page);
    await page.keyboard.press('Enter');
    await said(page, 'Sold for £3.60.');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing yet. Touch what is sold.').waitFor();
    await context.close();
  });

  test('opens again with another session when the frame was loaded again, and asks again', async () => {
    const { page, context, frame } = await open();
    await page.getByRole('button', { name: /^Beer/ }).click();
    await page.getByRole('button', { name: 'Pay' }).click();
    await frame.getByRole('listitem').filter({ hasText: 'Alcohol' }).waitFor();
    const again = page.waitForResponse('**/session');
    await page
      .frames()
      .find((one) => one !== page.mainFrame())!
      .evaluate('location.reload()');
    assert.equal((await again).status(), 201);
    await frame.getByRole('listitem').filter({ hasText: 'Alcohol' }).waitFor();
    await typed(frame, testToken('approved'));
    await said(page, 'Sold for £2.40.');
    await context.close();
  });

  test('says in the frame and to the till that the terminal was blocked', async () => {
    const { page, context, frame } = await open();
    await page.getByRole('button', { name: /^Beer/ }).click();
    await page.getByRole('button', { name: 'Pay' }).click();
    await frame.getByRole('listitem').filter({ hasText: 'Alcohol' }).waitFor();
    await shop.block(terminal.id);
    await scans(page, testToken('approved'));
    await frame.getByRole('heading', { name: 'This till is blocked' }).waitFor();
    await said(page, 'This terminal is blocked.');
    assert.equal(await frame.getByRole('button', { name: 'Pair with a new code' }).count(), 0);
    await picture(page, 'web-till-blocked');
    await context.close();
  });

  test('of an origin that is not registered neither frames the terminal nor is heard by it', async () => {
    const host = createServer((_req, res) => {
      res.setHeader('Content-Type', 'text/html');
      res.end(
        `<iframe src="${running.url}/terminal/embedded/${shop.id}"></iframe><iframe name="other"></iframe>`,
      );
    }).listen(0, '127.0.0.1');
    await once(host, 'listening');
    stop.unshift(() => host.close());
    const { port } = host.address() as AddressInfo;
    await shop.register(`http://localhost:${port}`);
    const { page, context } = await freshPage(browser());
    const refusal = page.waitForEvent('console', (told) => /frame-ancestors/.test(told.text()));
    await page.goto(`http://127.0.0.1:${port}`);
    assert.match((await refusal).text(), /refused|violates/i);

    // In the page of a registered till, what another origin has in a frame beside it is not heard.
    await page.goto(`http://localhost:${port}`);
    const terminal = page.frames().find((one) => one.url().includes('/terminal/embedded/'));
    const other = page.frame({ name: 'other' });
    assert.ok(terminal && other);
    await terminal.getByRole('heading', { name: 'Waiting for the till' }).waitFor();
    await other.goto(`http://127.0.0.1:${port}`);
    await terminal.evaluate("globalThis.came = new Promise((come) => addEventListener('message', come)); 0");
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await other.evaluate(OPENING);
    // It came; whatever the page had asked because of it would have been asked before this.
    await terminal.evaluate("globalThis.came.then(() => fetch('/healthz')).then(() => 0)");
    assert.deepEqual(asked, ['/healthz']);
    await context.close();
  });
});

test("the web till's server gives a session to its own page and to nobody else's", async (t) => {
  const running = await runService(t);
  const { url, config } = running;
  const shop = await tillShop(running);
  const { key } = await shop.terminal();
  const door = { places, sdkDir: join(root, 'dist/src/sdk') };
  const needs = { config: { ...config, webTillPort: 0 }, door, retailer: shop.id, terminalKey: key };
  const webTill = await openWebTill(needs);
  assert.ok(webTill);
  t.after(() => webTill.stop());
  const session = async (origin?: string) => {
    const headers = origin === undefined ? {} : { origin };
    return (await fetch(`${webTill.origin}/session`, { method: 'POST', headers })).status;
  };
  assert.equal(await session(webTill.origin), 502);
  await shop.register(webTill.origin);
  assert.equal(await session(webTill.origin), 201);
  for (const other of [undefined, 'null', url, 'http://localhost:1']) assert.equal(await session(other), 403);
  const taken = { ...needs, config: { ...needs.config, webTillPort: Number(new URL(webTill.origin).port) } };
  assert.equal(await openWebTill(taken), null);
});

async function said(page: Page, words: string): Promise<void> {
  await page.getByRole('status').filter({ hasText: words }).waitFor();
}

/** As a scanner of the till itself does it. */
async function scans(page: Page, digits: string): Promise<void> {
  await page.getByLabel('Scanner of this till').fill(digits);
  await page.keyboard.press('Enter');
}

/** As a cashier does it by hand in the frame. */
async function typed(frame: FrameLocator, digits: string): Promise<void> {
  await frame.getByRole('button', { name: 'Type the digits' }).click();
  await frame.getByRole('textbox').fill(digits);
  await frame.getByRole('button', { name: 'Check this code' }).click();
}

/** Nothing that either origin keeps, and no address, tells of a key or a session. */
async function keepsNoBearer(
  page: Page,
  context: BrowserContext,
  addresses: readonly string[],
): Promise<void> {
  const kept = await Promise.all(page.frames().map((frame) => frame.evaluate(ALL_THAT_IS_KEPT)));
  assert.match(kept.join(), /counterproof\.offline/);
  assert.doesNotMatch(kept.join(), /cp_(test|live)_/);
  assert.deepEqual(await context.cookies(), []);
  assert.ok(addresses.length > 5);
  assert.doesNotMatch(addresses.join('\n'), /cp_(test|live)_/);
}

const ALL_THAT_IS_KEPT = `(async () => {
  const result = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all = [{ ...localStorage }, { ...sessionStorage }, location.href, document.referrer];
  for (const { name } of await indexedDB.databases()) {
    const database = await result(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const shelf = database.transaction(store).objectStore(store);
      all.push(name, store, await result(shelf.getAllKeys()), await result(shelf.getAll()));
    }
    database.close();
  }
  return JSON.stringify(all);
})()`;

/** What opens a terminal, sent to the first frame of the page around. */
const OPENING = `
  const { port2 } = new MessageChannel();
  const opening = { counterproof: 1, type: 'open', token: 'cp_test_' + 'a'.repeat(46) };
  parent.frames[0].postMessage(opening, '*', [port2]); 0`;
