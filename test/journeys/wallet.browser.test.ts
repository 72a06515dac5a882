import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { call } from '../../src/cli/demo/call.ts';
import { SAMPLE_PERSON } from '../../src/judgement/sample-person.ts';
import { launch, withoutBrowser } from '../support/browser.ts';
import { ADA, offeredPerson, type Shop, shopWith } from '../support/people.ts';
import { makePhone, type PhoneKind } from '../support/phone.ts';
import { type RunningService, runService } from '../support/service.ts';
import { button, code, enrol, readPicture, show } from '../support/wallet-steps.ts';

const FACTS = { ...ADA, given_name: 'Ada', portrait: SAMPLE_PERSON.portrait };

describe('the wallet, at the till', { skip: withoutBrowser }, () => {
  const cleanups: (() => unknown)[] = [];
  let browser: Browser;
  let running: RunningService;
  let shop: Shop;

  before(async () => {
    running = await runService({ after: (work: () => unknown) => cleanups.push(work) } as never);
    shop = await shopWith(running, ['age_over_18', 'age_over_21', 'given_name', 'family_name', 'portrait']);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    for (const work of cleanups.reverse()) await work();
  });

  async function phoneOf(kind: PhoneKind = {}) {
    const phone = await makePhone(browser, running.url, kind);
    const person = await offeredPerson(running, FACTS);
    return { phone, person, page: phone.page };
  }
  const ask = (token: string, asked: object) =>
    call(`${running.url}/v1/verifications`, { method: 'POST', token: shop.key, json: { token, ask: asked } });

  test('a person enrols from a link, shows that they are over 18, and reads who asked and what they learned', async () => {
    const { phone, person, page } = await phoneOf();
    const lockCode = await enrol(phone, running.url, person);
    assert.match(lockCode, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    assert.equal(new URL(page.url()).hash, '');
    await show(phone, 'Over 18');
    const digits = await readPicture(await phone.picture('wallet-show'));
    assert.match(digits, /^1\d{33}$/);
    const { body } = await ask(digits, { policies: ['alcohol'] });
    assert.deepEqual([body.outcome, body.claims], ['approved', { age_over_18: true }]);
    await page.getByText('by Corner Shop').waitFor();
    await page.getByText('over 18 — yes').waitFor();
    await page.getByText('Not your name, not your birthday.').waitFor();
    await phone.picture('wallet-used');
    assert.deepEqual(phone.trouble, []);
    await phone.close();
  });

  test('a shop that asks for more than the code shows is told nothing, and the phone says so', async () => {
    const { phone, person, page } = await phoneOf();
    await enrol(phone, running.url, person);
    await show(phone, 'Over 18');
    const digits = await readPicture(await phone.picture('wallet-asked-more'));
    const { body } = await ask(digits, { claims: ['age_over_21'] });
    assert.equal(body.reason, 'claim_not_presented');
    await page
      .getByText('Corner Shop asked for more or for something else. They were told nothing.')
      .waitFor();
    await code(page).waitFor();
    await phone.close();
  });

  test('a name and a face go to whoever hands over a parcel, and the phone says that they did', async () => {
    const { phone, person, page } = await phoneOf();
    await enrol(phone, running.url, person);
    await show(phone, 'Name and photo for a parcel');
    const digits = await readPicture(await phone.picture('wallet-parcel'));
    const { body } = await ask(digits, { claims: ['given_name', 'family_name'], portrait: true });
    assert.equal(body.outcome, 'approved');
    await page.getByText('your family name').waitFor();
    await page.getByText('Not your birthday.').waitFor();
    await phone.close();
  });

  test('the code is there as bars and as digits too, and both are the same', async () => {
    const { phone, person, page } = await phoneOf();
    await enrol(phone, running.url, person);
    await show(phone, 'Over 18');
    await button(page, 'Digits').click();
    const typed = ((await page.locator('.digits .figures').textContent()) ?? '').replaceAll(' ', '');
    await button(page, 'Barcode').click();
    await page.getByRole('img', { name: 'Barcode' }).waitFor();
    assert.equal(await readPicture(await phone.picture('wallet-barcode')), typed);
    await phone.close();
  });

  test('each showing takes a copy that was never shown', async () => {
    const { phone, person, page } = await phoneOf();
    await enrol(phone, running.url, person);
    await show(phone, 'Over 18');
    await button(page, 'Back').click();
    await page.getByText('needs a network · 29 left').first().waitFor();
    await phone.close();
  });

  test('a finger that is not the owner’s shows nothing, and spends nothing', async () => {
    const { phone, person, page } = await phoneOf();
    await enrol(phone, running.url, person);
    await phone.finger('stranger');
    await page.locator('.choice').first().click();
    await page.getByText('Not unlocked. Nothing was shown.').waitFor();
    assert.equal(await code(page).count(), 0);
    await phone.picture('wallet-stranger');
    await button(page, 'Back').click();
    await page.getByText('needs a network · 30 left').first().waitFor();
    assert.equal(await page.getByText('needs a network · 29 left').count(), 0);
    await phone.close();
  });

  test('where passkeys yield no secret the lock is a gate on the screen, and the help says so', async () => {
    const { phone, person, page } = await phoneOf({ prf: false });
    await enrol(phone, running.url, person);
    await button(page, 'Help').click();
    await page.getByText('The passkeys of this browser yield no key.').waitFor();
    await button(page, 'Back').click();
    await show(phone, 'Over 18');
    await phone.close();
  });

  test('a wrong transaction code is said to be wrong, and the right one is taken after it', async () => {
    const { phone, person, page } = await phoneOf();
    await page.goto(`${running.url}/wallet#offer=${encodeURIComponent(person.offerUri)}`);
    await page.getByLabel('Transaction code').fill(person.txCode === '000000' ? '000001' : '000000');
    await button(page, 'Continue').click();
    await page.getByText('This code was not taken.').waitFor();
    await page.getByLabel('Transaction code').fill(person.txCode);
    await button(page, 'Continue').click();
    await button(page, 'Make a passkey').waitFor();
    await phone.close();
  });
});
