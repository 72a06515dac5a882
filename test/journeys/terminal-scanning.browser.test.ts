import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { testToken } from '../../src/judgement/test-token.ts';
import { picture, SCREENS, sharedBrowser, shutsNobodyOut, withoutBrowser } from '../support/browser.ts';
import { writeCameraVideo } from '../support/fake-camera.ts';
import { sharedStage } from '../support/stage.ts';
import { next, pairedTill, passes, scans, shown } from '../support/till.ts';

const APPROVED = testToken('approved');

describe('a till that scans', { skip: withoutBrowser }, () => {
  const stage = sharedStage();
  const browser = sharedBrowser();
  const open = (options: Parameters<typeof pairedTill>[2] = {}) =>
    pairedTill(stage().running, browser(), options);
  const toType = async (page: Page) => {
    await page.getByRole('button', { name: 'Type the digits' }).click();
    return page.getByLabel('The 34 digits below the code');
  };

  const approvedAfterTyping = async (page: Page): Promise<boolean> => {
    await page.keyboard.type(`]Q1${APPROVED}`, { delay: 1 });
    await page.keyboard.press('Enter');
    const result = page.locator('.result');
    await result.waitFor({ timeout: 2_000 }).catch(() => {});
    return (await result.count()) > 0 && (await shown(page)).tone === 'approved';
  };

  test('hears a scanner on a real keyboard, whatever has the focus', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Tobacco' }).focus();
    // A busy machine can hold a key up for so long that it looks like a finger's, and the code like a part of one: then
    // it is scanned again, as people do.
    for (let tries = 0; tries < 5 && !(await approvedAfterTyping(page)); tries++) {
      if ((await page.locator('.result').count()) > 0) await next(page);
    }
    assert.equal((await shown(page)).tone, 'approved');
    await next(page);
    assert.equal(await page.getByRole('button', { name: 'Tobacco', pressed: true }).count(), 0);
    await page.context().close();
  });

  test('leaves slow fingers their keys', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Tobacco' }).focus();
    await page.keyboard.type('90000000', { delay: 70 });
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Tobacco', pressed: true }).waitFor();
    assert.equal(await page.locator('.result').count(), 0);
    await page.context().close();
  });

  test('says nothing new when a scanner fires twice', async () => {
    const { page } = await open();
    await scans(page, APPROVED);
    await shown(page);
    await scans(page, APPROVED);
    assert.equal((await shown(page)).tone, 'approved');
    await passes(page, 2_000);
    await scans(page, APPROVED);
    assert.match((await shown(page)).words, /^Already scanned/);
    await page.context().close();
  });

  test('takes digits by hand, and says at once when one of them is wrong', async () => {
    const { page } = await open({ viewport: SCREENS.phone });
    const field = await toType(page);
    const check = page.getByRole('button', { name: 'Check this code' });
    await shutsNobodyOut(page);
    await field.fill('8');
    await page.getByText('A code to type begins with 9.').waitFor();
    const wrong = `${APPROVED.slice(0, 20)}5${APPROVED.slice(21)}`;
    await field.fill(wrong);
    await page.getByText('One of these digits is wrong. Compare them in fours.').waitFor();
    assert.ok(await check.isDisabled());
    await shutsNobodyOut(page);
    await picture(page, 'terminal-digits-wrong');
    await field.fill(APPROVED.slice(0, 33));
    await page.getByText('1 digit to go').waitFor();
    await page
      .locator('.keypad')
      .getByRole('button', { name: APPROVED.at(-1) ?? '', exact: true })
      .click();
    await page.getByText('All digits are right.').waitFor();
    await picture(page, 'terminal-digits');
    await check.click();
    assert.equal((await shown(page)).tone, 'approved');
    await page.context().close();
  });

  test('tries a scanner out without asking anybody', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Test the scanner' }).click();
    await page.getByText('Waiting for the scanner').waitFor();
    await scans(page, `]Q1${APPROVED}`);
    await page.getByText('The scanner works').waitFor();
    await page.getByText('Begins with ]Q1').waitFor();
    await page.getByText('34 characters').waitFor();
    await shutsNobodyOut(page);
    await picture(page, 'terminal-scanner');
    await scans(page, '5000112637922');
    await page.getByText('It reads, but that is not a Counterproof code').waitFor();
    await page.keyboard.type('12345678', { delay: 70 });
    await page.keyboard.press('Enter');
    await page.getByText('That came too slowly for a scanner.').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('heading', { name: 'Scan the code on the phone' }).waitFor();
    assert.equal(await page.locator('.result').count(), 0);
    await page.context().close();
  });
});

describe('a till with a camera', { skip: withoutBrowser }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-camera-'));
  const video = join(folder, 'camera.y4m');
  writeCameraVideo(video, APPROVED);
  after(() => rmSync(folder, { recursive: true }));
  const stage = sharedStage();
  const pretended = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
  const browser = sharedBrowser(...pretended, `--use-file-for-fake-video-capture=${video}`);

  test('reads the code that comes into view, once for as long as it stays there', async () => {
    const { page, trouble } = await pairedTill(stage().running, browser());
    const asked = await shown(page);
    assert.ok(['Nothing is chosen yet', 'Over 18'].includes(asked.words), asked.words);
    await next(page);
    await page.evaluate(TEN_PICTURES);
    assert.equal(await page.locator('.result').count(), 0);
    await picture(page, 'terminal-camera');
    await page.getByRole('button', { name: 'Type the digits' }).click();
    await page.getByRole('button', { name: 'Back' }).click();
    assert.match((await shown(page)).words, asked.words === 'Over 18' ? /^Already scanned/ : /^Over 18$/);
    assert.deepEqual(trouble, []);
    await page.context().close();
  });
});

/** Waits until the camera has shown ten more pictures. */
const TEN_PICTURES = `(async () => {
  const video = document.querySelector('video');
  for (let seen = 0; seen < 10; seen++) {
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  }
})()`;
