import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { readOffer, redeemOffer } from '../../src/issuance/endpoints.ts';
import { SAMPLE_PERSON } from '../../src/judgement/sample-person.ts';
import { getPerson, suspendPerson } from '../../src/people/endpoints.ts';
import { shutsNobodyOut, withoutBrowser } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import {
  complaints,
  find,
  officerAt,
  open,
  requestsOf,
  sharedConsole,
  somebody,
} from '../support/console-steps.ts';
import { FIVE_MINUTES } from '../support/passkeys.ts';
import type { RunningService } from '../support/service.ts';
import { until } from '../support/till.ts';
import { button, readPicture } from '../support/wallet-steps.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';

describe('the people of the console', { skip: withoutBrowser }, () => {
  const stage = sharedConsole();
  const { browser } = stage;
  let running: RunningService;
  let client: Client;

  before(() => {
    ({ running, client } = stage.there());
  });

  const stateOf = async (id: string) =>
    (await client.ask(getPerson, 200, { token: running.adminKey, params: { id } })).body.state;

  test('enters Ada, offers her credentials by a code and a link, and locks her phone when it is lost', async () => {
    const desk = await officerAt(browser(), running, { role: 'issuer' });
    const { page } = desk;
    const sent = requestsOf(page);
    await enterAda(page);
    await desk.picture('admin-new-person');
    await button(page, 'Enter this person').click();
    await page.getByRole('heading', { name: 'Ada Lovelace', level: 2 }).waitFor();
    await page.getByText('Ada Lovelace is entered. Make the offer now.').waitFor();
    await page.getByText('Student, until 31 July 2099').waitFor();
    await page.getByText('On file').waitFor();
    assert.doesNotMatch(page.url(), /ada|lovelace/i);
    await button(page, 'Make an offer').click();
    const link = await page.getByLabel('Or send this link').inputValue();
    const txCode = (await page.locator('.tx-code').textContent()) ?? '';
    assert.match(txCode, /^\d{6}$/);
    assert.ok(!link.includes(txCode));
    await page.getByText(/^Works once, until .*20\d\d.*\. It is shown this once\.$/).waitFor();
    assert.equal(await readPicture(await desk.picture('admin-offer')), link);
    await desk.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await button(page, 'Copy the link').click();
    await page.getByText('Copied.').waitFor();
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), link);

    const token = await redeemed(client, link, txCode);
    assert.ok(token.length > 20);
    await button(page, 'Look again').click();
    await button(page, 'Lock this wallet').click();
    await page.getByRole('heading', { name: 'Lock this wallet for good?' }).waitFor();
    await desk.picture('admin-lock');
    await page.keyboard.press('Escape');
    await page.getByText('In use').waitFor();
    await button(page, 'Lock this wallet').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Lock this wallet' }).click();
    await page.getByText('The wallet is locked.').waitFor();
    await page.getByText(/^Locked \d/).waitFor();
    assert.equal(await button(page, 'Lock this wallet').count(), 0);

    const bare = sent.filter(({ url }) => url.includes('/.well-known/'));
    assert.deepEqual(
      bare.map(({ cookie }) => cookie),
      ['none'],
    );
    assert.deepEqual(complaints(desk), []);
    await desk.close();
  });

  test('names the fields that are wrong, and sends nothing until they are right', async () => {
    const desk = await officerAt(browser(), running);
    const { page } = desk;
    const sent = requestsOf(page);
    await open(page, 'People');
    await page.getByRole('link', { name: 'New person' }).click();
    await button(page, 'Enter this person').click();
    await page.getByText('Not right yet: Given name, Family name, Date of birth.').waitFor();
    const focused = () => page.evaluate('document.activeElement?.labels?.[0]?.textContent');
    await until(async () => (await focused()) === 'Given name');
    assert.equal(sent.filter(({ url }) => url.endsWith('/v1/people')).length, 0);
    await desk.picture('admin-wrong');
    await shutsNobodyOut(page);
    await page.getByLabel('Given name').fill('Ada');
    await page.getByLabel('Family name').fill('Lovelace');
    await page.getByLabel('Date of birth').fill('2091-04-07');
    await button(page, 'Enter this person').click();
    await page.getByText('A birth date cannot lie in the future.').waitFor();
    await page.getByText('Not right yet: Date of birth.').waitFor();
    const name = 'ada.png';
    await page
      .getByLabel('Portrait')
      .setInputFiles({ name, mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await page.getByText('This is not a picture that can be read.').waitFor();
    await desk.close();
  });

  test('says that a suspended person is offered nothing', async () => {
    const { id, name } = await somebody(running, 'Grace');
    const desk = await officerAt(browser(), running);
    const { page } = desk;
    await find(page, name);
    const json = { reason: 'Reported a lost document' };
    await client.ask(suspendPerson, 200, { token: running.adminKey, params: { id }, json });
    await button(page, 'Make an offer').click();
    await page.getByText('No offer was made: Grace Lovelace is suspended or revoked.').waitFor();
    await page.locator('.known .badge', { hasText: 'Suspended' }).waitFor();
    assert.equal(await button(page, 'Make an offer').count(), 0);
    await desk.picture('admin-suspended');
    await shutsNobodyOut(page);
    await desk.close();
  });

  test('an edit shows the ages as they would be, and the service has what was saved', async () => {
    const { id, name } = await somebody(running, 'Edda');
    const desk = await officerAt(browser(), running, { role: 'issuer' });
    const { page } = desk;
    await find(page, name);
    await button(page, 'Edit').click();
    const year = running.now().getUTCFullYear();
    await page.getByLabel('Date of birth').fill(`${year - 17}-01-01`);
    await page
      .getByText('Not over 18, 20, 21, 25, 60 and 65')
      .or(page.getByText('Not over 18, 20, 21, 25, 60, 65'))
      .waitFor();
    await page.getByLabel('Nationality').fill('fr');
    await desk.picture('admin-edit');
    await shutsNobodyOut(page);
    await button(page, 'Save the changes').click();
    await page.getByText(`${name}: the changes are saved.`).waitFor();
    const { body } = await client.ask(getPerson, 200, { token: running.adminKey, params: { id } });
    assert.deepEqual([body.birth_date, body.nationality], [`${year - 17}-01-01`, 'FR']);
    assert.deepEqual(complaints(desk), []);
    await desk.close();
  });

  test('a portrait is cut to the frame, by keyboard too', async () => {
    const { id, name } = await somebody(running, 'Pia');
    const desk = await officerAt(browser(), running, { role: 'issuer' });
    const { page } = desk;
    await find(page, name);
    await button(page, 'Edit').click();
    const picture = await desk.picture('admin-for-portrait');
    await page.getByLabel('Portrait').setInputFiles(picture);
    const shown = page.getByRole('img', { name: 'The portrait that is sent' });
    const before = await shown.getAttribute('src');
    await page.getByRole('slider', { name: 'Larger' }).focus();
    await page.keyboard.press('End');
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    assert.notEqual(await shown.getAttribute('src'), before);
    await desk.picture('admin-crop');
    await button(page, 'Save the changes').click();
    await page.getByText('On file').waitFor();
    const { body } = await client.ask(getPerson, 200, { token: running.adminKey, params: { id } });
    assert.equal(body.has_portrait, true);
    await desk.close();
  });

  test('suspending takes a reason and the name typed, and can be undone', async () => {
    const { id, name } = await somebody(running, 'Sue');
    const desk = await officerAt(browser(), running, { role: 'issuer' });
    const { page } = desk;
    await find(page, name);
    await button(page, 'Suspend Sue').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/Passes that the phone has fetched already go on/).waitFor();
    await dialog.getByRole('button', { name: 'Suspend Sue' }).click();
    await dialog.getByText('Fill this in.').waitFor();
    await dialog.getByLabel('Reason').fill('Lost papers');
    await dialog.getByLabel(`Type ${name} to go on`).fill('Sue');
    await page.keyboard.press('Enter');
    await dialog.getByText('This is not the same name.').waitFor();
    assert.equal(await stateOf(id), 'active');
    await dialog.getByLabel(`Type ${name} to go on`).fill(name);
    await shutsNobodyOut(page);
    await page.keyboard.press('Enter');
    await page.getByText(`${name}: Suspended.`).waitFor();
    await page.getByText('Lost papers').waitFor();
    assert.equal(await stateOf(id), 'suspended');
    await button(page, 'Reinstate Sue').click();
    await dialog.getByLabel('Reason').fill('Papers found');
    await dialog.getByRole('button', { name: 'Reinstate Sue' }).click();
    await page.getByText(`${name}: Active.`).waitFor();
    assert.deepEqual(complaints(desk), []);
    await desk.close();
  });

  test('revoking and erasing ask for the passkey again once five minutes have passed', async () => {
    const { id, name } = await somebody(running, 'Rue');
    const desk = await officerAt(browser(), running, { role: 'issuer' });
    const { page } = desk;
    await find(page, name);
    running.pass(FIVE_MINUTES);
    await button(page, 'Revoke Rue').click();
    const dialog = page.getByRole('dialog', { name: /Revoke/ });
    await dialog.getByLabel('Reason').fill('Moved away');
    await dialog.getByLabel(`Type ${name} to go on`).fill(name);
    await page.keyboard.press('Enter');
    const confirming = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await confirming.waitFor();
    await shutsNobodyOut(page);
    await desk.picture('admin-confirm');
    await page.keyboard.press('Escape');
    await dialog.getByText('Nothing was done: you did not confirm with your passkey.').waitFor();
    assert.equal(await stateOf(id), 'active');
    await dialog.getByRole('button', { name: 'Revoke Rue' }).click();
    await confirming.getByRole('button', { name: 'Confirm with your passkey' }).click();
    await page.getByText(`${name}: Revoked.`).waitFor();
    assert.equal(await stateOf(id), 'revoked');
    await button(page, 'Erase Rue').click();
    const erasing = page.getByRole('dialog', { name: /Erase/ });
    await erasing.getByLabel(`Type ${name} to go on`).fill(name);
    await page.keyboard.press('Enter');
    await page.getByText(`${name} is erased.`).waitFor();
    await client.ask(getPerson, 404, { token: running.adminKey, params: { id } });
    assert.deepEqual(complaints(desk), []);
    await desk.close();
  });
});

async function enterAda(page: Page): Promise<void> {
  await open(page, 'People');
  await page.getByRole('link', { name: 'New person' }).click();
  await page.getByLabel('Given name').fill('Ada');
  await page.getByLabel('Family name').fill('Lovelace');
  await page.getByLabel('Date of birth').fill('1992-12-10');
  await page.getByLabel('Status').selectOption('Student');
  await button(page, 'Add the status').click();
  await page.getByLabel('Student: last day').fill('2099-07-31');
  const buffer = Buffer.from(SAMPLE_PERSON.portrait.replace(/^data:[^,]*,/, ''), 'base64');
  await page.getByLabel('Portrait').setInputFiles({ name: 'ada.jpg', mimeType: 'image/jpeg', buffer });
  await page.getByRole('img', { name: 'The portrait that is sent' }).waitFor();
}

/** What a wallet does with the link: reads the offer and redeems it with the code. */
async function redeemed(client: Client, link: string, txCode: string): Promise<string> {
  const offer = new URL(new URLSearchParams(new URL(link).hash.slice(1)).get('offer') ?? '');
  const at = offer.searchParams.get('credential_offer_uri') ?? '';
  const reference = at.slice(at.lastIndexOf('/') + 1);
  const { grants } = (await client.ask(readOffer, 200, { params: { reference } })).body;
  const code = (grants as Record<string, Record<string, string>>)[GRANT]?.['pre-authorized_code'] ?? '';
  const form = { grant_type: GRANT, 'pre-authorized_code': code, tx_code: txCode };
  return (await client.ask(redeemOffer, 200, { form })).body.access_token;
}
