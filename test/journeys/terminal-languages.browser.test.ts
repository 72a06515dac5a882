import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { testToken } from '../../src/judgement/test-token.ts';
import { SCREENS, sharedBrowser, withoutBrowser } from '../support/browser.ts';
import { sharedStage } from '../support/stage.ts';
import { next, pairedTill, scans } from '../support/till.ts';
import { languageFiles, wordsOf } from '../web/support/languages.ts';

const CODE = '2580';
const ANSWERS = ['approved', 'claim_not_satisfied', 'malformed_token'] as const;

/** What runs off the screen, or is cut off at its edge. */
const WIDER = `[document.documentElement, ...document.querySelectorAll('.bar-name, .result, .kiosk-foot, .kiosk-foot *')]
  .filter((one) => one.scrollWidth - one.clientWidth > 1 && one.clientWidth > 1)
  .map((one) => one.className || one.tagName)`;

describe('a till on the screen of a phone', { skip: withoutBrowser }, () => {
  const stage = sharedStage();
  const browser = sharedBrowser();

  for (const tag of ['en', ...languageFiles.keys()]) {
    test(`fits its width in "${tag}", whatever it says and as a kiosk`, async () => {
      const words = wordsOf(tag);
      const press = (key: string) =>
        page.getByRole('button', { name: String(words[key]), exact: true }).click();
      const { page } = await pairedTill(stage().running, browser(), { locale: tag, viewport: SCREENS.phone });
      await fits(page, 'the counter');
      for (const answer of ANSWERS) {
        await scans(page, testToken(answer));
        await page.locator('.result').waitFor();
        await fits(page, answer);
        await next(page);
      }
      await press('till.menu');
      await press('kiosk.menu');
      await page.getByRole('button', { name: 'Alcohol', exact: true }).click();
      await page.getByLabel(String(words['kiosk.code']), { exact: true }).fill(CODE);
      await page.getByLabel(String(words['kiosk.code_again']), { exact: true }).fill(CODE);
      await press('kiosk.start');
      await page.locator('.kiosk-ready').waitFor();
      await fits(page, 'the kiosk');
      await page.context().close();
    });
  }
});

async function fits(page: Page, what: string): Promise<void> {
  assert.deepEqual(await page.evaluate(WIDER), [], what);
}
