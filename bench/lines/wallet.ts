import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import { type Browser, chromium, type Page } from 'playwright-core';
import { listen } from '../../src/server.ts';
import { type Bench, WrongAnswer } from '../support/bench.ts';
import { sqliteDatabase } from '../support/databases.ts';
import { PERSON } from '../support/holder.ts';
import { beside, type Line, type Measure } from '../support/line.ts';
import { type BenchService, openBenchService } from '../support/service.ts';
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
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    bench.say(`${NAME}: left out, there is no Chromium here`);
    return [];
  }
  bench.say(NAME);
  const port = await freePort();
  const database = await sqliteDatabase();
  const origin = `http://localhost:${port}`;
  const opened = await openBenchService(database.url, { PORT: String(port), PUBLIC_URL: origin });
  const running = await listen({ ...opened, logger: pino(destination(devNull)), places: places() });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    return [await measure(bench, { opened, browser, origin })];
  } finally {
    await browser.close();
    await running.stop();
    await database.remove();
  }
}

interface Stage {
  readonly opened: BenchService;
  readonly browser: Browser;
  readonly origin: string;
}

async function measure(bench: Bench, stage: Stage): Promise<Line> {
  const page = await enrolled(stage);
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

/** The wallet's page of somebody who has just enrolled, with an authenticator that needs no finger. */
async function enrolled({ opened, browser, origin }: Stage): Promise<Page> {
  const person = await opened.service.people.create(PERSON, null, 'system');
  const { offerUri, txCode } = await opened.service.issuance.makeOffer(person.id, ['age'], 'system');
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const debug = await context.newCDPSession(page);
  await debug.send('WebAuthn.enable');
  await debug.send('WebAuthn.addVirtualAuthenticator', { options: AUTHENTICATOR });
  await page.goto(`${origin}/wallet#offer=${encodeURIComponent(offerUri)}`);
  await page.locator('.code-field').fill(txCode ?? '');
  await page.keyboard.press('Enter');
  await page.locator('.foot .icon-lock').waitFor();
  await page.locator('.foot .button-main').click();
  await page.locator('.lock-code').waitFor();
  await page.locator('.foot .button-main').click();
  await page.locator('.choice').first().waitFor();
  return page;
}

const AUTHENTICATOR = {
  protocol: 'ctap2',
  ctap2Version: 'ctap2_1',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
  hasPrf: true,
} as const;

function places() {
  const [publicDir, openapiFile] = [join(process.cwd(), 'public'), join(process.cwd(), 'openapi.yaml')];
  return { publicDir, openapiFile, swaggerDir: publicDir, version: '0.0.0-bench' };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
