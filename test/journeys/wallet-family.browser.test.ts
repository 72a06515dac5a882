import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { call } from '../../src/cli/demo/call.ts';
import { launch, shutsNobodyOut, withoutBrowser } from '../support/browser.ts';
import { ADA, type OfferedPerson, offeredPerson, type Shop, shopWith } from '../support/people.ts';
import { makePhone, type PhoneKind, type TestPhone } from '../support/phone.ts';
import type { RunningService } from '../support/service.ts';
import { button, code, enrol, readPicture, show, typePin } from '../support/wallet-steps.ts';
import { passService } from '../web/wallet/support/pass-phone.ts';

const PARENT = { ...ADA, given_name: 'Ada', statuses: [] };
const CHILD = {
  ...ADA,
  given_name: 'Ben',
  birth_date: '2014-02-11',
  document_number: 'DOC-2',
  external_id: 'EXT-2',
};
const [PARENTS_PIN, CHILDS_PIN] = ['280519', '407312'];

describe('several people on one phone', { skip: withoutBrowser }, () => {
  const cleanups: (() => unknown)[] = [];
  let browser: Browser;
  let running: RunningService;
  let shop: Shop;

  before(async () => {
    running = await passService({ after: (work: () => unknown) => cleanups.push(work) } as never);
    shop = await shopWith(running, ['age_over_18', 'status_student']);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    for (const work of cleanups.reverse()) await work();
  });

  async function parents(kind: PhoneKind = {}) {
    const phone = await makePhone(browser, running.url, kind);
    await enrol(phone, running.url, await offeredPerson(running, PARENT));
    return { phone, page: phone.page };
  }
  const asks = async (phone: TestPhone, claim: string) => {
    const token = await readPicture(await phone.picture(`family-${claim}`));
    const json = { token, ask: { claims: [claim] } };
    const address = `${running.url}/v1/verifications`;
    const { body } = await call(address, { method: 'POST', token: shop.key, json });
    return [body.outcome, body.proof];
  };

  test('a child comes to a parent’s phone: each has their own PIN, passkey and wallet, and the child goes again', async () => {
    const { phone, page } = await parents();
    await page.getByText('works offline · 8').first().waitFor();
    await addChild(phone, await offeredPerson(running, CHILD));
    await page.getByText('works offline · 8').first().waitFor();
    await page.locator('.stocking').waitFor({ state: 'detached' });
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');

    await phone.context.setOffline(true);
    await page.reload();
    await page.getByRole('heading', { name: 'Ben' }).waitFor();
    await phone.picture('family-home');
    await choose(page, 'Student');
    await typePin(page, PARENTS_PIN);
    await page.getByText('Wrong PIN. 4 tries are left before a wait.').waitFor();
    await phone.picture('family-wrong-pin');
    await shutsNobodyOut(page);
    assert.equal(await code(page).count(), 0);
    await typePin(page, CHILDS_PIN);
    await code(page).waitFor();
    assert.deepEqual(await asks(phone, 'status_student'), ['approved', 'pass']);
    await button(page, 'Back').click();

    await turnTo(phone, 'Ada');
    assert.equal(await page.getByText('Student').count(), 0);
    await choose(page, 'Over 18');
    await typePin(page, CHILDS_PIN);
    await page.getByText('Wrong PIN.').waitFor();
    assert.equal(await code(page).count(), 0);
    await page.keyboard.type(PARENTS_PIN);
    await code(page).waitFor();
    assert.deepEqual(await asks(phone, 'age_over_18'), ['approved', 'pass']);
    await page.reload();
    await page.getByRole('heading', { name: 'Ada' }).waitFor();
    await phone.context.setOffline(false);

    const used: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/v1/sessions') && request.method() === 'POST')
        used.push(JSON.parse(request.postData() ?? '{}').credential.id);
    });
    await signIn(page, PARENTS_PIN);
    await turnTo(phone, 'Ben');
    await signIn(page, CHILDS_PIN);
    assert.equal(new Set(used).size, 2);

    await settings(page);
    await button(page, 'Remove Ben from this phone').click();
    await page.getByLabel('Type Ben to confirm').fill('Ada');
    await button(page, 'Remove Ben from this phone').click();
    await page.getByText('This is not Ben.').waitFor();
    await phone.picture('family-remove');
    await shutsNobodyOut(page);
    await page.getByLabel('Type Ben to confirm').fill('ben ');
    await button(page, 'Remove Ben from this phone').click();
    await page.getByText('Ben is off this phone.').waitFor();
    await page.getByRole('heading', { name: 'Ada' }).waitFor();
    assert.equal(await page.locator('.who').count(), 0);
    const left = await page.evaluate<string[]>(
      'indexedDB.databases().then((all) => all.map(({ name }) => name).sort())',
    );
    assert.deepEqual(left, ['counterproof-wallet', 'counterproof-wallet-roster']);
    await choose(page, 'Over 18');
    await typePin(page, PARENTS_PIN);
    await code(page).waitFor();
    assert.deepEqual(phone.trouble, []);
    await phone.close();
  });

  test('an offer’s link asks whom it is for, and takes nobody’s place before that was said twice', async () => {
    const { phone, page } = await parents();
    const again = await offeredPerson(running, PARENT);
    await page.goto('about:blank');
    await page.goto(`${running.url}/wallet#offer=${encodeURIComponent(again.offerUri)}`);
    await page.getByRole('heading', { name: 'Whom is this for?' }).waitFor();
    await phone.picture('family-whose');
    await shutsNobodyOut(page);
    await button(page, 'Ada').click();
    await button(page, 'Close').click();
    await button(page, 'Somebody new').click();
    await page.getByText('Before somebody else comes, Ada needs a PIN').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Ada' }).waitFor();
    await page.goto('about:blank');
    await page.goto(`${running.url}/wallet#offer=${encodeURIComponent(again.offerUri)}`);
    await button(page, 'Ada').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Replace the wallet of Ada' }).click();
    await page.getByLabel('Transaction code').fill(again.txCode);
    await button(page, 'Continue').click();
    await button(page, 'Make a passkey').click();
    await button(page, 'I have written it down').click();
    await show(phone, 'Over 18');
    await phone.close();
  });

  test('after five wrong PINs there is a wait, which a reload does not shorten, and then the right one opens', async () => {
    const { phone, page } = await parents({ prf: false });
    const other = await phone.context.newPage();
    await other.goto(`${running.url}/wallet`);
    await settings(other);
    await page.bringToFront();
    await settings(page);
    await button(page, 'Set a PIN').click();
    await button(page, 'Unlock').click();
    await typePin(page, '123456');
    await page.getByText('Too easy to guess.').waitFor();
    await typePin(page, PARENTS_PIN);
    await page.getByLabel('The same PIN once more').waitFor();
    await typePin(page, PARENTS_PIN);
    await page.getByText('The new PIN holds from now on.').waitFor();
    await other.getByText('The lock of this wallet was changed in another window.').waitFor();
    await other.close();

    await choose(page, 'Over 18');
    for (let wrong = 1; wrong <= 5; wrong++) {
      await typePin(page, '999999');
      await page
        .locator('.pin-wrong, .pin-wait', { hasText: wrong < 5 ? `${5 - wrong} ` : 'Wait' })
        .first()
        .waitFor();
    }
    await page.getByRole('timer').waitFor();
    await phone.picture('family-wait');
    await shutsNobodyOut(page);
    await page.reload();
    await choose(page, 'Over 18');
    await page.getByRole('timer').waitFor();
    await page.clock.setFixedTime(Date.now() + 31_000);
    await page.getByRole('timer').waitFor({ state: 'detached' });
    await typePin(page, PARENTS_PIN);
    await code(page).waitFor();
    await phone.close();
  });
});

/** From the parent's settings to the child's own wallet. */
async function addChild(phone: TestPhone, child: OfferedPerson): Promise<void> {
  const { page } = phone;
  await settings(page);
  await button(page, 'Add a person').click();
  await page.getByText('Before somebody else comes, Ada needs a PIN').waitFor();
  await button(page, 'Unlock').click();
  await page.getByLabel('New PIN, six digits').waitFor();
  await phone.picture('family-choose-pin');
  await typePin(page, PARENTS_PIN);
  await page.getByLabel('The same PIN once more').waitFor();
  await typePin(page, CHILDS_PIN);
  await page.getByText('The two were not the same.').waitFor();
  await typePin(page, PARENTS_PIN);
  await page.getByLabel('The same PIN once more').waitFor();
  await typePin(page, PARENTS_PIN);
  await page.getByLabel('Or paste its link').fill(child.offerUri);
  await phone.picture('family-add');
  await button(page, 'Open the offer').click();
  await page.getByLabel('Transaction code').fill(child.txCode);
  await button(page, 'Continue').click();
  await page.getByRole('heading', { name: 'A PIN of your own' }).waitFor();
  await typePin(page, CHILDS_PIN);
  await page.getByLabel('The same PIN once more').waitFor();
  await typePin(page, CHILDS_PIN);
  await button(page, 'Make a passkey').click();
  await button(page, 'I have written it down').click();
  await page.getByRole('heading', { name: 'Ben' }).waitFor();
}

async function turnTo(phone: TestPhone, name: string): Promise<void> {
  const { page } = phone;
  await page.locator('.who').click();
  await phone.picture('family-who');
  await shutsNobodyOut(page);
  await page.getByRole('dialog').getByRole('button', { name }).click();
  await page.getByRole('heading', { name }).waitFor();
}

async function settings(page: Page): Promise<void> {
  await button(page, 'Settings').click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
}

/** To the wallets of whoever is on the screen, which they sign in for, and back. */
async function signIn(page: Page, pin: string): Promise<void> {
  await settings(page);
  await button(page, 'See and lock them').click();
  await button(page, 'Sign in with a passkey').click();
  await typePin(page, pin);
  await page.getByText('on this phone').waitFor();
  await button(page, 'Back').click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await button(page, 'Back').click();
}

async function choose(page: Page, title: string): Promise<void> {
  await page.locator('.choice-title', { hasText: new RegExp(`^${title}$`) }).click();
}
