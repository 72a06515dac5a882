import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testToken } from '../../src/judgement/test-token.ts';
import { createPresentation } from '../../src/presentation/endpoints.ts';
import {
  freshPage,
  picture,
  SCREENS,
  sharedBrowser,
  shutsNobodyOut,
  withoutBrowser,
} from '../support/browser.ts';
import { presentationOf } from '../support/client.ts';
import { sharedStage } from '../support/stage.ts';
import { choose, next, pairedTill, passes, scans, shown, tillShop, until } from '../support/till.ts';

const APPROVED = testToken('approved');
const HOUR = 3_600_000;

describe('a till that is being paired', { skip: withoutBrowser }, () => {
  const stage = sharedStage();
  const browser = sharedBrowser();

  test('takes the code by hand, and says when it is wrong', async () => {
    const { pairingCode } = await (await tillShop(stage().running)).terminal();
    const { page } = await freshPage(browser());
    await page.goto(`${stage().running.url}/terminal`);
    const code = page.getByLabel('Pairing code');
    await shutsNobodyOut(page);
    await picture(page, 'terminal-pairing');
    await code.fill('aaaa bbbb');
    assert.equal(await code.inputValue(), 'AAAA-BBBB');
    await code.press('Enter');
    await page.getByText('This code is wrong, was used or has expired. Ask for a new one.').waitFor();
    await until(async () => (await code.inputValue()) === '');
    await shutsNobodyOut(page);
    await code.fill(pairingCode.toLowerCase());
    await page.getByRole('button', { name: 'Pair this till' }).click();
    await page.getByText('Corner Shop · Till 2').waitFor();
    await page.context().close();
  });

  test('takes the code from a link once, and does not leave it in the address', async () => {
    const { pairingCode } = await (await tillShop(stage().running)).terminal();
    const link = `${stage().running.url}/terminal#pair=${pairingCode}`;
    const { page } = await freshPage(browser());
    await page.goto(link);
    await page.getByText('Corner Shop · Till 2').waitFor();
    assert.equal(page.url(), `${stage().running.url}/terminal`);
    await page.reload();
    await page.getByText('Corner Shop · Till 2').waitFor();
    const other = await freshPage(browser());
    await other.page.goto(link);
    await other.page.getByText('This code is wrong, was used or has expired.').waitFor();
    await page.context().close();
    await other.context.close();
  });

  test('speaks Arabic from right to left where the browser does, and English when asked to', async () => {
    const { page, trouble } = await pairedTill(stage().running, browser(), {
      locale: 'ar-EG',
      viewport: SCREENS.phone,
    });
    assert.equal(
      await page.evaluate('document.documentElement.dir + document.documentElement.lang'),
      'rtlar',
    );
    await shutsNobodyOut(page);
    await picture(page, 'terminal-ready-arabic');
    await scans(page, testToken('expired'));
    assert.equal((await shown(page)).words, 'انتهت صلاحية الرمز');
    await picture(page, 'terminal-expired-arabic');
    await next(page);
    await page.getByRole('button', { name: 'القائمة' }).click();
    await page.getByLabel('اللغة').selectOption('en');
    await page.getByRole('button', { name: 'Test the scanner' }).waitFor();
    assert.equal(await page.evaluate('document.documentElement.dir'), 'ltr');
    await shutsNobodyOut(page);
    await page.reload();
    await page.getByRole('button', { name: 'Menu' }).waitFor();
    assert.deepEqual(trouble, []);
    await page.context().close();
  });
});

describe('a till in trouble', { skip: withoutBrowser }, () => {
  const stage = sharedStage();
  const browser = sharedBrowser();
  const open = (options: Parameters<typeof pairedTill>[2] = {}) =>
    pairedTill(stage().running, browser(), options);

  test('without a bundle says that there is no network, sells nothing, and asks again when it is back', async () => {
    const { page } = await open({ bundle: false });
    await page.context().setOffline(true);
    await page.locator('.band', { hasText: /No network since \d{1,2}:\d\d\./ }).waitFor();
    await shutsNobodyOut(page);
    await picture(page, 'terminal-no-network');
    await scans(page, APPROVED);
    await page.getByRole('heading', { name: 'No answer yet' }).waitFor();
    await shutsNobodyOut(page);
    await picture(page, 'terminal-no-answer');
    await page.context().setOffline(false);
    await passes(page, 5_000);
    assert.equal((await shown(page)).tone, 'approved');
    await page.context().close();
  });

  test('gets an approval whose answer was lost on the way, and no refusal for asking again', async () => {
    const { page } = await open({ live: true });
    const json = { presentation: await presentationOf(stage(), stage().copy) };
    const { ticket } = (await stage().client.ask(createPresentation, 201, { json })).body;
    await page.route('**/v1/verifications', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await scans(page, ticket);
    await page.getByRole('heading', { name: 'No answer yet' }).waitFor();
    await page.unroute('**/v1/verifications');
    await page.getByRole('button', { name: 'Ask again' }).click();
    assert.deepEqual(await shown(page), { tone: 'approved', words: 'Over 18', next: 'Sell' });
    await page.context().close();
  });

  test('takes another code instead of waiting', async () => {
    const { page } = await open({ bundle: false });
    await page.context().setOffline(true);
    await scans(page, APPROVED);
    await page.getByRole('button', { name: 'Take another code' }).click();
    await page.getByRole('heading', { name: 'Scan the code on the phone' }).waitFor();
    await page.context().close();
  });

  test('that is blocked says so, and can be paired with a new code only', async () => {
    const { page, terminal } = await open();
    await (await tillShop(stage().running)).block(terminal.id);
    await scans(page, APPROVED);
    await page.getByRole('heading', { name: 'This till is blocked' }).waitFor();
    await shutsNobodyOut(page);
    await picture(page, 'terminal-blocked');
    await page.getByRole('button', { name: 'Pair with a new code' }).click();
    await page.getByLabel('Pairing code').waitFor();
    await page.reload();
    await page.getByLabel('Pairing code').waitFor();
    await page.context().close();
  });

  test('whose session has run out asks for a new code', async () => {
    const { page } = await open();
    await passes(page, 31 * 24 * HOUR);
    await page
      .getByText('This till was not used for long, and its session has ended. Pair it again.')
      .waitFor();
    await page.context().close();
  });

  test('whose clock is wrong says by how much, and goes on if the cashier says so', async () => {
    const { page } = await open();
    await passes(page, HOUR / 5);
    await scans(page, testToken('expired'));
    await page.getByRole('heading', { name: 'The clock is wrong' }).waitFor();
    await page.getByText('This till is 12 minutes ahead of the service.').waitFor();
    await shutsNobodyOut(page);
    await picture(page, 'terminal-clock');
    await page.getByRole('button', { name: 'Go on with this clock' }).click();
    await page.getByText('The clock of this till is wrong.').waitFor();
    await passes(page, -HOUR / 5);
    await scans(page, testToken('already_used'));
    await shown(page);
    assert.equal(await page.getByText('The clock of this till is wrong.').count(), 0);
    await page.context().close();
  });

  test('is unpaired from its menu', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Menu' }).click();
    await picture(page, 'terminal-menu');
    const ended = page.waitForResponse('**/v1/terminal-sessions/current');
    await page.getByRole('button', { name: 'Unpair Till 2' }).click();
    assert.equal((await ended).status(), 204);
    await page.getByLabel('Pairing code').waitFor();
    await page.reload();
    await page.getByLabel('Pairing code').waitFor();
    await page.context().close();
  });

  test('chooses and lets go of what is sold', async () => {
    const { page } = await open({ viewport: SCREENS.tablet });
    await choose(page, 'Tobacco');
    await page.getByRole('button', { name: 'Tobacco', pressed: true }).waitFor();
    await shutsNobodyOut(page);
    await picture(page, 'terminal-ready');
    await choose(page, 'Tobacco');
    await choose(page, 'Alcohol');
    await page.getByRole('heading', { name: 'Choose what is sold' }).waitFor();
    await page.context().close();
  });
});
