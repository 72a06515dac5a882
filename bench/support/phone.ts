import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import { type Browser, chromium, type Page } from 'playwright-core';
import { listen } from '../../src/server.ts';
import { addAuthenticator } from '../../test/support/virtual-authenticator.ts';
import { sqliteDatabase } from './databases.ts';
import { PERSON } from './holder.ts';
import { type BenchService, openBenchService } from './service.ts';

/** A service in this process with its pages, and a real browser. */
export interface Stage {
  readonly opened: BenchService;
  readonly browser: Browser;
  readonly origin: string;
}

const EXECUTABLE = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Why the wallet cannot be measured here, or null. */
export function withoutBrowser(): string | null {
  return existsSync(EXECUTABLE) ? null : 'there is no Chromium here';
}

/** Does something on a stage, with settings that differ from the usual ones, and clears it away. */
export async function onStage<Result>(
  settings: Readonly<Record<string, string>>,
  work: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const port = await freePort();
  const database = await sqliteDatabase();
  const origin = `http://localhost:${port}`;
  const opened = await openBenchService(database.url, {
    ...settings,
    PORT: String(port),
    PUBLIC_URL: origin,
  });
  const running = await listen({ ...opened, logger: pino(destination(devNull)), places: places() });
  const browser = await chromium.launch({
    executablePath: EXECUTABLE,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    return await work({ opened, browser, origin });
  } finally {
    await browser.close();
    await running.stop();
    await database.remove();
  }
}

/** The wallet's page before anything was done with it, with an authenticator that needs no finger. */
export async function freshPhone({ browser }: Stage): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await addAuthenticator(page);
  return page;
}

/** Enrols a person of that birth date, up to the lock code that the wallet shows at the end. */
export async function enrol(
  { opened, origin }: Stage,
  page: Page,
  birthDate = PERSON.birthDate,
): Promise<void> {
  const person = await opened.service.people.create({ ...PERSON, birthDate }, null, 'system');
  const { offerUri, txCode } = await opened.service.issuance.makeOffer(person.id, ['age'], 'system');
  await page.goto(`${origin}/wallet#offer=${encodeURIComponent(offerUri)}`);
  await page.locator('.code-field').fill(txCode ?? '');
  await page.keyboard.press('Enter');
  await page.locator('.foot .icon-lock').waitFor();
  await page.locator('.foot .button-main').click();
  await page.locator('.lock-code').waitFor();
}

/** Leaves the lock code behind, for what there is to show. */
export async function enterWallet(page: Page): Promise<void> {
  await page.locator('.foot .button-main').click();
  await page.locator('.choice').first().waitFor();
}

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
