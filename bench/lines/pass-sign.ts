import { constants, privateDecrypt } from 'node:crypto';
import { signingPool } from '../../src/passes/signing-pool.ts';
import { atOnce } from '../support/at-once.ts';
import type { Bench } from '../support/bench.ts';
import { sqliteDatabase } from '../support/databases.ts';
import { beside, type Line, type Measure } from '../support/line.ts';
import { paceRoute } from '../support/pace.ts';
import { blindedValues, makePassKey, QUOTA } from '../support/passes.ts';
import { type Server, startServer } from '../support/server.ts';
import { takeTurns } from '../support/turns.ts';

const NAME = `sign ${QUOTA} passes`;
const OTHERS = 'others while signing';
/** At most 1.2 times the time of the private operations; at most twice the p99 without signing. */
const AIM = { alone: 0.83, others: 0.5 };
const COUNT = { quick: 150, long: 600 };
/** Requests a second of the others: few enough that none waits for another. */
const RATE = 200;
const ROUTE = '/healthz';

/** Requests for passes are signed, beside their private operations alone; and what other requests notice of it. */
export async function passSignLines(bench: Bench): Promise<readonly Line[]> {
  return [await signing(bench), await othersMeanwhile(bench)];
}

async function signing(bench: Bench): Promise<Line> {
  bench.say(NAME);
  const { keyId, privateKey } = makePassKey();
  const pkcs8 = new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
  const pool = signingPool(1);
  const bare = async (blinded: readonly Uint8Array[]): Promise<void> => {
    for (const value of blinded)
      privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, value);
  };
  const sidesFor = async (count: number) => {
    const requests = Array.from({ length: count }, blindedValues);
    return {
      bare: () => atOnce(1, requests, bare),
      ours: () => atOnce(1, requests, (blinded) => pool.sign({ keyId, pkcs8, blinded })),
    };
  };
  try {
    await takeTurns(1, () => sidesFor(COUNT.quick / 3));
    const turns = await takeTurns(bench.rounds.here, () => sidesFor(bench.long ? COUNT.long : COUNT.quick));
    return beside({ name: NAME, unit: 'requests', aim: AIM.alone }, turns.ours, turns.bare);
  } finally {
    await pool.close();
  }
}

async function othersMeanwhile(bench: Bench): Promise<Line> {
  bench.say(OTHERS);
  const database = await sqliteDatabase();
  const server = await startServer('service', [database.url]);
  try {
    const load = { rate: RATE, seconds: bench.seconds };
    const route = () => paceRoute(server.port, ROUTE, load);
    await route();
    const turns = await takeTurns(bench.rounds.http, async () => ({
      still: async () => byP99(await route()),
      signing: async () => byP99(await whileSigning(server, route)),
    }));
    const note = `GET ${ROUTE} at an even ${RATE} a second; a second and ratio are of p99, the floor is without signing`;
    return beside({ name: OTHERS, unit: 'requests', aim: AIM.others, note }, turns.signing, turns.still);
  } finally {
    await server.stop();
    await database.remove();
  }
}

async function whileSigning(server: Server, route: () => Promise<Measure>): Promise<Measure> {
  await server.tell({ order: 'sign', on: true });
  const measured = await route();
  await server.tell({ order: 'sign', on: false });
  return measured;
}

/** How many would fit one after another into a second, if each took what 99 of 100 stay below. */
function byP99({ p50, p99 }: Measure): Measure {
  return { rate: 1_000 / p99, p50, p99 };
}
