import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { withCheckDigits } from '../../src/formats/digits.ts';
import { testToken } from '../../src/judgement/test-token.ts';
import { picture, sharedBrowser, shutsNobodyOut, withoutBrowser } from '../support/browser.ts';
import { sharedStage } from '../support/stage.ts';
import { next, pairedTill, passes, scans, shown, tillShop } from '../support/till.ts';

const TICKET = withCheckDigits(`1${'0'.repeat(31)}`);
const CODE = '2580';

describe('a till as something else', { skip: withoutBrowser }, () => {
  const stage = sharedStage();
  const browser = sharedBrowser();
  const open = (options: Parameters<typeof pairedTill>[2] = {}) =>
    pairedTill(stage().running, browser(), options);

  test('is a kiosk: asks what was chosen of everybody, speaks to customers, and stays one over a reload', async () => {
    const { page, trouble } = await open();
    await fromMenu(page, 'Use as a kiosk');
    assert.equal(await page.getByRole('button', { name: /^Parcel pick-up/ }).isDisabled(), true);
    await page.getByText('needs somebody to compare the portrait').first().waitFor();
    await startKiosk(page, { asked: 'Alcohol', code: CODE, again: '2581' });
    await page.getByText('The two are not the same. Type the code once more.').waitFor();
    await shutsNobodyOut(page);
    await picture(page, 'kiosk-setup');
    await page.getByLabel('Exit code once more').fill(CODE);
    await page.getByRole('button', { name: 'Start the kiosk' }).click();
    await isReady(page);
    await shutsNobodyOut(page);
    await picture(page, 'kiosk-ready');

    await scans(page, testToken('approved'));
    await says(page, 'Confirmed', 'result-approved');
    await scans(page, testToken('suspended'));
    await says(page, 'A member of staff will help you', 'kiosk-staff');
    await shutsNobodyOut(page);
    await picture(page, 'kiosk-staff');
    await scans(page, testToken('expired'));
    await says(page, 'Show a new code', 'result-again');
    await passes(page, 6_000);
    await isReady(page);

    await page.getByRole('button', { name: 'العربية' }).click();
    await page.getByRole('heading', { name: 'قرّب الرمز الظاهر على هاتفك من الماسح' }).waitFor();
    await page.evaluate("location.hash = 'ask=films_12'");
    await passes(page, 30_000);
    await isReady(page);
    await page.reload();
    await isReady(page);
    assert.equal(await page.getByRole('button', { name: 'Menu' }).count(), 0);
    await scans(page, testToken('revoked'));
    await says(page, 'A member of staff will help you', 'kiosk-staff');
    assert.deepEqual(trouble, []);
    await page.context().close();
  });

  test('is left by its exit code, which can be tried three times and then waits', async () => {
    const { page } = await open();
    await fromMenu(page, 'Use as a kiosk');
    await startKiosk(page, { asked: 'Alcohol', code: CODE });
    await isReady(page);
    await page.keyboard.press('Escape');
    for (const wrong of ['1111', '2222']) await tries(page, wrong, 'That is not the exit code.');
    await tries(page, '3333', 'That is not the exit code. Try again in 30 seconds.');
    await shutsNobodyOut(page);
    await picture(page, 'kiosk-exit');
    await page.reload();
    await page.getByRole('button', { name: 'Staff' }).click();
    await page.getByText(/Try again in \d+ seconds\./).waitFor();
    await page.getByLabel('Exit code').fill(CODE);
    assert.equal(await page.getByRole('button', { name: 'Leave the kiosk' }).isDisabled(), true);
    await passes(page, 30_000);
    // Whoever waits for it has gone meanwhile: the way out is closed behind them.
    await isReady(page);
    await page.getByRole('button', { name: 'Staff' }).click();
    await page.getByLabel('Exit code').fill(CODE);
    await page.getByRole('button', { name: 'Leave the kiosk' }).click();
    await page.getByRole('heading', { name: 'Choose what is sold' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Menu' }).waitFor();
    await page.context().close();
  });

  test('says to customers that it is closed once it is blocked, and is left by pairing', async () => {
    const { page, terminal } = await open();
    const shop = await tillShop(stage().running);
    await fromMenu(page, 'Use as a kiosk');
    await startKiosk(page, { asked: 'Alcohol', code: CODE });
    await isReady(page);
    await shop.block(terminal.id);
    await scans(page, testToken('approved'));
    await says(page, 'Closed at present', 'kiosk-closed');
    await shutsNobodyOut(page);
    await page.getByRole('button', { name: 'Staff' }).click();
    const { pairingCode } = await shop.terminal();
    await page.getByLabel('Pairing code').fill(pairingCode);
    await page.getByRole('button', { name: 'Pair this till' }).click();
    await page.getByRole('heading', { name: 'Choose what is sold' }).waitFor();
    await fromMenu(page, 'Use as a kiosk');
    await page.getByRole('button', { name: 'Alcohol', pressed: true }).waitFor();
    await page.context().close();
  });

  test('is for training: every screen can be tried, the band is on each, and no request is made', async () => {
    const { page, trouble } = await open({ live: true });
    await fromMenu(page, 'Training');
    const band = page.locator('.training-band');
    await band.waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).pathname.startsWith('/v1/')) asked.push(request.url());
    });

    await scans(page, testToken('approved'));
    assert.deepEqual(await shown(page), { tone: 'approved', words: 'Over 18', next: 'Sell' });
    assert.match(await band.innerText(), /Training\s+Nothing is sold or recorded/);
    assert.equal(await page.locator('.training-word').innerText(), 'Training');
    await shutsNobodyOut(page);
    await picture(page, 'training-approved');
    await scans(page, TICKET);
    assert.deepEqual(await shown(page), {
      tone: 'again',
      words: 'That is a real code',
      next: 'End the training to check it',
    });
    await band.waitFor();
    await next(page);

    await page.getByRole('button', { name: 'Practice codes' }).click();
    await page.getByText('1 of 10 seen').waitFor();
    const titles = await page.locator('.lesson-title > span:first-child').allTextContents();
    assert.equal(titles.length, 10);
    for (const title of titles.slice(1)) {
      await page.getByRole('button', { name: title, exact: true }).click();
      if (title === 'Code was used') {
        await shutsNobodyOut(page);
        await picture(page, 'training-lessons');
      }
      await page.getByRole('button', { name: 'Try it' }).click();
      assert.equal((await shown(page)).words, title);
      await band.waitFor();
      await next(page);
    }
    await page.getByText('10 of 10 seen').waitFor();
    await page.getByText('All seen.').waitFor();
    assert.deepEqual(asked, []);
    assert.deepEqual(trouble, []);
    await page.getByRole('button', { name: 'End the training' }).click();
    await page.getByRole('button', { name: 'Menu' }).waitFor();
    assert.equal(await band.count(), 0);

    await fromMenu(page, 'Training');
    // Without a network the service does not notice that half an hour passes in a moment.
    await page.context().setOffline(true);
    await passes(page, 1_799_999);
    await page.getByRole('button', { name: 'Practice codes' }).click();
    await passes(page, 1_799_999);
    await band.waitFor();
    await passes(page, 1);
    await page.getByRole('button', { name: 'Menu' }).waitFor();
    await fromMenu(page, 'Training');
    await band.waitFor();
    await page.context().setOffline(false);
    await page.reload();
    await page.getByRole('button', { name: 'Menu' }).waitFor();
    assert.equal(await band.count(), 0);
    await page.context().close();
  });
});

async function fromMenu(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name, exact: true }).click();
}

interface Setup {
  readonly asked: string;
  readonly code: string;
  readonly again?: string;
}

async function startKiosk(page: Page, { asked, code, again = code }: Setup): Promise<void> {
  await page.getByRole('button', { name: asked, exact: true }).click();
  await page.getByLabel('Exit code', { exact: true }).fill(code);
  await page.getByLabel('Exit code once more').fill(again);
  await page.getByRole('button', { name: 'Start the kiosk' }).click();
}

async function isReady(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Hold the code on your phone up to the' }).waitFor();
}

async function says(page: Page, words: string, face: string): Promise<void> {
  await page.locator(`.${face} h1`, { hasText: words }).waitFor();
}

async function tries(page: Page, code: string, answer: string): Promise<void> {
  await page.getByLabel('Exit code').fill(code);
  await page.getByRole('button', { name: 'Leave the kiosk' }).click();
  await page.getByText(answer, { exact: true }).waitFor();
}
