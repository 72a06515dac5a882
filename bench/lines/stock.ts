import { constants, privateDecrypt, randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { blind, finalize } from '../../src/formats/blind-rsa/blind.ts';
import { readRsaSpki } from '../../src/formats/blind-rsa/public-key.ts';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import { type Bench, WrongAnswer } from '../support/bench.ts';
import { beside, type Line, type Measure } from '../support/line.ts';
import { makePassKey, QUOTA } from '../support/passes.ts';
import { enrol, enterWallet, freshPhone, onStage, type Stage, withoutBrowser } from '../support/phone.ts';
import { type Seen, WATCH, type Watched } from '../support/stock-watch.ts';
import { median, quantile } from '../support/turns.ts';

const NAME = 'wallet, stocking up';
const SHOWING = 'wallet, unlocked to pass';
const AGES = [12, 14, 15, 16, 18, 20, 21, 25, 60, 65];
const PASSES = AGES.length * QUOTA;
const SETTINGS = { PASSES: 'on', AGES: AGES.join(), STATUSES: 'student', PASS_LISTED_DAYS: '1' };
/** Of every age that there is. */
const BORN = '1950-01-26' as CalendarDate;
/** Milliseconds for all passes, and until one is on the screen. */
const AIM_MS = { stocking: 8_000, showing: 100 };
const PHONES = { quick: 2, long: 4 };
/** The first showings of a phone load and compile what is needed. */
const WARMING = 2;
/** Milliseconds after which a phone has not stocked up. */
const PATIENCE = 60_000;

/** A new phone fetches 8 passes of each of 10 claims and shows them, beside what their arithmetic costs alone. */
export async function stockLines(bench: Bench): Promise<readonly Line[]> {
  const why = withoutBrowser();
  bench.say(why === null ? NAME : `${NAME}: left out, ${why}`);
  return why === null ? onStage(SETTINGS, (stage) => measure(bench, stage)) : [];
}

async function measure(bench: Bench, stage: Stage): Promise<readonly Line[]> {
  await makeAllKeys(stage);
  const stocked: number[] = [];
  const bare: number[] = [];
  const blocks: number[] = [];
  const shown: number[] = [];
  const signed: number[] = [];
  for (let phone = 0; phone < (bench.long ? PHONES.long : PHONES.quick); phone++) {
    bare.push(bareArithmetic());
    const page = await freshPhone(stage);
    const { took, block } = await stockUp(stage, page);
    stocked.push(took);
    blocks.push(block);
    signed.push(await bareSignature(page));
    await enterWallet(page);
    shown.push(...(await showAll(page)).slice(WARMING));
    await page.context().close();
  }
  const note = `${PASSES} passes; the page's longest block meanwhile was ${Math.round(Math.max(...blocks))} ms`;
  const naming = { name: NAME, unit: 'passes', aim: AIM_MS.stocking, aimOf: 'p99_ms', note } as const;
  const showing = { name: SHOWING, unit: 'passes', aim: AIM_MS.showing, aimOf: 'p99_ms' } as const;
  return [
    beside(naming, measured(stocked, PASSES), measured(bare, PASSES)),
    beside({ ...showing, note: 'the floor is its signature' }, measured(shown, 1), measured(signed, 1)),
  ];
}

/** Keys are made a few at a turn. */
async function makeAllKeys({ opened: { service } }: Stage): Promise<void> {
  for (let before = -1; before < service.passKeys.all().length; ) {
    before = service.passKeys.all().length;
    await service.passes.makeKeys();
  }
}

/** Milliseconds from looking into the directory until all passes are there, and the longest block of the page then. */
async function stockUp(stage: Stage, page: Page): Promise<{ readonly took: number; readonly block: number }> {
  await page.addInitScript(WATCH);
  await enrol(stage, page, BORN);
  await page.waitForFunction(() => (globalThis as Watched).benchSeen?.over, null, { timeout: PATIENCE });
  const { began, progress, over, blocks } = await page.evaluate<Seen>('globalThis.benchSeen.all()');
  const enough = progress.find(({ done }) => done >= PASSES);
  const total = progress.at(-1)?.total ?? 0;
  if (began === null || over === null || total < PASSES) throw new WrongAnswer('the phone did not stock up');
  const end = enough?.at ?? over;
  const meanwhile = blocks.filter(({ at, lasted }) => at + lasted >= began && at <= end);
  return { took: end - began, block: Math.max(0, ...meanwhile.map(({ lasted }) => lasted)) };
}

/** Shows all passes of the first claim, one after another: milliseconds from the owner's finger to the code. */
async function showAll(page: Page): Promise<readonly number[]> {
  for (let nth = 0; nth < QUOTA; nth++) {
    await page.locator('.choice').first().click();
    await page.waitForFunction(
      (before) => ((globalThis as Watched).benchSeen?.shown.length ?? 0) > before,
      nth,
    );
    await page.locator('.back').click();
    await page.locator('.choice').first().waitFor();
  }
  return (await page.evaluate<Seen>('globalThis.benchSeen.all()')).shown;
}

/** Milliseconds for blinding, signing and finalizing all of them here, one after another. */
function bareArithmetic(): number {
  const { spki, privateKey } = makePassKey();
  const key = readRsaSpki(spki);
  if (key === null) throw new Error('a fresh key is of another kind');
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
  const began = performance.now();
  for (let nth = 0; nth < PASSES; nth++) {
    const blinding = blind(key, random(53), random);
    const padding = constants.RSA_NO_PADDING;
    const signed = privateDecrypt({ key: privateKey, padding }, blinding.blinded);
    if (finalize(key, blinding, signed) === null) throw new WrongAnswer('a signature did not hold');
  }
  return performance.now() - began;
}

/** Milliseconds for one of some signatures in the browser, whose clock is too coarse for each. */
function bareSignature(page: Page): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const [times, p256] = [50, { name: 'ECDSA', namedCurve: 'P-256' }];
    const { privateKey } = await crypto.subtle.generateKey(p256, false, ['sign']);
    const began = performance.now();
    for (let nth = 0; nth < times; nth++)
      await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, new Uint8Array(317));
    return (performance.now() - began) / times;
  })()`);
}

function measured(milliseconds: readonly number[], pieces: number): Measure {
  const rate = (pieces * 1_000) / median(milliseconds);
  return { rate, p50: quantile(milliseconds, 0.5), p99: quantile(milliseconds, 0.99) };
}
