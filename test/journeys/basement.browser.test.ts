import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, picture, withoutBrowser } from '../support/browser.ts';
import { writeEmptyVideo, writePhoneVideo } from '../support/fake-camera.ts';
import { ADA, offeredPerson } from '../support/people.ts';
import { makePhone, type TestPhone } from '../support/phone.ts';
import type { RunningService } from '../support/service.ts';
import {
  goOffline,
  keptBy,
  LOOK_AGAIN,
  next,
  pairedTill,
  passes,
  scans,
  shown,
  until,
} from '../support/till.ts';
import { enrol, readPicture, show } from '../support/wallet-steps.ts';
import { passService } from '../web/wallet/support/pass-phone.ts';

/** What the policies of Great Britain ask for, and no more: each claim costs keys. */
const VOCABULARY = { AGES: '12,15,16,18', STATUSES: 'large_family,pensioner,student' };
const SOLD = { words: 'Over 18', next: 'Sell', tone: 'approved' };

describe('a shop in a basement, where neither phone nor till has a network', { skip: withoutBrowser }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-basement-'));
  const camera = join(folder, 'camera.y4m');
  const cleanups: (() => unknown)[] = [() => rmSync(folder, { recursive: true })];
  let browser: Browser;
  let running: RunningService;
  let phone: TestPhone;

  before(async () => {
    running = await passService({ after: (work: () => unknown) => cleanups.push(work) } as never, VOCABULARY);
    writeEmptyVideo(camera);
    const pretended = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
    browser = await launch(...pretended, `--use-file-for-fake-video-capture=${camera}`);
    phone = await makePhone(browser, running.url);
    await enrol(phone, running.url, await offeredPerson(running, ADA));
    await phone.page.locator('.stocking').waitFor({ state: 'detached' });
    await phone.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  });
  after(async () => {
    await browser?.close();
    for (const work of cleanups.reverse()) await work();
  });

  test('a pass is green at both tills, told as used twice afterwards, and refused online', async () => {
    const tills = [
      await pairedTill(running, browser, { live: true }),
      await pairedTill(running, browser, { live: true, camera: false }),
    ];
    const [first, second] = tills.map(({ page }) => page) as [Page, Page];
    for (const { page, terminal } of tills) await goOffline(page, terminal.id);
    await phone.context.setOffline(true);
    await phone.page.reload();
    await show(phone, 'Over 18');

    // The camera goes on reading its file, and so looks at what is before it now.
    await writePhoneVideo(camera, await phone.picture('basement-phone'));
    assert.deepEqual(await shown(first), SOLD);
    await picture(first, 'basement-till');
    await next(first);
    const digits = await readPicture(await phone.picture('basement-phone-later'));
    await scans(second, digits);
    assert.deepEqual(await shown(second), SOLD);
    await next(second);

    for (const { page, terminal } of tills) {
      await page.context().setOffline(false);
      await passes(page, LOOK_AGAIN);
      await until(async () => (await keptBy(page, terminal.id)).waiting === 0);
    }
    await second.getByText('1 code was used twice while offline').waitFor();
    const third = await pairedTill(running, browser, { live: true, camera: false });
    await scans(third.page, await readPicture(await phone.picture('basement-phone-last')));
    assert.equal((await shown(third.page)).words, 'Code was used');
    assert.deepEqual(phone.trouble, []);
    for (const { page } of [...tills, third]) await page.context().close();
  });
});
