import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { listAuditEvents } from '../../src/audit/endpoints.ts';
import { shutsNobodyOut, withoutBrowser } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import {
  complaints,
  DESK,
  find,
  invited,
  officerAt,
  open,
  requestsOf,
  setUp,
  sharedConsole,
  somebody,
} from '../support/console-steps.ts';
import { fill, press, tabTo } from '../support/keyboard.ts';
import { makePhone } from '../support/phone.ts';
import type { RunningService } from '../support/service.ts';
import { button, readPicture } from '../support/wallet-steps.ts';

const MINUTE = 60_000;

describe('the door of the console', { skip: withoutBrowser }, () => {
  const stage = sharedConsole();
  const { browser } = stage;
  let running: RunningService;
  let client: Client;

  before(() => {
    ({ running, client } = stage.there());
  });

  test('is set up by a link that works once; then a passkey opens it, and signing out shuts it', async () => {
    const desk = await invited(browser(), running);
    const { page } = desk;
    const sent = requestsOf(page);
    await page.getByRole('heading', { name: 'Set up your sign-in' }).waitFor();
    assert.equal(new URL(page.url()).hash, '');
    await desk.picture('admin-set-up');
    const codes = await setUp(page);
    assert.equal(new Set(codes).size, 10);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    const registered = sent.find(({ url }) => url.endsWith('/v1/officer-passkeys'));
    assert.doesNotMatch(registered?.body ?? 'none', /prf|none/);
    await button(page, 'Sign out').click();
    await page.getByText('You have signed out.').waitFor();
    assert.deepEqual(await desk.context.cookies(), []);
    await button(page, 'Sign in with a passkey').click();
    await page.getByText('Olive').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    assert.doesNotMatch(await page.content(), new RegExp(codes[0] ?? 'none'));
    const token = JSON.parse(
      sent.find(({ url }) => url.endsWith('/registrations'))?.body ?? '{}',
    ).setup_token;
    await page.goto(`${running.url}/admin#setup=${token}`);
    await button(page, 'Make a passkey').click();
    await page.getByText('This link is wrong, was used or has expired. Ask for a new one.').waitFor();
    assert.deepEqual(complaints(desk), []);
    await desk.close();
  });

  test('stays shut to a stranger’s finger, and to a passkey that it does not know', async () => {
    const desk = await officerAt(browser(), running);
    const { page } = desk;
    await button(page, 'Sign out').click();
    await desk.finger('stranger');
    await button(page, 'Sign in with a passkey').click();
    await page.getByText('Nothing was confirmed.').waitFor();
    assert.deepEqual(await desk.context.cookies(), []);
    await desk.picture('admin-stranger');
    await desk.close();
    const holder = await invited(browser(), running);
    await button(holder.page, 'Sign in instead').click();
    await holder.receive(passkeyOfNobody(running.url));
    await button(holder.page, 'Sign in with a passkey').click();
    await holder.page.getByText('This passkey is not known here').waitFor();
    assert.deepEqual(await holder.context.cookies(), []);
    await holder.close();
  });

  test('leads back to the door when the session has ended, and keeps nothing of a person on the screen', async () => {
    const desk = await officerAt(browser(), running);
    const { name } = await somebody(running, 'Lia');
    await find(desk.page, name);
    // What the panel still asks for would find the door before the search does.
    await desk.page.waitForLoadState('networkidle');
    await desk.context.clearCookies();
    await button(desk.page, 'Search').click();
    await desk.page.getByText('Your session has ended. Sign in again.').waitFor();
    assert.doesNotMatch(await desk.page.content(), /Lovelace/);
    await desk.close();
  });

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

  test('the first run leads from the set-up link to the first printed offer, by keyboard alone', async () => {
    const desk = await invited(browser(), running);
    const { page } = desk;
    await page.getByRole('heading', { name: 'Set up your sign-in' }).waitFor();
    await press(page, 'Make a passkey');
    await page.locator('.codes').waitFor();
    await press(page, 'I have kept them');
    await press(page, 'Enter a person and make the first offer');
    await fill(page, { 'Given name': 'Grace', 'Family name': 'Hopper' });
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

  test('an officer adds a passkey on a second device; removing the lost one signs out where it was used', async () => {
    const desk = await officerAt(browser(), running);
    const { page } = desk;
    const lost = await makePhone(browser(), running.url, DESK);
    await lost.receive(await desk.passkeys());
    await lost.page.goto(`${running.url}/admin`);
    await button(lost.page, 'Sign in with a passkey').click();
    await lost.page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.goto(`${running.url}/admin#settings/you`);
    const passkeys = page.locator('section', { hasText: 'Your passkeys' });
    const sessions = page.locator('section', { hasText: 'Where you are signed in' });
    await passkeys.getByText('in use here').waitFor();
    assert.equal(await button(page, /^Remove/).count(), 0, 'the last one stays');
    await passkeys.getByText('Add a passkey').first().click();
    await page.getByLabel('What you call it').fill('Laptop');
    await button(page, 'Add a passkey').click();
    await page.getByText('This device has a passkey of yours already.').waitFor();
    await desk.forget();
    await button(page, 'Add a passkey').click();
    await page.getByText('Laptop is added. You are signed in with it now.').waitFor();
    await sessions.getByText('with Laptop').waitFor();
    await sessions.getByText('with Passkey').waitFor();
    await shutsNobodyOut(page);
    await desk.picture('admin-own-passkeys');
    await button(page, /^Remove Passkey/).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Passkey is removed.').waitFor();
    await page.getByText('You are signed in nowhere else.').waitFor();
    await open(lost.page, 'Log');
    await lost.page.getByText('Your session has ended. Sign in again.').waitFor();
    assert.deepEqual(complaints(desk), []);
    await lost.close();
    await desk.close();
  });

  test('an officer signs out elsewhere', async () => {
    const [desk, other] = [
      await officerAt(browser(), running),
      await makePhone(browser(), running.url, DESK),
    ];
    await other.receive(await desk.passkeys());
    await other.page.goto(`${running.url}/admin`);
    await button(other.page, 'Sign in with a passkey').click();
    await other.page.getByRole('heading', { name: 'Overview' }).waitFor();
    await desk.page.goto(`${running.url}/admin#settings/you`);
    await button(desk.page, /^Sign out there/).click();
    await desk.page.getByText('Signed out there.').waitFor();
    await desk.page.getByText('You are signed in nowhere else.').waitFor();
    await open(other.page, 'Log');
    await other.page.getByText('Your session has ended. Sign in again.').waitFor();
    await other.close();
    await desk.close();
  });
});

/** A passkey for this host that nobody ever registered. */
function passkeyOfNobody(url: string): readonly object[] {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return [
    {
      credentialId: Buffer.from('nobody').toString('base64'),
      isResidentCredential: true,
      rpId: new URL(url).hostname,
      privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
      userHandle: Buffer.from('nobody').toString('base64'),
      signCount: 0,
    },
  ];
}
