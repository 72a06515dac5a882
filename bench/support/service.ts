import { randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compose, type Service } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import type { Callers } from '../../src/http/caller.ts';
import { pooled } from '../../src/kernel/random-pool.ts';
import { Secret } from '../../src/kernel/secret.ts';
import type { World } from '../../src/kernel/world.ts';

/** A service with one shop and one live till. */
export interface BenchService {
  readonly service: Service;
  readonly world: World;
  readonly terminalKey: string;
  readonly terminal: Callers['terminal'];
}

/** The claim that all tills of the benchmarks ask for. */
export const ASKED = 'age_over_18';

/** Wide rate limits, since one address plays a whole country; everything else as in production by default. */
const SETTINGS = {
  PORT: '0',
  PUBLIC_URL: 'http://localhost:3000',
  ADDRESS_RATE: '100000',
  TERMINAL_RATE: '100000',
  COPY_RATE: '1000',
  PASSES: 'off',
};

/** Opens a service on a database; settings may differ from the usual ones. Whoever gets it closes it. */
export async function openBenchService(databaseUrl: string, settings = {}): Promise<BenchService> {
  const path = (name: string, folder: string): string => resolve(folder, name);
  const config = readConfig({ ...SETTINGS, ...settings, DATABASE_URL: databaseUrl }, false, {
    path,
    fileUrl: (name, folder) => pathToFileURL(path(name, folder)).href,
    read: (name) => readFileSync(name, 'utf8'),
  });
  const world: World = { now: () => new Date(), random: pooled((bytes) => randomFillSync(bytes)) };
  const service = await compose(config, world, new Secret(world.random(32)));
  const shop = await service.retailers.register({ name: 'Corner Shop', permitted: [ASKED] }, 'system');
  const till = await service.terminals.add(shop.id, { name: 'Till 1', store: null, live: true }, 'system');
  const terminal = await service.identify.terminal(till.key);
  if (terminal === null) throw new Error('the till that was just made is not known');
  return { service, world, terminalKey: till.key, terminal };
}
