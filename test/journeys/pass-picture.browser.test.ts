import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { qrSvg } from '../../src/http/qr.ts';
import { freshPage, SCREENS, sharedBrowser, withoutBrowser } from '../support/browser.ts';
import { makePass, makePassKey } from '../support/passes.ts';
import { HELD_UP, seen } from '../support/qr-camera.ts';
import { readByZbar, readByZxing, withoutZbar } from '../support/qr-readers.ts';

/** Pixels of a camera across the whole code, its quiet zone included: 3 for each of its 81 modules. */
const WIDTH = 240;
/** Of the wallet's card on a phone, in CSS pixels. */
const CARD = 358;
const PASSES = 5;

describe('the picture of a pass on the screen of a phone', { skip: withoutBrowser }, () => {
  const browser = sharedBrowser();
  const passes: string[] = [];
  let page: Page;

  before(async () => {
    const issuer = makePassKey();
    while (passes.length < PASSES) passes.push(await (await makePass(issuer)).show(new Date()));
    ({ page } = await freshPage(browser(), { viewport: SCREENS.phone, deviceScaleFactor: 2 }));
  });
  after(() => page?.context().close());

  /** The code as the wallet draws it: as wide as the card, whether or not its modules are whole pixels. */
  async function screenshot(digits: string): Promise<Buffer> {
    const drawing = qrSvg(digits, { title: '' }).replace(/ width="\d+" height="\d+"/, '');
    await page.setContent(`<div style="width: ${CARD}px">${drawing}</div>`);
    return page.locator('svg').screenshot();
  }

  for (const [name, read, skip] of [
    ['ZXing', readByZxing, false],
    ['ZBar', readByZbar, withoutZbar],
  ] as const) {
    test(`is read by ${name} at ${WIDTH} pixels, turned, dimmed and blurred`, { skip }, async () => {
      for (const digits of passes)
        assert.equal(await read(await seen(await screenshot(digits), WIDTH, HELD_UP)), digits);
    });

    test(`is not read by ${name} where its modules are a pixel and a half`, { skip }, async () => {
      for (const digits of passes)
        assert.equal(await read(await seen(await screenshot(digits), WIDTH / 2, HELD_UP)), null);
    });
  }
});
