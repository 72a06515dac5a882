import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { TEST_OUTCOMES, testToken } from '../../src/judgement/test-token.ts';
import { createPresentation } from '../../src/presentation/endpoints.ts';
import { listVerifications } from '../../src/verification/endpoints.ts';
import { picture, sharedBrowser, shutsNobodyOut, withoutBrowser } from '../support/browser.ts';
import { presentationOf } from '../support/client.ts';
import { sharedStage } from '../support/stage.ts';
import { choose, next, pairedTill, passes, scans, shown } from '../support/till.ts';

const APPROVED = testToken('approved');

/** What a cashier reads of each refusal. */
const REFUSALS = {
  malformed_token: ['again', 'That is not a Counterproof code', 'Ask for a new code'],
  unknown_token: ['again', 'Code is not known', 'Ask for a new code'],
  expired: ['again', 'Code has run out', 'Ask for a new code'],
  not_yet_valid: ['again', 'Code is for a later time', 'Ask for a new code'],
  already_used: ['refused', 'Code was used', 'Ask for a new code'],
  claim_not_presented: ['again', 'Code does not answer this', 'Ask for a new code'],
  claim_not_satisfied: ['refused', 'Code does not confirm this', 'Ask for a physical document'],
  bad_signature: ['refused', 'Code cannot be trusted', 'Ask for a physical document'],
  unknown_issuer: ['refused', 'Code cannot be trusted', 'Ask for a physical document'],
  suspended: ['refused', 'Code does not confirm this', 'Ask for a physical document'],
  revoked: ['refused', 'Code does not confirm this', 'Ask for a physical document'],
} as const;

describe('a till in a browser', { skip: withoutBrowser }, () => {
  const stage = sharedStage();
  const browser = sharedBrowser();
  const open = (options: Parameters<typeof pairedTill>[2] = {}) =>
    pairedTill(stage().running, browser(), options);
  const ticket = async () => {
    const json = { presentation: await presentationOf(stage(), stage().copy) };
    return (await stage().client.ask(createPresentation, 201, { json })).body.ticket;
  };
  const questionsOf = async (page: Page) => {
    const token = await page.evaluate(SESSION_TOKEN);
    return (await stage().client.ask(listVerifications, 200, { token: String(token) })).body.data;
  };

  test('approves over the whole screen, and is ready again after three seconds', async () => {
    const { page, trouble } = await open();
    await scans(page, APPROVED);
    assert.deepEqual(await shown(page), { tone: 'approved', words: 'Over 18', next: 'Sell' });
    await picture(page, 'terminal-approved');
    await shutsNobodyOut(page);
    await passes(page, 2_999);
    assert.equal(await page.locator('.result').count(), 1);
    await passes(page, 1);
    await page.locator('.result').waitFor({ state: 'detached' });
    assert.deepEqual(trouble, []);
    await page.context().close();
  });

  test('says each refusal in its own tone, about the code and never about the person', async () => {
    const { page } = await open();
    assert.deepEqual(Object.keys(REFUSALS), TEST_OUTCOMES.slice(1));
    for (const [reason, [tone, words, step]] of Object.entries(REFUSALS)) {
      await scans(page, testToken(reason as keyof typeof REFUSALS));
      assert.deepEqual(await shown(page), { tone, words, next: step }, reason);
      await picture(page, `terminal-refused-${reason}`);
      if (reason === 'expired' || reason === 'already_used') await shutsNobodyOut(page);
      await next(page);
    }
    await page.context().close();
  });

  test('says of a code that it approved that it was scanned, and not yes again', async () => {
    const { page } = await open();
    await scans(page, APPROVED);
    assert.equal((await shown(page)).tone, 'approved');
    await next(page);
    await scans(page, APPROVED);
    const { tone, words } = await shown(page);
    assert.equal(tone, 'again');
    assert.match(words, /^Already scanned at \d{1,2}:\d\d$/);
    assert.equal((await questionsOf(page)).length, 1);
    await page.context().close();
  });

  test('refuses a real code that another till has approved', async () => {
    const [first, second] = [await open({ live: true }), await open({ live: true })];
    const digits = await ticket();
    await scans(first.page, `]Q1${digits}`);
    assert.equal((await shown(first.page)).tone, 'approved');
    await scans(second.page, digits);
    assert.deepEqual(await shown(second.page), {
      tone: 'refused',
      words: 'Code was used',
      next: 'Ask for a new code',
    });
    await first.page.context().close();
    await second.page.context().close();
  });

  test('asks about several things at once, and about what the till sends', async () => {
    const { page } = await open({ sold: ['Alcohol', 'Student discount'] });
    await scans(page, APPROVED);
    assert.equal((await shown(page)).words, 'Over 18 · Student');
    assert.equal(await page.locator('.result-codes bdi').textContent(), 'STUDENT');
    await next(page);
    await page.evaluate("location.hash = 'ask=films_12&reference=receipt 2231'");
    await page.getByRole('button', { name: 'What the till sends', pressed: true }).waitFor();
    await scans(page, testToken('expired'));
    await shown(page);
    assert.equal((await questionsOf(page))[0]?.reference, 'receipt 2231');
    await page.context().close();
  });

  test('shows a portrait and a name for ten seconds where the policy asks for them, and keeps nothing', async () => {
    const { page } = await open({ sold: ['Parcel pick-up'] });
    await scans(page, APPROVED);
    assert.equal((await shown(page)).words, 'Compare the portrait');
    await page.locator('.result-portrait').waitFor();
    assert.deepEqual(await page.locator('.result-lines dd').allTextContents(), ['Sam', 'Sample']);
    await picture(page, 'terminal-portrait');
    await shutsNobodyOut(page);
    await passes(page, 9_999);
    assert.equal(await page.locator('.result').count(), 1);
    await passes(page, 1);
    await page.locator('.result').waitFor({ state: 'detached' });
    assert.doesNotMatch(await page.content(), /Sample|image\/jpeg/);
    const kept = String(await page.evaluate(ALL_THAT_IS_KEPT));
    assert.doesNotMatch(kept, /Sample|\bSam\b|image\//);
    assert.ok(!kept.includes(APPROVED));
    assert.equal(await page.getByRole('button', { name: 'Parcel pick-up', pressed: true }).count(), 0);
    await page.context().close();
  });

  test('tells the barcode of a product from a code, and asks nobody about it', async () => {
    const { page } = await open();
    await scans(page, '5000112637922');
    assert.equal((await shown(page)).words, 'That is not a Counterproof code');
    await next(page);
    await scans(page, await ticket());
    assert.equal((await shown(page)).words, 'This till takes test codes');
    assert.deepEqual(await questionsOf(page), []);
    await page.context().close();
  });

  test('asks nothing before anything is chosen', async () => {
    const { page } = await open({ sold: [] });
    await page.getByRole('heading', { name: 'Choose what is sold' }).waitFor();
    await scans(page, APPROVED);
    assert.deepEqual(await shown(page), {
      tone: 'again',
      words: 'Nothing is chosen yet',
      next: 'Choose what is sold',
    });
    await next(page);
    await choose(page, 'Alcohol');
    await scans(page, APPROVED);
    assert.equal((await shown(page)).tone, 'approved');
    await page.context().close();
  });

  test('tells the cashier where the shop may not ask', async () => {
    const { page } = await open({ sold: ['Pensioner discount'] });
    await scans(page, APPROVED);
    assert.equal((await shown(page)).words, 'This shop may not ask that');
    await page.context().close();
  });
});

const KEPT = `new Promise((resolve) => {
  const opening = indexedDB.open('counterproof.terminal', 1);
  opening.onsuccess = () => {
    const reading = opening.result.transaction('kept').objectStore('kept').getAll();
    reading.onsuccess = () => resolve(reading.result);
  };
})`;
const SESSION_TOKEN = `${KEPT}.then(([session]) => JSON.parse(session).token)`;
const ALL_THAT_IS_KEPT = `${KEPT}.then((kept) => JSON.stringify([kept, { ...localStorage }, { ...sessionStorage }]))`;
