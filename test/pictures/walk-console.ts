import type { Page } from 'playwright-core';
import { DESK, invited } from '../support/console-steps.ts';
import type { Stop } from './tour.ts';
import type { Town } from './town.ts';

/** Every screen of the console, as an owner sees it. */
export async function walkConsole(town: Town, stop: Stop): Promise<void> {
  const { browser, running, shop, tag, words } = town;
  const desk = await invited(browser, running, { kind: { ...DESK, locale: tag } });
  const { page } = desk;
  const press = (key: string, values = {}) =>
    page
      .getByRole('button', { name: words(key, values), exact: true })
      .first()
      .click();
  const go = async (hash: string): Promise<void> => {
    await page.goto(`${running.url}/admin#${hash}`);
    await page.waitForLoadState('networkidle');
  };

  await page.locator('.gate .button-main').waitFor();
  await stop(page, 'set-up');
  await press('admin.set_up.do');
  await page.locator('.codes').waitFor();
  await stop(page, 'recovery-codes');
  await press('admin.codes.kept');
  await page.locator('.chart canvas').waitFor();
  await stop(page, 'overview');
  await press('admin.overview.as_table');
  await stop(page, 'overview-table');

  await go('people');
  await stop(page, 'people');
  await go('people/new');
  await stop(page, 'new-person');
  await onePerson(town, page, stop);

  for (const [hash, name] of [
    ['tills', 'shops'],
    ['tills/new', 'new-shop'],
    [`tills/${shop.retailer}`, 'shop'],
  ] as const) {
    await go(hash);
    await stop(page, name);
  }
  await press('admin.tills.code_for', { till: 'Till 1' });
  await page.locator('.tx-code').waitFor();
  await stop(page, 'pairing-code');
  for (const [hash, name] of [
    ['policies', 'policies'],
    ['policies/alcohol', 'policy'],
    ['reports', 'reports'],
    ['log', 'log'],
    ['settings/staff', 'staff'],
    ['settings/keys', 'keys'],
    ['settings/service', 'service'],
    ['settings/you', 'you'],
  ] as const) {
    await go(hash);
    await stop(page, name);
  }
  await keysAndSelf(town, page, stop);
  await press('admin.sign_out');
  await page.locator('.gate').waitFor();
  await stop(page, 'sign-in');
  await desk.close();
}

async function onePerson(town: Town, page: Page, stop: Stop): Promise<void> {
  const { running, words } = town;
  const press = (key: string, values = {}) =>
    page
      .getByRole('button', { name: words(key, values), exact: true })
      .first()
      .click();
  const { id } = await town.person('Grace');
  await page.goto(`${running.url}/admin#people/${id}`);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await page.waitForLoadState('networkidle');
  await stop(page, 'person');
  await press('admin.offer.make');
  await page.locator('.offer').waitFor();
  await stop(page, 'offer');
  await press('admin.mend.begin');
  await stop(page, 'edit');
  await press('admin.mend.leave');
  await press('admin.standing.erase', { name: 'Grace' });
  await page.getByRole('dialog').waitFor();
  await stop(page, 'erase');
  await page.keyboard.press('Escape');
}

/** What is set and added in the settings, before and after. */
async function keysAndSelf({ running, words }: Town, page: Page, stop: Stop): Promise<void> {
  const press = (key: string) => page.getByRole('button', { name: words(key), exact: true }).click();
  await page.goto(`${running.url}/admin#settings/keys`);
  await press('admin.schedule.set');
  await stop(page, 'schedule');
  // In some languages it is called as the button that opened it.
  await page.getByRole('dialog').locator('.button-main').click();
  await page.getByText(words('admin.schedule.saved')).waitFor();
  await stop(page, 'scheduled');
  await page.goto(`${running.url}/admin#settings/you`);
  await page.getByText(words('admin.own.add')).first().click();
  await stop(page, 'add-passkey');
}
