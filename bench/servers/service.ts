/** The service on the database of its first argument, as production runs it, and a hand that prepares what is measured. */

import { createRequire } from 'node:module';
import { devNull } from 'node:os';
import { dirname, join } from 'node:path';
import { destination, pino } from 'pino';
import { listen } from '../../src/server.ts';
import { countRows } from '../support/databases.ts';
import { endlessSigner } from '../support/endless-signer.ts';
import { listPassKey } from '../support/pass-keys.ts';
import { ticketSeeder } from '../support/seed-tickets.ts';
import type { Order, Ready } from '../support/server.ts';
import { openBenchService } from '../support/service.ts';

const swagger = createRequire(import.meta.url).resolve('swagger-ui-dist/package.json');
const databaseUrl = process.argv[2] ?? '';
const bench = await openBenchService(databaseUrl);
const running = await listen({
  ...bench,
  // Every line is made and written as in production; the device throws it away.
  logger: pino({ level: 'info' }, destination({ dest: devNull, sync: true })),
  places: {
    publicDir: join(process.cwd(), 'public'),
    openapiFile: join(process.cwd(), 'openapi.yaml'),
    swaggerDir: dirname(swagger),
    version: '0.0.0-bench',
  },
});
const seed = ticketSeeder(bench);
const signer = endlessSigner();

process.on('message', async (told: Order) => {
  const done = await doneAs(told);
  // The run may have ended in the meantime.
  if (process.connected) process.send?.(done);
});
process.once('disconnect', async () => {
  await running.stop();
  process.exit(0);
});

async function doneAs(told: Order): Promise<unknown> {
  if (told.order === 'seed') return seeded(told.count);
  if (told.order === 'pass key') return listPassKey(bench, told.spki);
  if (told.order === 'sign') return told.on ? signer.start() : signer.stop();
  return process.memoryUsage.rss();
}

async function seeded(count: number) {
  const tickets = await seed(count);
  await countRows(databaseUrl);
  return tickets;
}

const ready: Ready = { port: running.port, terminalKey: bench.terminalKey };
process.send?.(ready);
