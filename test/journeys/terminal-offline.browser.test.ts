import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withCheckDigits } from '../../src/formats/digits.ts';
import { picture, sharedBrowser, shutsNobodyOut, withoutBrowser } from '../support/browser.ts';
import { listKey, makePass, makePassKey } from '../support/passes.ts';
import { sharedStage } from '../support/stage.ts';
import {
  choose,
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

const TICKET = withCheckDigits(`1${'0'.repeat(31)}`);

describe('a till whose network goes', { skip: withoutBrowser }, () => {
  const stage = sharedStage();
  const browser = sharedBrowser();

  test('checks passes by itself, once each, says so, and reports them when the network is back', async () => {
    const { running } = stage();
    const issuer = makePassKey();
    await listKey(running.service, issuer, running.now());
    const { page, terminal, trouble } = await pairedTill(running, browser(), { live: true });
    await goOffline(page, terminal.id);
    await page
      .getByText(/^No network since .+ This till checks by itself, for \d+ hours more\.$/)
      .first()
      .waitFor();
    await shutsNobodyOut(page);
    await picture(page, 'terminal-offline');

    const held = await makePass(issuer);
    await scans(page, await held.show(running.now()));
    assert.deepEqual(await shown(page), { words: 'Over 18', next: 'Sell', tone: 'approved' });
    await next(page);
    await passes(page, 20_000);
    await scans(page, await held.show(new Date(running.now().getTime() + 20_000)));
    assert.deepEqual(await shown(page), {
      words: 'Code was used',
      next: 'Ask for a new code',
      tone: 'refused',
    });
    await next(page);
    await scans(page, TICKET);
    assert.deepEqual(await shown(page), {
      words: 'This needs a network',
      next: 'Ask again when the network is back',
      tone: 'again',
    });
    await next(page);
    assert.equal((await keptBy(page, terminal.id)).waiting, 2);

    await page.context().setOffline(false);
    await passes(page, LOOK_AGAIN);
    await until(async () => (await keptBy(page, terminal.id)).waiting === 0);
    await page.getByText('Online', { exact: true }).waitFor();
    await scans(page, await held.show(new Date(running.now().getTime() + 20_000)));
    assert.equal((await shown(page)).words, 'Code was used');
    assert.deepEqual(
      trouble.filter((one) => !/ERR_INTERNET_DISCONNECTED|Failed to load/.test(one)),
      [],
    );
    await page.context().close();
  });

  test('opens without a network, its decoder too, and checks on by itself', async () => {
    const { running } = stage();
    const issuer = makePassKey();
    await listKey(running.service, issuer, running.now(), 'age_over_20');
    const { page, terminal } = await pairedTill(running, browser(), { live: true });
    for (const scope of ['/terminal', '/build/workers/']) {
      await until(() => page.evaluate(keepsShell(scope)));
    }
    await goOffline(page, terminal.id);
    // What a browser happens to have at hand is not what is relied on.
    const debug = await page.context().newCDPSession(page);
    await debug.send('Network.clearBrowserCache');
    await page.reload();
    await page
      .getByText(/This till checks by itself/)
      .first()
      .waitFor();
    await choose(page, 'Alcohol');
    await scans(page, await (await makePass(issuer)).show(running.now()));
    assert.deepEqual(await shown(page), { words: 'Over 18', next: 'Sell', tone: 'approved' });
    assert.deepEqual(await page.evaluate(DECODES), []);
    await page.context().close();
  });

  test('tells how many codes were used at another till as well', async () => {
    const { running } = stage();
    const issuer = makePassKey();
    await listKey(running.service, issuer, running.now(), 'age_over_21');
    const tills = [
      await pairedTill(running, browser(), { live: true }),
      await pairedTill(running, browser(), { live: true }),
    ];
    const token = await (await makePass(issuer)).show(running.now());
    for (const { page, terminal } of tills) {
      await goOffline(page, terminal.id);
      await scans(page, token);
      assert.equal((await shown(page)).tone, 'approved');
      await next(page);
    }
    for (const { page, terminal } of tills) {
      await page.context().setOffline(false);
      await passes(page, LOOK_AGAIN);
      await until(async () => (await keptBy(page, terminal.id)).waiting === 0);
    }
    const [first, second] = tills.map(({ page }) => page);
    await second!.getByText('1 code was used twice while offline').waitFor();
    assert.equal(await first!.getByText(/used twice/).count(), 0);
    await second!.getByRole('button', { name: 'Noted' }).click();
    await second!.getByText(/used twice/).waitFor({ state: 'detached' });
    for (const { page } of tills) await page.context().close();
  });
});

/** Whether the worker of a scope has kept what it keeps. */
const keepsShell = (scope: string) => `navigator.serviceWorker.getRegistration('${scope}')
  .then((found) => found?.active?.state === 'activated')`;

/** What the decoder finds in an empty picture, once it and its WebAssembly have been loaded. */
const DECODES = `(async () => {
  const shell = (await caches.keys()).find((name) => name.startsWith('counterproof-terminal-'));
  const kept = await (await caches.open(shell)).keys();
  const decoder = new Worker(kept.find(({ url }) => url.includes('decode.worker')).url, { type: 'module' });
  const answer = new Promise((resolve, reject) => {
    decoder.onmessage = ({ data }) => resolve(data);
    decoder.onerror = () => reject(new Error('the decoder did not start'));
  });
  decoder.postMessage(await createImageBitmap(new ImageData(64, 64)));
  return answer;
})()`;
