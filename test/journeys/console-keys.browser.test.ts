import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import type { Page } from 'playwright-core';
import { getKeySchedule, listKeys } from '../../src/keys/endpoints.ts';
import { createVerification } from '../../src/verification/endpoints.ts';
import { shutsNobodyOut, withoutBrowser } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import { complaints, officerAt, sharedConsole, somebody } from '../support/console-steps.ts';
import { shopWith } from '../support/people.ts';
import { makePhone, type TestPhone } from '../support/phone.ts';
import type { RunningService } from '../support/service.ts';
import { button, enrol, readPicture, show } from '../support/wallet-steps.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('the keys of the console', { skip: withoutBrowser }, () => {
  const stage = sharedConsole();
  const { browser } = stage;
  let running: RunningService;
  let client: Client;

  before(() => {
    ({ running, client } = stage.there());
  });

  const signing = async () => {
    const { data } = (await client.ask(listKeys, 200, { token: running.adminKey })).body;
    return data.find(({ purpose, state }) => purpose === 'issuer' && state === 'active')?.id ?? '';
  };

  /**
   * Enrols a wallet, and rotates once half of its credentials are there: each half is signed by another key, all verify
   * by the published ones, and a till says yes to what the wallet shows.
   */
  async function enrolsMeanwhile(rotate: () => Promise<void>): Promise<void> {
    const keys = [await signing()];
    const { key } = await shopWith(running, ['age_over_18']);
    const phone = await makePhone(browser(), running.url);
    const copies = copiesOf(phone);
    let asked = 0;
    await phone.page.route('**/oid4vci/credential', async (route) => {
      asked += 1;
      if (asked === 2) await rotate();
      await route.continue();
    });
    await enrol(phone, running.url, await somebody(running, 'Wanda'));
    keys.push(await signing());
    assert.ok(asked > 1);
    const jwks: unknown = await (await fetch(`${running.url}/.well-known/jwks.json`)).json();
    const published = createLocalJWKSet(jwks as JSONWebKeySet);
    const options = { currentDate: running.now() };
    const kids = (await copies()).map((jwt) => jwtVerify(jwt, published, options));
    const used = new Set((await Promise.all(kids)).map(({ protectedHeader }) => protectedHeader.kid));
    assert.deepEqual([...used], keys);
    await show(phone, 'Over 18');
    const token = await readPicture(await phone.picture('admin-keys-show'));
    const json = { token, ask: { claims: ['age_over_18'] } };
    const { body } = await client.ask(createVerification, 201, { token: key, json });
    assert.equal(body.outcome, 'approved', body.reason ?? '');
    assert.deepEqual(phone.trouble, []);
    await phone.close();
  }

  test('a wallet that enrols while an owner rotates the keys ends well', async () => {
    const desk = await officerAt(browser(), running);
    const { page } = desk;
    await page.goto(`${running.url}/admin#settings/keys`);
    await button(page, 'Rotate the keys').click();
    await enrolsMeanwhile(async () => {
      await page.getByRole('dialog').getByRole('button', { name: 'Rotate the keys' }).click();
      await page.getByText('The next keys sign now.').waitFor();
    });
    assert.deepEqual(complaints(desk), []);
    await desk.close();
  });

  test('an owner sets a schedule, and a wallet that enrols while the keys rotate by it ends well', async () => {
    // A phone's clock is the real one, so that it is the schedule that was set yesterday.
    running.pass(-DAY);
    await running.service.rotateKeys('system');
    const desk = await officerAt(browser(), running);
    const { page } = desk;
    await page.goto(`${running.url}/admin#settings/keys`);
    await page.getByText('No key rotates by itself').waitFor();
    await desk.picture('admin-keys-no-schedule');
    await setSchedule(page, '1');
    await page.getByText(/^Next rotation on .*, by itself\. Then every day\.$/).waitFor();
    await shutsNobodyOut(page);
    await desk.picture('admin-keys-schedule');
    running.pass(DAY - 3 * MINUTE);
    await enrolsMeanwhile(async () => {
      running.pass(3 * MINUTE);
      await running.service.rotateKeysWhenDue();
    });
    await desk.close();
  });

  test('a schedule is changed, says what is wrong with it, and is turned off', async () => {
    const desk = await officerAt(browser(), running);
    const { page } = desk;
    await page.goto(`${running.url}/admin#settings/keys`);
    const dialog = page.getByRole('dialog');
    await button(page, 'Change the schedule').click();
    await dialog.getByLabel('Days from one rotation to the next').fill('0');
    await dialog.getByRole('button', { name: 'Set the schedule' }).click();
    await dialog.getByText('This takes a whole number from 1 to 365.').waitFor();
    await dialog.getByLabel('Days from one rotation to the next').fill('30');
    await dialog.getByLabel('Next rotation').fill('2020-01-01T03:00');
    await dialog.getByRole('button', { name: 'Set the schedule' }).click();
    await dialog.getByText(/^By then the next keys have not been published for long enough\./).waitFor();
    await shutsNobodyOut(page);
    await desk.picture('admin-keys-too-early');
    await dialog.getByLabel('Next rotation').fill('2099-01-01T03:00');
    await dialog.getByRole('button', { name: 'Set the schedule' }).click();
    await dialog.getByText('This is more than a year ahead.').waitFor();
    await dialog.getByLabel('Next rotation').fill('');
    await dialog.getByRole('button', { name: 'Set the schedule' }).click();
    await page.getByText('The schedule is set.').waitFor();
    await page.getByText(/Then every 30 days\.$/).waitFor();
    const set = async () => (await client.ask(getKeySchedule, 200, { token: running.adminKey })).body;
    assert.equal((await set()).every_days, 30);
    await button(page, 'Turn the schedule off').click();
    await dialog.getByRole('button', { name: 'Turn the schedule off' }).click();
    await page.getByText('No key rotates by itself').waitFor();
    assert.equal((await set()).next_at, null);
    assert.deepEqual(complaints(desk), []);
    await desk.close();
  });
});

async function setSchedule(page: Page, days: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await button(page, 'Set a schedule').click();
  await dialog.getByLabel('Days from one rotation to the next').fill(days);
  await dialog.getByRole('button', { name: 'Set the schedule' }).click();
  await page.getByText('The schedule is set.').waitFor();
}

/** The signed part of every copy that a phone gets, in their order. */
function copiesOf({ page }: TestPhone): () => Promise<readonly string[]> {
  const answers: Promise<{ credentials?: readonly { credential: string }[] }>[] = [];
  page.on('response', (answer) => {
    if (answer.url().endsWith('/oid4vci/credential') && answer.request().method() === 'POST')
      answers.push(answer.json());
  });
  return async () =>
    (await Promise.all(answers)).flatMap(({ credentials = [] }) =>
      credentials.map(({ credential }) => credential.split('~')[0] ?? ''),
    );
}
