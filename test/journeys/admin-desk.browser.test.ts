import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { listAuditEvents } from '../../src/audit/endpoints.ts';
import { listKeys } from '../../src/keys/endpoints.ts';
import { getPerson } from '../../src/people/endpoints.ts';
import { getTerminalSession } from '../../src/retailers/terminals/endpoints.ts';
import { createVerification } from '../../src/verification/endpoints.ts';
import { sharedBrowser, shutsNobodyOut, withoutBrowser } from '../support/browser.ts';
import { type Client, clientOf } from '../support/client.ts';
import { complaints, find, invited, officerAt, open, setUp } from '../support/console-steps.ts';
import { FIVE_MINUTES } from '../support/passkeys.ts';
import { ADA, offeredPerson, shopWith } from '../support/people.ts';
import { type RunningService, runService } from '../support/service.ts';
import { button, readPicture } from '../support/wallet-steps.ts';

const MINUTE = 60_000;

describe('at the desk', { skip: withoutBrowser }, () => {
  const cleanups: (() => unknown)[] = [];
  const browser = sharedBrowser();
  let running: RunningService;
  let client: Client;

  before(async () => {
    const t = { after: (work: () => unknown) => cleanups.push(work) } as never;
    // So that checks which the turn of an hour parts are all counted.
    running = await runService(t, { STATISTICS_MINIMUM: '1' });
    client = clientOf(running.url);
  });
  after(async () => {
    for (const work of cleanups.reverse()) await work();
  });

  const somebody = async (given_name: string) => {
    const facts = { ...ADA, given_name, family_name: 'Lovelace', external_id: null };
    return { ...(await offeredPerson(running, facts)), name: `${given_name} Lovelace` };
  };
  const stateOf = async (id: string) =>
    (await client.ask(getPerson, 200, { token: running.adminKey, params: { id } })).body.state;

  test('a recovery code opens the door to whoever has lost the passkey, once', async () => {
    const first = await invited(browser(), running);
    const [code = ''] = await setUp(first.page);
    await first.close();
    const other = await invited(browser(), running);
    const { page } = other;
    await page.goto(`${running.url}/admin`);
    await page.reload();
    await button(page, 'I have lost my passkey').click();
    await shutsNobodyOut(page);
    await page.getByLabel('Recovery code').fill(code.toLowerCase());
    await button(page, 'Make a passkey').click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await open(page, 'Settings');
    await page.getByRole('link', { name: 'You' }).click();
    await page.getByText('9 codes are left.').waitFor();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await button(page, 'I have lost my passkey').click();
    await page.getByLabel('Recovery code').fill(code);
    await button(page, 'Make a passkey').click();
    await page.getByText('This code is wrong or was used.').waitFor();
    assert.deepEqual(complaints(other), []);
    await other.close();
  });

  test('the first run leads from the set-up link to the first printed offer, by keyboard alone', async () => {
    const desk = await invited(browser(), running);
    const { page } = desk;
    await page.getByRole('heading', { name: 'Set up your sign-in' }).waitFor();
    await press(page, 'Make a passkey');
    await page.locator('.codes').waitFor();
    await press(page, 'I have kept them');
    await press(page, 'Enter a person and make the first offer');
    for (const [label, text] of [
      ['Given name', 'Grace'],
      ['Family name', 'Hopper'],
    ] as const) {
      await tabTo(page, label);
      await page.keyboard.type(text);
    }
    await tabTo(page, 'Date of birth');
    await page.keyboard.type('09121986');
    await page.getByText('Over 12, 14, 15, 16, 18, 20, 21, 25').waitFor();
    await press(page, 'Enter this person');
    await page.getByRole('heading', { name: 'Grace Hopper', level: 2 }).waitFor();
    await press(page, 'Make an offer');
    await page.locator('.offer').waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 794, height: 1123 });
    const [letter, apart] = [page.locator('.letter-sheet').first(), page.locator('.letter-sheet').nth(1)];
    const code = (await page.locator('.letter-code').textContent()) ?? '';
    assert.match(code, /^\d{6}$/);
    assert.ok(!(await letter.textContent())?.includes(code));
    assert.ok((await apart.textContent())?.includes('Grace Hopper'));
    assert.equal(await page.locator('.rail').isVisible(), false);
    const link = (await page.locator('.letter-link').textContent()) ?? '';
    assert.equal(await readPicture(await desk.picture('admin-letter')), link);
    assert.deepEqual(complaints(desk), []);
    await desk.close();
  });

  test('single keys go to the search, down and up the list, and to what is new', async () => {
    for (let i = 0; i < 2; i++) await somebody('Kay');
    const desk = await officerAt(browser(), running, { role: 'issuer' });
    const { page } = desk;
    await open(page, 'People');
    await page.getByRole('heading', { name: 'Find somebody' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('kay lovelace');
    await page.keyboard.press('Enter');
    await page.locator('.row').nth(1).waitFor();
    await button(page, 'Search').focus();
    const rows = page.locator('.row');
    const at = () => page.evaluate<string>('document.activeElement.hash ?? ""');
    const [first, second] = [await rows.nth(0).getAttribute('href'), await rows.nth(1).getAttribute('href')];
    const reached: string[] = [];
    for (const key of ['j', 'j', 'k']) {
      await page.keyboard.press(key);
      reached.push(await at());
    }
    assert.deepEqual(reached, [first, second, first]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Kay Lovelace', level: 2 }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'New person' }).waitFor();
    await desk.close();
  });

  test('on a phone the part that is open is in view', async () => {
    const desk = await officerAt(browser(), running, { kind: {} });
    const { page } = desk;
    await page.goto(`${running.url}/admin#settings/you`);
    await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
    const box = await page.locator('.parts [aria-current]').boundingBox();
    assert.ok(box !== null && box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box));
    await desk.close();
  });

  test('an edit shows the ages as they would be, and the service has what was saved', async () => {
    const { id, name } = await somebody('Edda');
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
    const { id, name } = await somebody('Pia');
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
    const { id, name } = await somebody('Sue');
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
    const { id, name } = await somebody('Rue');
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

  test('the log is found by kind and by who did it, and taken along as a file', async () => {
    const { id } = await somebody('Lou');
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

  test('keys rotate once that was confirmed', async () => {
    const keys = async () => (await client.ask(listKeys, 200, { token: running.adminKey })).body.data.length;
    const before = await keys();
    const desk = await officerAt(browser(), running);
    const { page } = desk;
    await page.goto(`${running.url}/admin#settings/keys`);
    await button(page, 'Rotate the keys').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate the keys' }).click();
    await page.getByText('The next keys sign now.').waitFor();
    assert.equal(await keys(), before + 3);
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

  for (const role of ['owner', 'issuer', 'auditor'] as const) {
    test(`an ${role} sees the parts of the role, and nothing that is pressed beyond it`, async () => {
      const desk = await officerAt(browser(), running, { role });
      const { page } = desk;
      const forbidden: string[] = [];
      page.on('response', (answer) => {
        if (answer.status() === 403) forbidden.push(answer.url());
      });
      const hashes = await page
        .locator('.parts a')
        .evaluateAll((links) => links.map((link) => (link as { hash: string }).hash));
      for (const hash of [
        ...hashes,
        '#settings/staff',
        '#settings/keys',
        '#settings/service',
        '#settings/you',
      ]) {
        await page.goto(`${running.url}/admin${hash}`);
        await page.locator('h1').waitFor();
        await page.waitForLoadState('networkidle');
      }
      assert.deepEqual(forbidden, []);
      assert.equal(hashes.includes('#people'), role !== 'auditor');
      assert.equal(hashes.includes('#log'), role !== 'issuer');
      await desk.close();
    });
  }

  test('a desk that nobody touches for half an hour is shut', async () => {
    const desk = await officerAt(browser(), running);
    await desk.page.waitForLoadState('networkidle');
    running.pass(30 * MINUTE);
    await open(desk.page, 'Log');
    await desk.page.getByText('Your session has ended. Sign in again.').waitFor();
    const { data } = (await client.ask(listAuditEvents, 200, { token: running.adminKey })).body;
    assert.ok(data.length > 0);
    await desk.close();
  });
});

/** What the thing is called that the keyboard is at. */
const NAME_HERE = `(() => {
  const at = document.activeElement;
  return at?.getAttribute('aria-label') ?? at?.labels?.[0]?.textContent ?? at?.textContent ?? '';
})()`;

/** Goes on with the Tab key until what has this name is reached. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const reached = await page.evaluate<string>(NAME_HERE);
    if (reached.trim() === name) return;
  }
  assert.fail(`The keyboard does not reach "${name}".`);
}

async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

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
