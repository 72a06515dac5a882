import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { call } from '../../src/cli/demo/call.ts';
import { launch, withoutBrowser } from '../support/browser.ts';
import { ADA, offeredPerson, type Shop, shopWith } from '../support/people.ts';
import { makePhone } from '../support/phone.ts';
import { type RunningService, runService } from '../support/service.ts';
import { button, enrol, readPicture, show } from '../support/wallet-steps.ts';

describe('the wallet, when something is wrong', { skip: withoutBrowser }, () => {
  const cleanups: (() => unknown)[] = [];
  let browser: Browser;
  let running: RunningService;
  let shop: Shop;

  before(async () => {
    running = await runService({ after: (work: () => unknown) => cleanups.push(work) } as never);
    shop = await shopWith(running, ['age_over_18']);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    for (const work of cleanups.reverse()) await work();
  });

  async function enrolled() {
    const phone = await makePhone(browser, running.url);
    const person = await offeredPerson(running, { ...ADA, given_name: 'Ada' });
    const lockCode = await enrol(phone, running.url, person);
    return { phone, page: phone.page, person, lockCode };
  }

  test('a lost phone is locked from another by its code alone, and shows nothing any more', async () => {
    const { phone, page, lockCode } = await enrolled();
    const other = await makePhone(browser, running.url);
    await other.page.goto(`${running.url}/wallet`);
    await button(other.page, 'I lost my phone').click();
    await other.page.getByLabel('Lock code').fill('0000-0000-0000');
    await button(other.page, 'Lock the wallet').click();
    await other.page.getByText('No wallet has this lock code.').waitFor();
    await other.page.getByLabel('Lock code').fill(lockCode.toLowerCase().replaceAll('-', ' '));
    await button(other.page, 'Lock the wallet').click();
    await other.page.getByText('The wallet is locked.').waitFor();
    await other.picture('wallet-locked');
    await page.locator('.choice').first().click();
    await page.getByText('These credentials are revoked.').waitFor();
    await Promise.all([phone.close(), other.close()]);
  });

  test('with a passkey that came along, a new phone gets a wallet of its own and locks the old one', async () => {
    const { phone, page } = await enrolled();
    const other = await makePhone(browser, running.url);
    await other.receive(await phone.passkeys());
    await other.page.goto(`${running.url}/wallet`);
    await button(other.page, 'I had a wallet before').click();
    await button(other.page, 'Sign in with a passkey').click();
    await button(other.page, /^Lock the wallet of/).click();
    await other.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Lock the wallet of/ })
      .click();
    await other.page.getByText('The wallet is locked.').waitFor();
    await page.locator('.choice').first().click();
    await page.getByText('These credentials are revoked.').waitFor();
    await Promise.all([phone.close(), other.close()]);
  });

  test('a new phone enrols by itself with a passkey from before', async () => {
    const { phone } = await enrolled();
    const other = await makePhone(browser, running.url);
    await other.receive(await phone.passkeys());
    await other.page.goto(`${running.url}/wallet`);
    await button(other.page, 'I had a wallet before').click();
    await button(other.page, 'Sign in with a passkey').click();
    await button(other.page, 'Put a new wallet on this phone').click();
    await button(other.page, 'Make a passkey').click();
    await button(other.page, 'I have written it down').click();
    await show(other, 'Over 18');
    await Promise.all([phone.close(), other.close()]);
  });

  test('somebody whose credentials are suspended learns it on the phone, with what to do', async () => {
    const { phone, page, person } = await enrolled();
    const token = running.adminKey;
    const address = `${running.url}/v1/people/${person.id}/suspend`;
    await call(address, { method: 'POST', token, json: { reason: 'fraud_suspected' } });
    await page.locator('.choice').first().click();
    await page.getByText('These credentials are suspended.').waitFor();
    await phone.picture('wallet-suspended');
    await phone.close();
  });

  test('a shop that asked too much is reported without a name', async () => {
    const { phone, page } = await enrolled();
    await show(phone, 'Over 18');
    const digits = await readPicture(await phone.picture('wallet-report-show'));
    const json = { token: digits, ask: { policies: ['alcohol'] } };
    await call(`${running.url}/v1/verifications`, { method: 'POST', token: shop.key, json });
    await button(page, 'Report this shop').click();
    await page.getByLabel('What happened').fill('For a bottle of wine.');
    const sent = page.waitForRequest((request) => request.url().endsWith('/v1/reports'));
    await button(page, 'Send the report').click();
    assert.equal((await (await sent).allHeaders()).authorization, undefined);
    await page.getByText('The report is sent.').waitFor();
    const { body } = await call(`${running.url}/v1/reports`, { token: running.adminKey });
    const [report] = body.data as readonly { retailer_id: string; words: string }[];
    assert.deepEqual([report?.retailer_id, report?.words], [shop.retailer, 'For a bottle of wine.']);
    await phone.close();
  });

  test('a wallet that runs low fetches new copies with one touch', async () => {
    const { phone, page } = await enrolled();
    for (let shown = 0; shown < 23; shown++) {
      await show(phone, 'Over 18');
      await button(page, 'Back').click();
    }
    await page.getByText('needs a network · 7 left').first().waitFor();
    await button(page, 'Fetch new copies').click();
    await page.getByText('New copies are here.').waitFor();
    await page.getByText('needs a network · 37 left').first().waitFor();
    await phone.close();
  });

  test('sessions are listed, and another one is ended', async () => {
    const { phone, page } = await enrolled();
    const other = await makePhone(browser, running.url);
    await other.receive(await phone.passkeys());
    await other.page.goto(`${running.url}/wallet`);
    await button(other.page, 'I had a wallet before').click();
    await button(other.page, 'Sign in with a passkey').click();
    await other.page.getByText(/^Wallet of/).waitFor();
    await button(page, 'Settings').click();
    await button(page, 'Unlock').click();
    await button(page, /^End the session of/).click();
    await page.getByText('this session').waitFor();
    await button(page, /^End the session of/).waitFor({ state: 'detached' });
    await Promise.all([phone.close(), other.close()]);
  });
});
