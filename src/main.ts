#!/usr/bin/env node
import cluster from 'node:cluster';
import { randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Complaint, type Door } from './cli/door.ts';
import { program } from './cli/program.ts';
import type { Worker } from './cli/workers.ts';
import { pooled } from './kernel/random-pool.ts';

/** The only door: environment, clock, chance and signals come in here and nowhere else. */
const root = packageFolder(dirname(fileURLToPath(import.meta.url)));
const door: Door = {
  environment: process.env,
  folder: process.cwd(),
  world: { now: () => new Date(), random: pooled((bytes) => randomFillSync(bytes)) },
  places: {
    publicDir: join(root, 'public'),
    openapiFile: join(root, 'openapi.yaml'),
    swaggerDir: dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json')),
    version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
  },
  sdkDir: join(root, 'dist/src/sdk'),
  print: (line) => process.stdout.write(`${line}\n`),
  stopAsked: () =>
    new Promise((resolve) => {
      if (cluster.isWorker) {
        // Ctrl-C in a terminal reaches workers too. They stop when the first process says so, however often it is said.
        process.on('SIGINT', () => {});
        process.on('SIGTERM', () => resolve());
        return;
      }
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    }),
  isWorker: cluster.isWorker,
  fork: forkWorker,
};

try {
  await program(door).parseAsync(process.argv);
} catch (thrown) {
  if (!(thrown instanceof Complaint)) throw thrown;
  process.stderr.write(`${thrown.message}\n`);
  process.exitCode = 1;
}

// The channel to the first process would keep a worker alive that has finished.
cluster.worker?.disconnect();

function forkWorker(): Worker {
  const worker = cluster.fork();
  const ended = new Promise<string>((resolve) => {
    worker.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
  return {
    pid: worker.process.pid ?? 0,
    listening: once(worker, 'listening'),
    ended,
    stop: () => worker.process.kill('SIGTERM'),
  };
}

function packageFolder(from: string): string {
  return existsSync(join(from, 'package.json')) ? from : packageFolder(dirname(from));
}
