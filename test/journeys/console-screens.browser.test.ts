import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { shutsNobodyOut, withoutBrowser } from '../support/browser.ts';
import { complaints, DESK, invited, officerAt, sharedConsole } from '../support/console-steps.ts';
import { ADA, offeredPerson, shopWith } from '../support/people.ts';
import type { PhoneKind } from '../support/phone.ts';
import type { RunningService } from '../support/service.ts';

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
    const box = await page.locator('.parts [aria-current]').boundingBox();
    assert.ok(box !== null && box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box));
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
