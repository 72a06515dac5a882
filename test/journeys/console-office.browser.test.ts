import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createReport } from '../../src/reports/endpoints.ts';
import { withoutBrowser } from '../support/browser.ts';
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
import type { RunningService } from '../support/service.ts';
import { button } from '../support/wallet-steps.ts';

const PARTS = {
  owner: ['Overview', 'People', 'Tills', 'Policies', 'Reports', 'Log', 'Settings'],
  issuer: ['Overview', 'People', 'Tills', 'Policies', 'Reports', 'Settings'],
  auditor: ['Overview', 'Tills', 'Policies', 'Reports', 'Log', 'Settings'],
};

/** What is pressed where, and by whom: the same table as on the routes, as far as it is on a page. */
const PRESSED: readonly (readonly [hash: string, by: readonly string[], ...words: string[]])[] = [
  [
    'overview',
    ['owner', 'issuer'],
    'Enter a person and make the first offer',
    'Register a shop and pair its till',
  ],
  ['overview', ['owner'], 'Invite a colleague'],
  ['people/PER', ['owner', 'issuer'], 'New person', 'Edit', 'Make an offer', 'Suspend Ronja', 'Erase Ronja'],
  [
    'tills/RET',
    ['owner', 'issuer'],
    'New shop',
    'New till',
    'Block Till 1',
    'Add the store',
    'Change what it may ask',
  ],
  ['tills/RET', ['owner', 'issuer', 'auditor'], 'Takes real codes'],
  ['policies/alcohol', ['owner'], 'Load a pack', 'Save the policy'],
  ['reports', ['owner', 'issuer', 'auditor'], 'Look again'],
  ['log', ['owner', 'auditor'], 'Export as CSV', 'Filter'],
  ['settings/staff', ['owner'], 'Invite somebody'],
  ['settings/keys', ['owner', 'auditor'], 'Certificates (root)', 'No key rotates by itself'],
  ['settings/keys', ['owner'], 'Rotate the keys', 'Set a schedule'],
  ['settings/service', ['owner'], 'CREDENTIAL_DAYS'],
  ['settings/you', ['owner', 'issuer', 'auditor'], 'Make new codes', 'Add a passkey'],
];

describe('the office of the console', { skip: withoutBrowser }, () => {
  const stage = sharedConsole();
  const { browser } = stage;
  let running: RunningService;
  let client: Client;

  before(() => {
    ({ running, client } = stage.there());
  });

  test('the log is found by kind and by who did it, and taken along as a file', async () => {
    const { id } = await somebody(running, 'Lou');
    const desk = await officerAt(browser(), running, { role: 'auditor' });
    const { page } = desk;
    await open(page, 'Log');
    await page.getByLabel('Kind').selectOption('person');
    await page.getByLabel('Done to', { exact: true }).fill(id);
    await page.keyboard.press('Enter');
    await page.locator('.ledger-log tbody tr:only-child').waitFor();
    assert.match(
      (await page.locator('.ledger-log').textContent()) ?? '',
      new RegExp(`person.created.*${id}`),
    );
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export as CSV' }).click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    assert.equal(file.suggestedFilename(), 'audit-events.csv');
    assert.equal(text.trimEnd().split('\r\n').length, 2);
    assert.ok(text.includes(id));
    await page.getByLabel('Done to', { exact: true }).fill('per_nobody');
    await button(page, 'Filter').click();
    await page.getByText('Nothing in the log fits this filter.').waitFor();
    assert.deepEqual(complaints(desk), []);
    await desk.close();
  });

  test('an owner invites an issuer, makes them an auditor, and takes them off the staff', async () => {
    const desk = await officerAt(browser(), running);
    const { page } = desk;
    await page.goto(`${running.url}/admin#settings/staff`);
    await page.getByText('Invite somebody').click();
    await page.getByLabel('Name').fill('Ivo');
    await button(page, 'Make a set-up link').click();
    const link = await page.getByLabel('Hand this over as you would a key').inputValue();
    await page.getByText(/^Issuer · link works until/).waitFor();
    const theirs = await invited(browser(), running);
    await theirs.page.goto(link);
    await setUp(theirs.page);
    await open(theirs.page, 'People');
    await page.reload();
    await button(page, 'Change role of Ivo').click();
    await page
      .getByRole('dialog')
      .getByLabel(/^Auditor/)
      .check();
    await page.getByRole('dialog').getByRole('button', { name: 'Change the role' }).click();
    await page.getByText('Ivo is now: Auditor.').waitFor();
    await theirs.page.reload();
    await theirs.page.locator('.parts').getByText('Log').waitFor();
    assert.equal(await theirs.page.locator('.parts').getByText('People').count(), 0);
    await button(page, 'Remove Ivo').click();
    await page.getByRole('dialog').getByLabel('Type Ivo to go on').fill('Ivo');
    await page.keyboard.press('Enter');
    await page.getByText('Ivo is off the staff.').waitFor();
    await open(theirs.page, 'Log');
    await theirs.page.getByText('Your session has ended. Sign in again.').waitFor();
    await theirs.close();
    assert.deepEqual(complaints(desk), []);
    await desk.close();
  });

  test('shows an auditor the shops and the reports, and neither people nor anything to press', async () => {
    const { retailer } = await shopWith(running, ['age_over_18']);
    const json = {
      retailer_id: retailer,
      asked: ['birth_date', 'age_over_18'],
      words: 'For a bottle of wine.',
    };
    await client.ask(createReport, 201, { json });
    const desk = await officerAt(browser(), running, { role: 'auditor' });
    const { page } = desk;
    const parts = ['Overview', 'Tills', 'Policies', 'Reports', 'Log', 'Settings'];
    assert.deepEqual(await page.locator('.parts a').allTextContents(), parts);
    for (const hash of ['#people', '#people/new', '#tills/new']) {
      await page.goto(`${running.url}/admin${hash}`);
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
      assert.equal(await page.getByText(/New (person|shop)/).count(), 0);
    }
    await open(page, 'Tills');
    await page.getByRole('link', { name: 'Corner Shop' }).first().click();
    await page.getByText('Takes real codes').waitFor();
    assert.equal(await button(page, /pairing code/).count(), 0);
    assert.equal(await button(page, /Block|New key|Change|Add/).count(), 0);
    await open(page, 'Reports');
    await page.getByText('Date of birth, Over 18').first().waitFor();
    await page.getByText('For a bottle of wine.').first().waitFor();
    assert.deepEqual(complaints(desk), []);
    await desk.close();
  });

  for (const role of ['owner', 'issuer', 'auditor'] as const) {
    test(`an ${role} sees the parts of the role, and nothing that is pressed beyond it`, async () => {
      const { retailer } = await shopWith(running, ['age_over_18']);
      const { id } = await somebody(running, 'Ronja');
      const desk = await officerAt(browser(), running, { role });
      const { page } = desk;
      const forbidden: string[] = [];
      page.on('response', (answer) => {
        if (answer.status() === 403) forbidden.push(answer.url());
      });
      assert.deepEqual(await page.locator('.parts a').allTextContents(), PARTS[role]);
      for (const hash of new Set(PRESSED.map(([one]) => one))) {
        // A page that is opened anew is read once its requests have ended; one of another hash has sent none yet.
        await page.goto('about:blank');
        await page.goto(`${running.url}/admin#${hash.replace('RET', retailer).replace('PER', id)}`);
        await page.locator('h1').waitFor();
        await page.waitForLoadState('networkidle');
        for (const [, roles, ...words] of PRESSED.filter(([one]) => one === hash)) {
          const there = await Promise.all(words.map((one) => isThere(page, one)));
          assert.deepEqual(
            there,
            words.map(() => roles.includes(role)),
            `${words.join(', ')} at ${hash}`,
          );
        }
      }
      assert.deepEqual(forbidden, []);
      await desk.close();
    });
  }
});

/** Whether there is something with these words, or something to press that is called so. */
async function isThere(page: Page, words: string): Promise<boolean> {
  const named = page.getByRole('button', { name: words, exact: true });
  return (await named.or(page.getByText(words, { exact: true })).count()) > 0;
}
