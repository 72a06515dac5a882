/** A service that really listens: its own database, its own address, a clock that can be moved. */

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import type { Places } from '../../src/app.ts';
import { compose, type Service } from '../../src/compose.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { SCOPES } from '../../src/http/caller.ts';
import { Secret } from '../../src/kernel/secret.ts';
import { makeAdminKey } from '../../src/officers/make-admin-key.ts';
import { listen } from '../../src/server.ts';
import { root } from './checkout.ts';
import { bytesOf, makeDatabase } from './database.ts';

export const METRICS_TOKEN = 'metrics-token-for-tests';

/** Where the program's files lie. */
export const places: Places = {
  publicDir: join(root, 'public'),
  openapiFile: join(root, 'openapi.yaml'),
  swaggerDir: dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json')),
  version: '0.0.0-test',
};

export interface RunningService {
  readonly url: string;
  readonly service: Service;
  readonly config: Config;
  readonly adminKey: string;
  /** Everything that was logged so far. */
  readonly log: () => string;
  /** Every byte that the database keeps, as latin1 text. */
  readonly databaseBytes: () => Promise<string>;
  /** Moves the clock by so many milliseconds. */
  readonly pass: (milliseconds: number) => void;
  readonly now: () => Date;
  readonly stop: () => Promise<void>;
}

type Settings = Readonly<Record<string, string>>;

/**
 * Starts a service for a test and stops it afterwards. The limits are wide, so that only tests about them meet them.
 * Unless a test moves it, the clock is the real one.
 */
export async function runService(
  t: Pick<TestContext, 'after'>,
  settings: Settings = {},
  files: Places = places,
): Promise<RunningService> {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  const port = await freePort();
  const database = await makeDatabase();
  const environment = {
    DATABASE_URL: database.url,
    PORT: String(port),
    DATA_DIR: folder,
    METRICS_TOKEN,
    ADDRESS_RATE: '10000',
    TERMINAL_RATE: '10000',
    COPY_RATE: '1000',
    // Making their keys takes the processor for a while: tests about passes turn them on.
    PASSES: 'off',
    ...settings,
  };
  const path = (name: string, from: string): string => resolve(folder, from, name);
  const config = readConfig(environment, true, {
    path,
    fileUrl: (name, from) => pathToFileURL(path(name, from)).href,
    read: (name) => readFileSync(name, 'utf8'),
  });
  let offset = 0;
  const world = {
    now: () => new Date(Date.now() + offset),
    random: (length: number) => new Uint8Array(randomBytes(length)),
  };
  const service = await compose(config, world, new Secret(world.random(32)));
  const { sink, text } = collector();
  const logger = pino({ level: 'info' }, sink);
  const running = await listen({ service, world, logger, places: files });
  const adminKey = await makeAdminKey({ ...service, world }, SCOPES, null);
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await running.stop();
  };
  t.after(async () => {
    await stop();
    await database.remove();
    rmSync(folder, { recursive: true });
  });
  return {
    url: config.publicUrl,
    service,
    config,
    adminKey,
    log: text,
    databaseBytes: async () => (await bytesOf(database)).toString('latin1'),
    pass: (milliseconds) => {
      offset += milliseconds;
    },
    now: world.now,
    stop,
  };
}

function collector(): { sink: Writable; text: () => string } {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { sink, text: () => lines.join('') };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
