import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { getTerminalSession, pairTerminal } from '../../src/retailers/terminals/endpoints.ts';
import { createVerification } from '../../src/verification/endpoints.ts';
import { shutsNobodyOut, withoutBrowser } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import {
  complaints,
  invited,
  officerAt,
  open,
  setUp,
  sharedConsole,
  somebody,
} from '../support/console-steps.ts';
import { shopWith } from '../support/people.ts';
import { makePhone } from '../support/phone.ts';
import type { RunningService } from '../support/service.ts';
import { button, enrol, readPicture, show } from '../support/wallet-steps.ts';

describe('the shops of the console', { skip: withoutBrowser }, () => {
  const stage = sharedConsole({ STATISTICS_MINIMUM: '1' });
  const { browser } = stage;
  let running: RunningService;
  let client: Client;

  before(() => {
    ({ running, client } = stage.there());
  });

  test('makes a pairing code that a till takes, typed or scanned', async () => {
    await shopWith(running, ['age_over_18']);
    const desk = await officerAt(browser(), running, { role: 'issuer' });
    const { page } = desk;
    await open(page, 'Tills');
    await page.getByRole('link', { name: 'Corner Shop' }).first().click();
    await button(page, 'New pairing code').click();
    const typed = (await page.locator('.tx-code').textContent()) ?? '';
    assert.match(typed, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    const scanned = await readPicture(await desk.picture('admin-pairing'));
    assert.equal(scanned, `${running.url}/terminal#pair=${typed.replace('-', '')}`);
    await shutsNobodyOut(page);
    const paired = await client.ask(pairTerminal, 201, { json: { pairing_code: typed } });
    assert.equal(paired.body.terminal_name, 'Till 1');
    await desk.close();
  });

  test('a shop, a store and a till are registered; the till asks with its key until it is blocked, and says so', async () => {
    const desk = await officerAt(browser(), running, { role: 'issuer' });
    const { page } = desk;
    await open(page, 'Tills');
    await page.getByRole('link', { name: 'New shop' }).click();
    await page.getByLabel('Name of the shop').fill('Book Barn');
    await page.getByLabel('Student').check();
    await button(page, 'Register the shop').click();
    await page.getByRole('heading', { name: 'Book Barn', level: 2 }).waitFor();
    await page.getByText('Over 18, Student').waitFor();
    await page.getByLabel('Name of the store').fill('High Street');
    await button(page, 'Add the store').click();
    await page.getByRole('listitem').filter({ hasText: 'High Street' }).waitFor();
    await webTillsOf(desk);
    await page.getByLabel('Name of the till').fill('Till 7');
    await page.getByLabel('Store', { exact: true }).selectOption('High Street');
    await button(page, 'Add the till').click();
    const key = await page.getByLabel('Key for till software').inputValue();
    assert.match(key, /^cp_live_/);
    await button(page, 'New key for Till 7').waitFor();
    assert.ok(await page.getByLabel('Key for till software').isVisible());
    await client.ask(getTerminalSession, 200, { token: key });
    await desk.picture('admin-shop');
    await shutsNobodyOut(page);
    await button(page, 'New key for Till 7').click();
    await page.getByRole('dialog').getByRole('button', { name: 'New key' }).click();
    await page.getByText(/Older keys work until/).waitFor();
    await button(page, 'New pairing code for Till 7').click();
    const code = (await page.locator('.tx-code').textContent()) ?? '';
    const till = await browser().newPage({ locale: 'en-GB' });
    await till.goto(`${running.url}/terminal#pair=${code.replace('-', '')}`);
    await till.getByText('Book Barn').first().waitFor();
    await button(page, 'Block Till 7').click();
    await page.getByRole('dialog').getByLabel('Type Till 7 to go on').fill('till 7');
    await page.keyboard.press('Enter');
    await page.getByText(/^Blocked \d/).waitFor();
    await client.ask(getTerminalSession, 401, { token: key });
    await till.reload();
    await till.getByText('This till is blocked').waitFor();
    await till.close();
    assert.deepEqual(complaints(desk), []);
    await desk.close();
  });

  test('a policy is changed with its legal basis, and a pack puts it back', async () => {
    const desk = await officerAt(browser(), running);
    const { page } = desk;
    await open(page, 'Policies');
    await page
      .getByRole('link', { name: /^Alcohol Over 18/ })
      .first()
      .click();
    await page.getByLabel('Title').fill('Drinks');
    await page.getByLabel('Legal basis').fill('');
    await button(page, 'Save the policy').click();
    await page.getByText('A policy needs a title, at least one claim and its legal basis.').waitFor();
    await page.getByLabel('Legal basis').fill('House rule');
    await button(page, 'Save the policy').click();
    await page.getByText(/^Saved\. It holds from the next question on/).waitFor();
    await page.getByRole('link', { name: /^Drinks/ }).waitFor();
    await button(page, 'Load a pack').click();
    await page.getByLabel(/^Great Britain/).check();
    await shutsNobodyOut(page);
    await button(page, 'Load this pack').click();
    await page.getByText(/^Loaded\. \d+ polic/).waitFor();
    await page
      .getByRole('link', { name: /^Alcohol/ })
      .first()
      .waitFor();
    assert.deepEqual(complaints(desk), []);
    await desk.close();
  });

  test('the overview draws the checks of the day, has them as a table, and loads the drawing only then', async () => {
    const { key } = await shopWith(running, ['age_over_18']);
    const loaded: string[] = [];
    const desk = await invited(browser(), running, { role: 'auditor' });
    const { page } = desk;
    page.on('request', (request) => loaded.push(request.url()));
    await setUp(page);
    await page.getByText('No till has asked in this time').waitFor();
    assert.equal(loaded.filter((url) => url.includes('draw-hours')).length, 0);
    const json = { token: '12', ask: { claims: ['age_over_18'] } };
    for (let i = 0; i < 7; i++) await client.ask(createVerification, 201, { token: key, json });
    await page.reload();
    await page.locator('.chart canvas').waitFor();
    await page.getByRole('row', { name: /^Not a code/ }).waitFor();
    await desk.picture('admin-overview-checks');
    await shutsNobodyOut(page);
    await button(page, 'As a table').click();
    await page.getByRole('columnheader', { name: 'Hour' }).waitFor();
    const told = await page.locator('.ledger td').allTextContents();
    assert.equal(
      told.reduce((sum, one) => sum + Number(one), 0),
      7,
    );
    assert.ok(loaded.some((url) => url.includes('draw-hours')));
    assert.deepEqual(complaints(desk), []);
    await desk.close();
  });

  test('what a holder reports from the wallet stands on the reports page, without the holder', async () => {
    const { key } = await shopWith(running, ['age_over_18']);
    const desk = await officerAt(browser(), running, { role: 'auditor' });
    const { page } = desk;
    await open(page, 'Reports');
    await page.getByText('No reports').waitFor();
    await desk.picture('admin-no-reports');
    const phone = await makePhone(browser(), running.url);
    const person = await somebody(running, 'Rosalind');
    await enrol(phone, running.url, person);
    await show(phone, 'Over 18');
    const token = await readPicture(await phone.picture('admin-report-show'));
    await client.ask(createVerification, 201, {
      token: key,
      json: { token, ask: { claims: ['age_over_18'] } },
    });
    await button(phone.page, 'Report this shop').click();
    await phone.page.getByLabel('What happened').fill('For a bottle of water.');
    await button(phone.page, 'Send the report').click();
    await phone.page.getByText('The report is sent.').waitFor();
    await button(page, 'Look again').click();
    const report = page.getByRole('row', { name: /Corner Shop/ });
    await report.getByText('For a bottle of water.').waitFor();
    assert.match((await report.textContent()) ?? '', /Over 18/);
    assert.doesNotMatch(await page.content(), /Rosalind|Lovelace|per_|wal_/);
    await shutsNobodyOut(page);
    await desk.picture('admin-report');
    await phone.close();
    await desk.close();
  });
});

/** Registers a web till by an address that was copied, is told what is wrong with others, and takes it away again. */
async function webTillsOf({ page, picture }: Awaited<ReturnType<typeof officerAt>>): Promise<void> {
  const add = async (address: string): Promise<void> => {
    await page.getByLabel('Address of the till').fill(address);
    await button(page, 'Add the web till').click();
  };
  await page.getByText('No web till yet.').waitFor();
  await add('till.bookbarn.example');
  await page.getByText('This is no address of a web till.').waitFor();
  await add('https://Till.BookBarn.example/checkout?basket=7');
  const origin = page.getByRole('listitem').filter({ hasText: /^https:\/\/till\.bookbarn\.example/ });
  await origin.waitFor();
  await page.getByText(/\/terminal\/embedded\/ret_/).waitFor();
  await add('https://till.bookbarn.example');
  await page.getByText('This web till is registered already.').waitFor();
  await picture('admin-web-tills');
  await button(page, 'Remove https://till.bookbarn.example').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the web till' }).click();
  await origin.waitFor({ state: 'detached' });
  await page.getByText('No web till yet.').waitFor();
}
