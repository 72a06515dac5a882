import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { readOffer, redeemOffer } from '../../src/issuance/endpoints.ts';
import { SAMPLE_PERSON } from '../../src/judgement/sample-person.ts';
import { suspendPerson } from '../../src/people/endpoints.ts';
import { createReport } from '../../src/reports/endpoints.ts';
import { pairTerminal } from '../../src/retailers/terminals/endpoints.ts';
import { sharedBrowser, shutsNobodyOut, withoutBrowser } from '../support/browser.ts';
import { type Client, clientOf } from '../support/client.ts';
import { complaints, DESK, find, invited, officerAt, open, setUp } from '../support/console-steps.ts';
import { ADA, offeredPerson, shopWith } from '../support/people.ts';
import type { PhoneKind } from '../support/phone.ts';
import { type RunningService, runService } from '../support/service.ts';
import { until } from '../support/till.ts';
import { button, readPicture } from '../support/wallet-steps.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
const NAME = `${ADA.given_name} ${ADA.family_name}`;

const KINDS: readonly { readonly name: string; readonly kind: PhoneKind }[] = [
  { name: 'phone light en', kind: {} },
  { name: 'phone dark ar', kind: { colorScheme: 'dark', locale: 'ar-EG' } },
  { name: 'narrow light ar', kind: { locale: 'ar-EG', viewport: { width: 320, height: 640 } } },
  { name: 'tablet dark en', kind: { colorScheme: 'dark', viewport: { width: 820, height: 1180 } } },
  { name: 'desk light en', kind: DESK },
  { name: 'desk dark en', kind: { ...DESK, colorScheme: 'dark' } },
  { name: 'desk light ar', kind: { ...DESK, locale: 'ar-EG' } },
];

/** The other screens, each with what stands there once it is read. */
const REST = [
  ['tills/new', '.claims .choice'],
  ['policies', '.row'],
  ['policies/alcohol', '.claims .choice'],
  ['log', '.ledger-log td'],
  ['settings/staff', '.row'],
  ['settings/keys', '.ledger td'],
  ['settings/service', '.ledger td'],
  ['settings/you', '.actions .button'],
] as const;

describe('the console', { skip: withoutBrowser }, () => {
  const cleanups: (() => unknown)[] = [];
  const browser = sharedBrowser();
  let running: RunningService;
  let client: Client;

  before(async () => {
    running = await runService({ after: (work: () => unknown) => cleanups.push(work) } as never);
    client = clientOf(running.url);
  });
  after(async () => {
    for (const work of cleanups.reverse()) await work();
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
    await offeredPerson(running, ADA);
    await find(desk.page, NAME);
    // What the panel still asks for would find the door before the search does.
    await desk.page.waitForLoadState('networkidle');
    await desk.context.clearCookies();
    await button(desk.page, 'Search').click();
    await desk.page.getByText('Your session has ended. Sign in again.').waitFor();
    assert.doesNotMatch(await desk.page.content(), new RegExp(ADA.family_name));
    await desk.close();
  });

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
    await page.getByText('Not right yet: Given name, Family name and Date of birth.').waitFor();
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
    const facts = { ...ADA, given_name: 'Grace', family_name: 'Hopper', external_id: 'EXT-GRACE' };
    const { id } = await offeredPerson(running, facts);
    const desk = await officerAt(browser(), running);
    const { page } = desk;
    await find(page, 'Grace Hopper');
    const json = { reason: 'Reported a lost document' };
    await client.ask(suspendPerson, 200, { token: running.adminKey, params: { id }, json });
    await button(page, 'Make an offer').click();
    await page.getByText('No offer was made: Grace Hopper is suspended or revoked.').waitFor();
    await page.locator('.known .badge', { hasText: 'Suspended' }).waitFor();
    assert.equal(await button(page, 'Make an offer').count(), 0);
    await desk.picture('admin-suspended');
    await shutsNobodyOut(page);
    await desk.close();
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

  for (const { name, kind } of KINDS) {
    test(`has nothing that axe finds serious and fits its width, ${name}`, async () => {
      await shopWith(running, ['age_over_18']);
      await offeredPerson(running, { ...ADA, family_name: name, external_id: null });
      const desk = await invited(browser(), running, { kind });
      const { page } = desk;
      const look = async (screen: string): Promise<void> => {
        await shutsNobodyOut(page);
        assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), screen);
        await desk.picture(`admin-${name.replaceAll(/\W+/g, '-')}-${screen}`);
      };
      await page.locator('.gate .button-main').waitFor();
      await look('door');
      await page.locator('.gate .button-main').click();
      await page.locator('.codes').waitFor();
      await look('codes');
      await page.locator('.gate .button-main').click();
      await page.locator('.frame h1').waitFor();
      await page.locator('.sheet .empty').waitFor();
      await look('overview');
      await page.goto(`${running.url}/admin#people`);
      await page.locator('.find').waitFor();
      await look('people');
      await page.locator('.find input').fill(`${ADA.given_name} ${name}`);
      await page.keyboard.press('Enter');
      await page.locator('.row').waitFor();
      await look('found');
      await page.locator('.row').click();
      await page.locator('.part .button-danger').first().click();
      await page.locator('dialog').waitFor();
      await look('suspend');
      await page.keyboard.press('Escape');
      await page.locator('.part .button-main').click();
      await page.locator('.offer').waitFor();
      await look('offer');
      await page.goto(`${running.url}/admin#people/new`);
      await page.locator('.form-add .button').click();
      await look('new');
      await page.goto(`${running.url}/admin#tills`);
      await page.locator('.row').first().click();
      await page.locator('.till .button').first().click();
      await page.locator('.offer .code').waitFor();
      await look('pairing');
      await page.goto(`${running.url}/admin#reports`);
      await page.locator('.sheet .ledger, .sheet .empty').waitFor();
      await look('reports');
      for (const [hash, there] of REST) {
        await page.goto(`${running.url}/admin#${hash}`);
        await page.locator(there).first().waitFor();
        await look(hash.replace('/', '-'));
      }
      assert.deepEqual(complaints(desk), []);
      await desk.close();
    });
  }
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

interface SentRequest {
  readonly url: string;
  readonly body: string;
  cookie: string;
}

/** Every request that a page sends from now on. */
function requestsOf(page: Page): readonly SentRequest[] {
  const sent: SentRequest[] = [];
  page.on('request', async (request) => {
    const one: SentRequest = { url: request.url(), body: request.postData() ?? '', cookie: 'unknown' };
    sent.push(one);
    one.cookie = (await request.allHeaders()).cookie ?? 'none';
  });
  return sent;
}
