/** A shop of the real program, which a test stops or kills and starts again on the same data. */

import type { TestContext } from 'node:test';
import { clientOf, copies, openOffer, redeem, type Scene } from './client.ts';
import type { Copy } from './holder-keys.ts';
import { type Home, openHome, type Started, sandboxOf } from './program.ts';
import { openTills } from './sales.ts';

export interface SandboxShop {
  readonly home: Home;
  readonly scene: Scene;
  readonly tills: readonly string[];
  /** Copies of one wallet, as many as it may fetch at once. */
  readonly shown: readonly Copy[];
  /** What was started first. */
  readonly first: Started;
}

const WIDE = { TERMINAL_RATE: '10000', ADDRESS_RATE: '10000', COPY_RATE: '1000' };
const BATCH = 30;

/** Starts the program, or starts it again. */
export async function startShop(home: Home): Promise<Started> {
  const service = home.start(['start', '--sandbox'], WIDE);
  await service.says(/Stop: Ctrl-C/);
  return service;
}

/** A sandbox that has started, with four tills and a wallet full of copies. */
export async function openSandboxShop(t: Pick<TestContext, 'after'>): Promise<SandboxShop> {
  const home = await openHome(t);
  const first = await startShop(home);
  const scene = { running: { url: home.url, now: () => new Date() }, client: clientOf(home.url) };
  const { admin_key: token, retailer_id: shop, people } = sandboxOf(home);
  const tills = await openTills(scene, { token, shop, count: 4 });
  const holder = await redeem(scene.client, await openOffer(scene.client, token, people[0]!.id));
  return { home, scene, tills, shown: await copies(scene, holder, BATCH), first };
}
