import { pino } from 'pino';
import type { Service } from '../compose.ts';
import type { Config } from '../config.ts';
import { listen } from '../server.ts';
import { Complaint, type Door } from './door.ts';
import { openService } from './open.ts';
import { openSandbox } from './sandbox/open-sandbox.ts';
import { settings } from './settings.ts';
import { keepWorkers } from './workers.ts';

interface Asked {
  readonly sandbox: boolean;
  /** How many processes share the work. */
  readonly workers: number;
}

/** Starts the service, and ends when it is asked to stop and has finished what is in flight. */
export async function start(door: Door, { sandbox, workers }: Asked): Promise<void> {
  const config = settings(door, sandbox);
  if (workers > 1 && !door.isWorker) await startWorkers(door, config, workers);
  else await startOne(door, config);
}

async function startOne(door: Door, config: Config): Promise<void> {
  const service = await openService(door, config);
  const logger = loggerOf(door, config);
  const running = await listen({ service, world: door.world, logger, places: door.places }).catch(
    async (thrown) => {
      await service.close();
      throw isTaken(thrown) ? new Complaint(taken(config)) : thrown;
    },
  );
  const stopAsked = door.stopAsked();
  let beside: Beside | null = null;
  if (!door.isWorker) {
    const address = `${config.host}:${running.port}`;
    beside = await openBeside(door, service, listens(config, address));
    for (const line of beside.lines) door.print(line);
  }
  await stopAsked;
  if (!door.isWorker) door.print('Stopping.');
  await beside?.stop();
  await running.stop();
}

/** Makes tables, keys and the sandbox before anybody serves, and then keeps the workers at work. */
async function startWorkers(door: Door, config: Config, count: number): Promise<void> {
  if (config.databaseUrl.startsWith('file:'))
    throw new Complaint('Several workers need PostgreSQL: SQLite serves one process only. Set DATABASE_URL.');
  const service = await openService(door, config);
  const address = `${config.host}:${config.port} with ${count} workers`;
  const beside = await openBeside(door, service, listens(config, address));
  await service.close();

  const stopAsked = door.stopAsked();
  const crew = keepWorkers({ fork: door.fork, count, now: door.world.now, logger: loggerOf(door, config) });
  const up = await Promise.race([crew.listening, stopAsked.then(() => null)]);
  if (up) {
    for (const line of beside.lines) door.print(line);
    await stopAsked;
  }
  door.print('Stopping.');
  await beside.stop();
  await crew.stop();
  if (up === false) throw new Complaint('The workers did not start. What they said stands above.');
}

type Beside = Awaited<ReturnType<typeof openSandbox>>;

/** What there is beside the service, and what to say: production has its address alone. */
async function openBeside(door: Door, service: Service, production: string): Promise<Beside> {
  if (service.config.sandbox) return openSandbox(door, service);
  return { lines: [production], stop: async () => {} };
}

function listens(config: Config, address: string): string {
  return `Counterproof listens on ${address} for ${config.publicUrl}`;
}

function loggerOf(door: Door, { sandbox, logLevel }: Config) {
  return pino({ level: sandbox ? (door.environment.LOG_LEVEL ?? 'warn') : logLevel });
}

function isTaken(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE';
}

function taken({ host, port }: Config): string {
  return `${host}:${port} is taken by another program. Stop that one, or set PORT.`;
}
