import { pino } from 'pino';
import type { Config } from '../config.ts';
import { listen } from '../server.ts';
import { Complaint, type Door } from './door.ts';
import { openService } from './open.ts';
import { openSandbox } from './sandbox/open-sandbox.ts';
import { settings } from './settings.ts';

/** Starts the service, and ends when it is asked to stop and has finished what is in flight. */
export async function start(door: Door, { sandbox }: { sandbox: boolean }): Promise<void> {
  const config = settings(door, sandbox);
  const service = await openService(door, config);
  const logger = pino({ level: sandbox ? (door.environment.LOG_LEVEL ?? 'warn') : config.logLevel });
  const running = await listen({ service, world: door.world, logger, places: door.places }).catch(
    async (thrown) => {
      await service.close();
      throw isTaken(thrown) ? new Complaint(taken(config)) : thrown;
    },
  );
  const stopAsked = door.stopAsked();
  if (sandbox) await openSandbox(door, service);
  else door.print(`Counterproof listens on ${config.host}:${running.port} for ${config.publicUrl}`);
  await stopAsked;
  door.print('Stopping.');
  await running.stop();
}

function isTaken(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE';
}

function taken({ host, port }: Config): string {
  return `${host}:${port} is taken by another program. Stop that one, or set PORT.`;
}
