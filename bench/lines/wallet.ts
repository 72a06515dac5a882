import type { Page } from 'playwright-core';
import { type Bench, WrongAnswer } from '../support/bench.ts';
import { beside, type Line, type Measure } from '../support/line.ts';
import { enrol, enterWallet, freshPhone, onStage, type Stage, withoutBrowser } from '../support/phone.ts';
import { quantile } from '../support/turns.ts';

const NAME = 'wallet, unlocked to code';
const UNIT = 'codes';
/** Milliseconds until the code is on the screen. */
const AIM_MS = 300;
const SHOWINGS = { quick: 10, long: 25 };
/** The first ones compile what is hot. */
const WARMING = 3;

/** A holder unlocks and the code is on the screen, beside the signature and the upload that it waits for. */
export async function walletLines(bench: Bench): Promise<readonly Line[]> {
  const why = withoutBrowser();
  bench.say(why === null ? NAME : `${NAME}: left out, ${why}`);
  return why === null ? [await onStage({}, (stage) => measure(bench, stage))] : [];
}

async function measure(bench: Bench, stage: Stage): Promise<Line> {
  const page = await freshPhone(stage);
  await enrol(stage, page);
  await enterWallet(page);
  const count = WARMING + (bench.long ? SHOWINGS.long : SHOWINGS.quick);
  for (let shown = 0; shown < count; shown++) {
    await page.locator('.choice').first().click();
    await page.waitForFunction(
      (before) => performance.getEntriesByName('wallet-uploading').length > before,
      shown,
    );
    await page.locator('.back').click();
    await page.locator('.choice').first().waitFor();
  }
  const [whole, signing, uploading] = await Promise.all(
    ['unlocked-to-code', 'signing', 'uploading'].map((name) => times(page, `wallet-${name}`)),
  );
  if (whole === undefined || signing === undefined || uploading === undefined) {
    throw new WrongAnswer('the wallet measured nothing');
  }
  const floor = measured(signing.map((time, at) => time + (uploading[at] ?? 0)));
  const note = `the floor is its signature (${median(signing)} ms) and upload (${median(uploading)} ms)`;
  return beside({ name: NAME, unit: UNIT, aim: AIM_MS, aimOf: 'p99_ms', note }, measured(whole), floor);
}

async function times(page: Page, name: string): Promise<readonly number[]> {
  const all = `performance.getEntriesByName('${name}').map(({ duration }) => duration)`;
  return (await page.evaluate<number[]>(all)).slice(WARMING);
}

function measured(milliseconds: readonly number[]): Measure {
  const mean = milliseconds.reduce((sum, one) => sum + one, 0) / milliseconds.length;
  return { rate: 1_000 / mean, p50: quantile(milliseconds, 0.5), p99: quantile(milliseconds, 0.99) };
}

function median(milliseconds: readonly number[]): number {
  return Math.round(quantile(milliseconds, 0.5));
}
