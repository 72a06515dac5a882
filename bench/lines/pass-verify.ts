import { base64url } from '../../src/kernel/bytes.ts';
import { type Bench, OutOfTickets } from '../support/bench.ts';
import { sqliteDatabase } from '../support/databases.ts';
import { beside, type Line, type Measure } from '../support/line.ts';
import { type BenchPassKey, makePassKey, shownPasses } from '../support/passes.ts';
import { answerTo, eachOnce, type Target } from '../support/request.ts';
import { type Load, saturate } from '../support/saturate.ts';
import { type Server, startServer } from '../support/server.ts';
import { takeTurns } from '../support/turns.ts';

const CONNECTIONS = 256;
const NAME = `verify pass, sqlite, ${CONNECTIONS}`;
const AIM = 0.5;
/** Passes that are made beyond what the service answered in the warming up, since each takes a while to make. */
const SPARE = 1.5;

interface Pair {
  readonly ours: Server;
  readonly bare: Server;
  readonly key: BenchPassKey;
}

/** A pass is verified over HTTP, each request with another, beside a bare route. */
export async function passVerifyLine(bench: Bench): Promise<Line> {
  bench.say(NAME);
  const database = await sqliteDatabase();
  const servers: Server[] = [];
  try {
    const bare = await startServer('bare');
    servers.push(bare);
    const ours = await startServer('service', [database.url], bench.profile);
    servers.push(ours);
    return await measure(bench, { ours, bare, key: makePassKey() });
  } finally {
    for (const server of servers) await server.stop();
    await database.remove();
  }
}

async function measure(bench: Bench, pair: Pair): Promise<Line> {
  const { ours, bare, key } = pair;
  await ours.tell({ order: 'pass key', spki: base64url(key.spki) });
  const first = await target(ours, key, 1);
  await bare.tell({ order: 'answer', body: await answerTo(first) });
  const most = await warmUp(pair);
  const load = { connections: CONNECTIONS, seconds: bench.seconds };
  const turns = await takeTurns(bench.rounds.http, async () => {
    const likely = most * SPARE * bench.seconds + CONNECTIONS;
    const passes = await target(ours, key, likely);
    return {
      bare: async () => saturate(await bareTarget(pair), load),
      ours: () => saturateOurs(pair, load, { target: passes, count: likely }),
    };
  });
  return beside({ name: NAME, unit: 'verifications', aim: AIM }, turns.ours, turns.bare);
}

/** Lets both servers compile what is hot, and answers about how many passes a second ours can do. */
async function warmUp(pair: Pair): Promise<number> {
  const load = { connections: 64, seconds: 1 };
  for (const _ of [1, 2]) await saturate(await bareTarget(pair), load);
  const count = 1_000;
  const made = async () => ({ target: await target(pair.ours, pair.key, count), count });
  await saturateOurs(pair, load, await made());
  return (await saturateOurs(pair, load, await made())).rate;
}

interface Made {
  readonly target: Target;
  readonly count: number;
}

/** Loads the service with those passes; if it took more, again with more. */
async function saturateOurs(pair: Pair, load: Load, made: Made): Promise<Measure> {
  try {
    return await saturate(made.target, load);
  } catch (thrown) {
    if (!(thrown instanceof OutOfTickets)) throw thrown;
    const count = made.count * 2;
    return saturateOurs(pair, load, { target: await target(pair.ours, pair.key, count), count });
  }
}

/** The service, and so many passes that were never shown to it: shown now, since a picture is good for 90 seconds. */
async function target({ port, terminalKey }: Server, key: BenchPassKey, count: number): Promise<Target> {
  const passes = await shownPasses(key, Math.ceil(count), new Date());
  return { port, key: terminalKey, next: eachOnce(passes) };
}

/** The bare route, which is told one pass again and again. */
async function bareTarget({ bare, key }: Pair): Promise<Target> {
  const [pass = ''] = await shownPasses(key, 1, new Date());
  return { port: bare.port, key: bare.terminalKey, next: () => pass };
}
