import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch, withoutBrowser } from '../support/browser.ts';
import { ADA, offeredPerson } from '../support/people.ts';
import { makePhone } from '../support/phone.ts';
import { type RunningService, runService } from '../support/service.ts';
import { button, code, enrol, leaveFront, show } from '../support/wallet-steps.ts';

describe('the wallet, away from the till', { skip: withoutBrowser }, () => {
  const cleanups: (() => unknown)[] = [];
  let browser: Browser;
  let running: RunningService;

  before(async () => {
    running = await runService({ after: (work: () => unknown) => cleanups.push(work) } as never);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    for (const work of cleanups.reverse()) await work();
  });

  async function enrolled() {
    const phone = await makePhone(browser, running.url);
    await enrol(phone, running.url, await offeredPerson(running, { ...ADA, given_name: 'Ada' }));
    return { phone, page: phone.page };
  }

  test('it opens without a network, shows its history, and says what it cannot do', async () => {
    const { phone, page } = await enrolled();
    await show(phone, 'Over 18');
    await button(page, 'Back').click();
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await phone.context.setOffline(true);
    await page.reload();
    await page.getByRole('heading', { name: 'Ada' }).waitFor();
    await page.getByText('No network.').waitFor();
    await phone.picture('wallet-offline');
    await button(page, 'History').click();
    await button(page, 'Unlock').click();
    await page.getByText('Shown. Whether it was scanned is not known.').waitFor();
    await button(page, 'Back').click();
    await page.locator('.choice').first().click();
    await page.getByText('The service cannot be reached. A code for the till needs a network.').waitFor();
    await button(page, 'Back').click();
    await page.getByText('needs a network · 29 left').first().waitFor();
    assert.equal(await page.getByText('needs a network · 28 left').count(), 0);
    await phone.close();
  });

  test('it remembers after a reload, and unlocks again', async () => {
    const { phone, page } = await enrolled();
    await page.reload();
    await page.getByRole('heading', { name: 'Ada' }).waitFor();
    await show(phone, 'Student');
    await page.getByText('Shows only: Student.').waitFor();
    await phone.close();
  });

  test('a code hides when the wallet leaves the front, and comes back with the owner’s touch only', async () => {
    const { phone, page } = await enrolled();
    await show(phone, 'Over 18');
    await leaveFront(page, true);
    await page.getByText('Hidden while you were away.').waitFor();
    assert.equal(await code(page).count(), 0);
    await leaveFront(page, false);
    await phone.picture('wallet-covered');
    await button(page, 'Unlock').click();
    await code(page).waitFor();
    await phone.close();
  });

  test('unlocking and showing never say who the holder is', async () => {
    const { phone, page } = await enrolled();
    const asked: { path: string; authorization: string | undefined; cookie: string | undefined }[] = [];
    page.on('request', async (request) => {
      const headers = await request.allHeaders();
      const { pathname } = new URL(request.url());
      asked.push({ path: pathname, authorization: headers.authorization, cookie: headers.cookie });
    });
    await show(phone, 'Over 18');
    await button(page, 'Back').click();
    await button(page, 'History').click();
    await button(page, 'Unlock').click();
    await page.locator('.entry').first().waitFor();
    assert.ok(asked.some(({ path }) => path === '/v1/presentations'));
    assert.ok(asked.every(({ cookie }) => cookie === undefined));
    const named = asked.filter(({ authorization }) => authorization !== undefined);
    assert.ok(
      named.every(({ path }) => /^\/v1\/presentations\/prs_/.test(path)),
      JSON.stringify(named),
    );
    assert.ok(asked.every(({ path }) => !/passkeys|sessions|wallets/.test(path)));
    await phone.close();
  });

  test('the history is erased when the holder says so twice', async () => {
    const { phone, page } = await enrolled();
    await show(phone, 'Over 18');
    await button(page, 'Back').click();
    await button(page, 'History').click();
    await button(page, 'Unlock').click();
    await button(page, 'Erase the history').click();
    await button(page, 'Close').click();
    assert.equal(await page.locator('.entry').count(), 1);
    await button(page, 'Erase the history').click();
    await button(page, 'Erase it').click();
    await page.getByText('The history is erased.').waitFor();
    assert.equal(await page.locator('.entry').count(), 0);
    await phone.close();
  });
});
