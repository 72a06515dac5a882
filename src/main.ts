#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Complaint, type Door } from './cli/door.ts';
import { program } from './cli/program.ts';

/** The only door: environment, clock, chance and signals come in here and nowhere else. */
const root = packageFolder(dirname(fileURLToPath(import.meta.url)));
const door: Door = {
  environment: process.env,
  folder: process.cwd(),
  world: { now: () => new Date(), random: (length) => new Uint8Array(randomBytes(length)) },
  places: {
    publicDir: join(root, 'public'),
    openapiFile: join(root, 'openapi.yaml'),
    swaggerDir: dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json')),
    version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
  },
  print: (line) => process.stdout.write(`${line}\n`),
  stopAsked: () =>
    new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    }),
};

try {
  await program(door).parseAsync(process.argv);
} catch (thrown) {
  if (!(thrown instanceof Complaint)) throw thrown;
  process.stderr.write(`${thrown.message}\n`);
  process.exitCode = 1;
}

function packageFolder(from: string): string {
  return existsSync(join(from, 'package.json')) ? from : packageFolder(dirname(from));
}
