import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { shutsNobodyOut, withoutBrowser } from '../support/browser.ts';
import { complaints, DESK, invited, officerAt, sharedConsole } from '../support/console-steps.ts';
import { ADA, offeredPerson, shopWith } from '../support/people.ts';
import type { RunningService } from '../support/service.ts';
import { until } from '../support/till.ts';

/** Each screen is seen in every size; axe looks where most can go wrong: on a phone in the light, at a desk in the dark. */
const SIZES = [
  { width: 320, height: 640 },
  { width: 390, height: 844, colorScheme: 'light' },
  { width: 820, height: 1180 },
  { width: 1280, height: 800, colorScheme: 'dark' },
] as const;

/** The other screens, each with what stands there once it is read. */
const REST = [
  ['tills/new', '.claims .choice'],
  ['policies', '.row'],
  ['policies/alcohol', '.claims .choice'],
  ['log', '.ledger-log td'],
  ['settings/staff', '.row'],
  ['settings/keys', '.ledger td'],
  ['settings/service', '.ledger td'],
  ['settings/you', '.row'],
] as const;

describe('the screens of the console', { skip: withoutBrowser }, () => {
  const stage = sharedConsole();
  const { browser } = stage;
  let running: RunningService;

  before(() => {
    ({ running } = stage.there());
  });

  test('on a phone the part that is open is in view', async () => {
    const desk = await officerAt(browser(), running, { kind: {} });
    const { page } = desk;
    await page.goto(`${running.url}/admin#settings/you`);
    await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
    // The row moves a moment after the screen is there.
    await until(async () => {
      const box = await page.locator('.parts [aria-current]').boundingBox();
      return box !== null && box.x >= 0 && box.x + box.width <= 390;
    });
    await desk.close();
  });

  for (const locale of ['en-GB', 'ar-EG']) {
    test(`have nothing that axe finds serious and fit every width, ${locale}`, async () => {
      await shopWith(running, ['age_over_18']);
      await offeredPerson(running, { ...ADA, family_name: locale, external_id: null });
      const desk = await invited(browser(), running, { kind: { ...DESK, locale } });
      const { page } = desk;
      const look = async (screen: string): Promise<void> => {
        for (const { width, height, ...seen } of SIZES) {
          await page.setViewportSize({ width, height });
          const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
          assert.ok(Number(wide) <= 0, `${screen} at ${width}: ${wide} too wide`);
          if (!('colorScheme' in seen)) continue;
          await page.emulateMedia(seen);
          await shutsNobodyOut(page);
          await desk.picture(`admin-${locale}-${width}-${screen}`);
        }
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
      await page.locator('.find input').fill(`${ADA.given_name} ${locale}`);
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
