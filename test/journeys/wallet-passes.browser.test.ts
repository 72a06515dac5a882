import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { call } from '../../src/cli/demo/call.ts';
import { launch, shutsNobodyOut, withoutBrowser } from '../support/browser.ts';
import { ADA, offeredPerson, type Shop, shopWith } from '../support/people.ts';
import { makePhone, type PhoneKind } from '../support/phone.ts';
import type { RunningService } from '../support/service.ts';
import { button, code, enrol, leaveFront, readPicture, show } from '../support/wallet-steps.ts';
import { passService } from '../web/wallet/support/pass-phone.ts';

describe('passes in the wallet', { skip: withoutBrowser }, () => {
  const cleanups: (() => unknown)[] = [];
  let browser: Browser;
  let running: RunningService;
  let shop: Shop;

  before(async () => {
    running = await passService({ after: (work: () => unknown) => cleanups.push(work) } as never);
    shop = await shopWith(running, ['age_over_18']);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    for (const work of cleanups.reverse()) await work();
  });

  /** A phone that was enrolled and has its first passes. */
  async function stocked(kind: PhoneKind = {}) {
    const phone = await makePhone(browser, running.url, kind);
    await enrol(phone, running.url, await offeredPerson(running, { ...ADA, given_name: 'Ada' }));
    await phone.page.getByText('works offline · 8').first().waitFor();
    await phone.page.locator('.stocking').waitFor({ state: 'detached' });
    await phone.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    return { phone, page: phone.page };
  }

  const ask = async (token: string) => {
    const json = { token, ask: { claims: ['age_over_18'] } };
    const address = `${running.url}/v1/verifications`;
    const { body } = await call(address, { method: 'POST', token: shop.key, json });
    return [body.outcome, body.reason, body.proof];
  };

  test('a phone without a network opens, unlocks and shows a pass, and tries no request', async () => {
    const { phone, page } = await stocked();
    await phone.context.setOffline(true);
    const asked = requestsOf(page);
    await page.reload();
    await page.getByRole('heading', { name: 'Ada' }).waitFor();
    await phone.picture('wallet-passes-home');
    await show(phone, 'Over 18');
    const first = await readPicture(await phone.picture('wallet-pass'));
    assert.match(first, /^2\d{870}$/);
    const drawn = await drawingOf(page);
    await page.locator(`svg.code path[d="${drawn}"]`).waitFor({ state: 'detached' });
    const second = await readPicture(await phone.picture('wallet-pass-later'));
    assert.match(second, /^2\d{870}$/);
    assert.notEqual(second, first);
    await page.getByText('7 more are left.').waitFor();
    assert.deepEqual(await asked(), []);

    assert.deepEqual(await ask(second), ['approved', null, 'pass']);
    assert.deepEqual(await ask(first), ['refused', 'already_used', 'pass']);
    await button(page, 'Back').click();
    await page.getByText('works offline · 7').waitFor();
    await show(phone, 'Over 18');
    assert.deepEqual(await ask(await readPicture(await phone.picture('wallet-pass-next'))), [
      'approved',
      null,
      'pass',
    ]);
    await button(page, 'Back').click();
    await button(page, 'History').click();
    await button(page, 'Unlock').click();
    await page.locator('.entry').nth(1).waitFor();
    assert.equal(await page.getByText('Shown. Whether it was scanned is not known.').count(), 2);
    assert.deepEqual(await asked(), []);
    assert.deepEqual(phone.trouble, []);
    await phone.close();
  });

  test('showing a pass asks nobody anything with a network either', async () => {
    const { phone, page } = await stocked();
    await page.reload();
    await page.getByText('works offline · 8').first().waitFor();
    const asked = requestsOf(page);
    await show(phone, 'Student');
    await page.getByText('Nothing is sent.').waitFor();
    await button(page, 'Back').click();
    await page.getByText('works offline · 7').waitFor();
    assert.deepEqual(await asked(), []);
    await phone.close();
  });

  test('a ticket comes by its own button only, which says what it means', async () => {
    const { phone, page } = await stocked();
    await show(phone, 'Over 18');
    await page.getByText('It needs the network, and the service could see which shop asks.').waitFor();
    await button(page, 'Use a ticket instead').click();
    await page.getByText('This code goes through the service, which could see who shows it where.').waitFor();
    await code(page).waitFor();
    const digits = await readPicture(await phone.picture('wallet-pass-ticket'));
    assert.match(digits, /^1\d{33}$/);
    assert.deepEqual(await ask(digits), ['approved', null, 'ticket']);
    await page.getByText('by Corner Shop').waitFor();
    await phone.close();
  });

  test('where the last pass is gone a ticket is offered by its name, and nothing is fetched', async () => {
    const { phone, page } = await stocked();
    const asked = requestsOf(page);
    for (let left = 8; left > 0; left--) {
      await show(phone, 'Student');
      await button(page, 'Back').click();
    }
    await page.getByText('no pass left · a ticket needs a network').waitFor();
    assert.equal(await button(page, 'Fetch passes').count(), 0);
    await page.locator('.choice-title', { hasText: /^Student$/ }).click();
    await page.getByText('No pass is left.').waitFor();
    await phone.picture('wallet-pass-none');
    assert.deepEqual(await asked(), []);
    await phone.close();
  });

  test('a pass hides when the wallet leaves the front and comes back signed anew', async () => {
    const { phone, page } = await stocked();
    await show(phone, 'Over 18');
    await leaveFront(page, true);
    await page.getByText('Hidden while you were away.').waitFor();
    assert.equal(await code(page).count(), 0);
    await leaveFront(page, false);
    await button(page, 'Unlock').click();
    await code(page).waitFor();
    await page.getByText('7 more are left.').waitFor();
    await phone.close();
  });

  test('it is for everybody, in the dark and from right to left too', async () => {
    for (const kind of [{ colorScheme: 'dark' }, { locale: 'ar' }] as const) {
      const { phone, page } = await stocked({ ...kind, locale: 'en-GB' });
      await phone.picture(`wallet-passes-home-${Object.values(kind)[0]}`);
      if ('locale' in kind) {
        await button(page, 'Settings').click();
        await page.locator('.language-switch select').selectOption('ar');
        await page.goBack();
      }
      await shutsNobodyOut(page);
      await page.locator('.choice').first().click();
      await page.locator('svg.code').waitFor();
      await shutsNobodyOut(page);
      const path = await phone.picture(`wallet-pass-${Object.values(kind)[0]}`);
      assert.match(await readPicture(path), /^2\d{870}$/);
      await phone.close();
    }
  });
});

/** What the page asked of anybody but itself from now on: what its own shell answers is not a request. */
function requestsOf(page: Page): () => Promise<readonly string[]> {
  const asked: Promise<string | null>[] = [];
  page.on('request', (request) => {
    asked.push(request.response().then((answer) => (answer?.fromServiceWorker() ? null : request.url())));
  });
  return async () => (await Promise.all(asked)).filter((url) => url !== null);
}

async function drawingOf(page: Page): Promise<string | null> {
  return page.locator('svg.code path').last().getAttribute('d');
}
