import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { listen } from '../../server.ts';
import type { Door } from '../door.ts';
import { openService } from '../open.ts';
import { fillSandbox } from '../sandbox/open-sandbox.ts';
import { settings } from '../settings.ts';
import { tellStory } from './story.ts';

/** Tells the whole story over real HTTP on a service of its own, in a folder that is gone afterwards. */
export async function demo(door: Door, { saveQr }: { saveQr: string | null }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-demo-'));
  const port = String(await freePort());
  const own: Door = { ...door, environment: { PORT: port, DATA_DIR: folder } };
  try {
    const service = await openService(own, settings(own, true));
    const { world, places } = door;
    const running = await listen({ service, world, places, logger: pino({ level: 'error' }) });
    try {
      const { keys, people } = await fillSandbox(service, world);
      await tellStory({ door, url: service.config.publicUrl, keys, people, saveQr });
    } finally {
      await running.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
