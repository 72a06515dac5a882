import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch, picture, sharedBrowser, withoutBrowser } from '../support/browser.ts';
import { writePhoneVideo } from '../support/fake-camera.ts';
import { ADA, offeredPerson } from '../support/people.ts';
import { makePhone, type TestPhone } from '../support/phone.ts';
import { type RunningService, runService } from '../support/service.ts';
import { pairedTill, scans, shown } from '../support/till.ts';
import { button, enrol, readPicture, show } from '../support/wallet-steps.ts';

describe("from the phone's screen to the till", { skip: withoutBrowser }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-shop-'));
  const cleanups: (() => unknown)[] = [() => rmSync(folder, { recursive: true })];
  const browser = sharedBrowser();
  let running: RunningService;
  let phone: TestPhone;

  before(async () => {
    running = await runService({ after: (work: () => unknown) => cleanups.push(work) } as never);
    phone = await makePhone(browser(), running.url);
    await enrol(phone, running.url, await offeredPerson(running, ADA));
  });
  after(async () => {
    await phone?.close();
    for (const work of cleanups.reverse()) await work();
  });

  /** A browser whose camera sees the phone as it is now. */
  async function lookingAt(name: string): Promise<Browser> {
    const video = join(folder, `${name}.y4m`);
    await writePhoneVideo(video, await phone.picture(name));
    const pretended = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
    return launch(...pretended, `--use-file-for-fake-video-capture=${video}`);
  }

  test('the camera of a till reads a phone that is held up askew, turns green, and the phone says who asked', async () => {
    await show(phone, 'Over 18');
    const atTheTill = await lookingAt('shop-phone');
    const { page, trouble } = await pairedTill(running, atTheTill, { live: true });
    assert.deepEqual(await shown(page), { words: 'Over 18', next: 'Sell', tone: 'approved' });
    await picture(page, 'shop-till');
    await phone.page.getByText('by Corner Shop').waitFor();
    await phone.page.getByText('over 18 — yes').waitFor();
    assert.deepEqual([...trouble, ...phone.trouble], []);
    await atTheTill.close();
  });

  test('a scanner that types what it read off the same screen turns the till green as well', async () => {
    await button(phone.page, 'Show again').click();
    await phone.page.getByRole('img', { name: 'Code for the till' }).waitFor();
    const digits = await readPicture(await phone.picture('shop-scanner'));
    const { page } = await pairedTill(running, browser(), { live: true });
    await scans(page, digits);
    assert.equal((await shown(page)).tone, 'approved');
    await page.context().close();
  });
});
