import type { Page } from 'playwright-core';
import { testToken } from '../../src/judgement/test-token.ts';
import { freshPage } from '../support/browser.ts';
import { HELD_CLOCK, passes, scans, tillShop } from '../support/till.ts';
import type { Stop } from './tour.ts';
import type { Town } from './town.ts';

/** A window that fills the screen cannot be given other sizes. */
const NEVER_FULL = 'Element.prototype.requestFullscreen = () => Promise.resolve();';

/** Every screen of a till, from pairing to being blocked. */
export async function walkTerminal(town: Town, stop: Stop): Promise<void> {
  const { browser, running, tag, words } = town;
  const shop = await tillShop(running);
  const terminal = await shop.terminal(false);
  const { page, context } = await freshPage(browser, { locale: tag });
  await page.addInitScript(HELD_CLOCK);
  await page.addInitScript(NEVER_FULL);
  const press = (key: string) =>
    page
      .getByRole('button', { name: words(key), exact: true })
      .first()
      .click();

  await page.goto(`${running.url}/terminal`);
  await page.locator('h1').waitFor();
  await stop(page, 'pairing');
  await page.goto(`${running.url}/terminal#pair=${terminal.pairingCode}`);
  await page.locator('.counter').waitFor();
  await stop(page, 'nothing-chosen');
  await page.getByRole('button', { name: 'Alcohol', exact: true }).click();
  await stop(page, 'ready');
  await press('till.type');
  await page.getByText(words('type.label')).first().waitFor();
  await page.keyboard.type('9000');
  await stop(page, 'typing');
  await press('back');
  await press('till.menu');
  await stop(page, 'menu');
  await press('till.scanner');
  await page.getByText(words('scanner.how')).waitFor();
  await scans(page, testToken('approved'));
  await stop(page, 'scanner');
  await press('back');
  await results(page, stop);

  await press('till.menu');
  await training(page, { press, stop });
  await press('till.menu');
  await kiosk(page, { press, stop });

  await context.setOffline(true);
  await page.locator('.band').first().waitFor();
  await stop(page, 'offline');
  await context.setOffline(false);
  await shop.block(terminal.id);
  await page.reload();
  await page.getByText(words('blocked.title')).waitFor();
  await stop(page, 'blocked');
  await context.close();
}

interface Walking {
  readonly press: (key: string) => Promise<void>;
  readonly stop: Stop;
}

async function training(page: Page, { press, stop }: Walking): Promise<void> {
  await press('train.menu');
  await page.locator('.training-band').waitFor();
  await stop(page, 'training');
  await press('train.lessons');
  await page.locator('.lesson-title').nth(2).click();
  await stop(page, 'training-lessons');
  await press('train.try');
  await page.locator('.result').waitFor();
  await stop(page, 'training-result');
  await page.locator('.result-plate button').click();
  await press('train.end');
}

async function kiosk(page: Page, { press, stop }: Walking): Promise<void> {
  await press('kiosk.menu');
  await page.getByRole('button', { name: 'Alcohol', exact: true }).click();
  await stop(page, 'kiosk-setup');
  for (const field of await page.locator('.field input').all()) await field.fill('2580');
  await press('kiosk.start');
  await page.locator('.kiosk-ready').waitFor();
  await stop(page, 'kiosk');
  for (const [outcome, face] of KIOSK_FACES) {
    await scans(page, testToken(outcome));
    await page.locator(`.${face}`).waitFor();
    await stop(page, `kiosk-${outcome}`);
  }
  await press('kiosk.for_staff');
  await stop(page, 'kiosk-exit');
  await page.locator('.type-input').fill('2580');
  await press('kiosk.exit');
  await page.locator('.counter').waitFor();
  // The last answer is on the till's own screen for its time.
  await passes(page, 60_000);
  await page.locator('.result').waitFor({ state: 'detached' });
}

const KIOSK_FACES = [
  ['expired', 'result-again'],
  ['revoked', 'kiosk-staff'],
] as const;

async function results(page: Page, stop: Stop): Promise<void> {
  for (const outcome of ['approved', 'already_used', 'claim_not_satisfied', 'malformed_token'] as const) {
    await scans(page, testToken(outcome));
    await page.locator('.result').waitFor();
    await stop(page, outcome);
    await page.locator('.result-plate button').click();
    await page.locator('.result').waitFor({ state: 'detached' });
  }
}
