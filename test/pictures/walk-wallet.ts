import type { Page } from 'playwright-core';
import { call } from '../../src/cli/demo/call.ts';
import { makePhone } from '../support/phone.ts';
import type { Stop } from './tour.ts';
import type { Town } from './town.ts';

/** Every screen of the wallet, from an empty phone to a lost one. */
export async function walkWallet(town: Town, stop: Stop): Promise<void> {
  const { browser, running, tag, words } = town;
  const phone = await makePhone(browser, running.url, { locale: tag });
  const { page } = phone;
  const press = (key: string) =>
    page
      .getByRole('button', { name: words(key), exact: true })
      .first()
      .click();
  const back = () => page.locator('.back').click();
  const person = await town.person('Ada');

  await page.goto(`${running.url}/wallet`);
  await page.locator('h1').waitFor();
  await stop(page, 'empty');
  await press('wallet.empty.return');
  await page.getByText(words('wallet.return.what')).waitFor();
  await stop(page, 'return');
  await back();
  await press('wallet.empty.lost');
  await stop(page, 'lost');

  await page.goto('about:blank');
  await page.goto(`${running.url}/wallet#offer=${encodeURIComponent(person.offerUri)}`);
  await page.getByLabel(words('wallet.enrol.code'), { exact: true }).waitFor();
  await stop(page, 'offer');
  await page.getByLabel(words('wallet.enrol.code'), { exact: true }).fill('000000');
  await press('wallet.enrol.continue');
  await page.getByText(words('wallet.enrol.code.wrong')).waitFor();
  await stop(page, 'offer-wrong-code');
  await page.getByLabel(words('wallet.enrol.code'), { exact: true }).fill(person.txCode);
  await press('wallet.enrol.continue');
  await page.getByText(words('wallet.enrol.lock.what')).waitFor();
  await stop(page, 'make-lock');
  await press('wallet.enrol.lock.do');
  await page.locator('.lock-code').waitFor();
  await stop(page, 'lock-code');
  await press('wallet.enrol.written');
  await page.locator('.choice-title').first().waitFor();
  await page.locator('.stocking').waitFor({ state: 'detached' });
  await stop(page, 'home');
  await showing(town, page, stop);

  await page.getByText(words('wallet.help'), { exact: true }).click();
  await page.getByRole('heading', { name: words('wallet.help.title') }).waitFor();
  await stop(page, 'help');
  await back();
  await page.getByRole('button', { name: words('wallet.settings') }).click();
  await page.getByRole('heading', { name: words('wallet.settings.title'), level: 1 }).waitFor();
  await stop(page, 'settings');
  await sharing(town, page, stop);
  await phone.context.setOffline(true);
  await page.getByText(words('wallet.offline.passes')).waitFor();
  await stop(page, 'home-offline');
  await phone.close();
}

/** From the settings of whoever is alone to those of somebody who came to them, and back to the start. */
async function sharing(town: Town, page: Page, stop: Stop): Promise<void> {
  const { words } = town;
  const press = (key: string) =>
    page
      .getByRole('button', { name: words(key), exact: true })
      .first()
      .click();
  const type = async (pin: string, label: string) => {
    await page.getByLabel(words(label), { exact: true }).waitFor();
    await page.keyboard.type(pin);
  };
  const choosePin = async () => {
    await type('280519', 'wallet.pin.choose');
    await type('280519', 'wallet.pin.again');
  };
  const person = await town.person('Ben');
  await press('wallet.people.add');
  await page.getByText(words('wallet.pin.what')).waitFor();
  await stop(page, 'people-first-pin');
  await press('wallet.show.unlock');
  await page.locator('.pin-key').first().waitFor();
  await stop(page, 'pin-choose');
  await choosePin();
  await page.getByLabel(words('wallet.empty.paste'), { exact: true }).fill(person.offerUri);
  await stop(page, 'people-add');
  await press('wallet.empty.open');
  await page.getByLabel(words('wallet.enrol.code'), { exact: true }).fill(person.txCode);
  await press('wallet.enrol.continue');
  await page.getByText(words('wallet.pin.yours.what')).waitFor();
  await stop(page, 'pin-yours');
  await choosePin();
  await press('wallet.enrol.lock.do');
  await press('wallet.enrol.written');
  await page.locator('.who').click();
  await stop(page, 'who-shows');
  await page.keyboard.press('Escape');
  await page.locator('.stocking').waitFor({ state: 'detached' });
  await page.locator('.choice').first().click();
  await page.locator('.pin-key').first().waitFor();
  await page.keyboard.type('999998');
  await page.locator('.pin-wrong:not(:empty)').waitFor();
  await stop(page, 'pin-wrong');
  await press('close');
  await page.locator('.back').click();
  await page.getByRole('button', { name: words('wallet.settings') }).click();
  await page.locator('.button-danger').click();
  await page.locator('.tick').waitFor();
  await stop(page, 'people-remove');
  await page.locator('.back').click();
  await page.locator('.language-switch').waitFor();
  await page.locator('.back').click();
}

async function showing({ words, running, shop }: Town, page: Page, stop: Stop): Promise<void> {
  const press = (key: string) =>
    page
      .getByRole('button', { name: words(key), exact: true })
      .first()
      .click();
  const back = () => page.locator('.back').click();
  await page.locator('.choice').first().click();
  await page.locator('.code-card svg').waitFor();
  await stop(page, 'pass');
  await press('wallet.pass.ticket');
  await page.locator('.code-card svg').waitFor();
  await stop(page, 'ticket');
  await press('wallet.show.digits');
  await stop(page, 'ticket-digits');
  await press('wallet.show.barcode');
  await stop(page, 'ticket-barcode');
  await press('wallet.show.digits');
  const digits = ((await page.locator('.digits').textContent()) ?? '').replace(/\D/g, '');
  await call(`${running.url}/v1/verifications`, {
    method: 'POST',
    token: shop.key,
    json: { token: digits, ask: { claims: ['age_over_18'] } },
  });
  await page.getByText(words('wallet.used.learned')).waitFor();
  await stop(page, 'used');
  await press('wallet.used.report');
  await page.getByLabel(words('wallet.report.words')).waitFor();
  await stop(page, 'report');
  await back();
  await page.getByText(words('wallet.history'), { exact: true }).click();
  await page.getByRole('heading', { name: words('wallet.history.title') }).waitFor();
  await stop(page, 'history-locked');
  await press('wallet.show.unlock');
  await page.getByText(words('wallet.history.erase'), { exact: true }).waitFor();
  await stop(page, 'history');
  await back();
}
