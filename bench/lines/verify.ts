import { mintTicket } from '../../src/formats/ticket.ts';
import { type Bench, OutOfTickets } from '../support/bench.ts';
import {
  type BenchDatabase,
  type DatabaseKind,
  postgresDatabase,
  sqliteDatabase,
} from '../support/databases.ts';
import { beside, type Line, type Measure } from '../support/line.ts';
import { pace } from '../support/pace.ts';
import { answerTo, eachOnce, type Target } from '../support/request.ts';
import { type Load, saturate } from '../support/saturate.ts';
import { type Server, startServer } from '../support/server.ts';
import { takeTurns } from '../support/turns.ts';

const UNIT = 'verifications';
const CONNECTIONS = [32, 256] as const;
/** The share of the bare route that is aimed at with 256 connections, and p99 at half the reached load. */
const AIM = { sqlite: 0.5, postgres: 0.4 } as const;
const AIM_P99_MS = 25;

/** A ticket is verified over HTTP, beside a bare route, on each database that can be opened. */
export async function verifyLines(bench: Bench): Promise<readonly Line[]> {
  const lines = await linesOn(bench, 'sqlite', await sqliteDatabase());
  const postgres = await postgresDatabase();
  if (typeof postgres !== 'string') return [...lines, ...(await linesOn(bench, 'postgres', postgres))];
  bench.say(`verify ticket, postgres: left out, ${postgres}`);
  return lines;
}

interface Pair {
  readonly ours: Server;
  readonly bare: Server;
}

async function linesOn(bench: Bench, kind: DatabaseKind, database: BenchDatabase): Promise<readonly Line[]> {
  const servers: Server[] = [];
  try {
    const bare = await startServer('bare');
    servers.push(bare);
    const ours = await startServer('service', [database.url], bench.profile);
    servers.push(ours);
    return await measure(bench, kind, { ours, bare });
  } finally {
    for (const server of servers) await server.stop();
    await database.remove();
  }
}

async function measure(bench: Bench, kind: DatabaseKind, pair: Pair): Promise<readonly Line[]> {
  // An answer of the service, which the bare route then gives as it is.
  await pair.bare.tell({ order: 'answer', body: await answerTo(await seeded(pair.ours, 1)) });
  const most = await warmUp(pair);
  const lines: Line[] = [];
  for (const connections of CONNECTIONS) {
    const name = `verify ticket, ${kind}, ${connections}`;
    bench.say(name);
    const load = { connections, seconds: bench.seconds };
    const turns = await takeTurns(bench.rounds.http, async () => ({
      bare: () => saturate(bareTarget(pair.bare), load),
      ours: () => saturateOurs(pair.ours, load, most * bench.seconds + connections),
    }));
    const aim = connections === 256 ? { aim: AIM[kind] } : {};
    lines.push(beside({ name, unit: UNIT, ...aim }, turns.ours, turns.bare));
  }
  return [...lines, await halfLoad(bench, kind, pair, lines.at(-1)?.rate ?? most)];
}

async function halfLoad(bench: Bench, kind: DatabaseKind, pair: Pair, most: number): Promise<Line> {
  const name = `verify ticket, ${kind}, half load`;
  bench.say(name);
  const load = { rate: most / 2, seconds: bench.seconds };
  const turns = await takeTurns(bench.rounds.http, async () => {
    const target = await seeded(pair.ours, load.rate * load.seconds);
    return { bare: () => pace(bareTarget(pair.bare), load), ours: () => pace(target, load) };
  });
  const note = `at an even ${Math.round(load.rate)} a second`;
  return beside({ name, unit: UNIT, aim: AIM_P99_MS, aimOf: 'p99_ms', note }, turns.ours, turns.bare);
}

/** Lets both servers compile what is hot, and answers about how many a second the bare route can do. */
async function warmUp({ ours, bare }: Pair): Promise<number> {
  const load = { connections: 64, seconds: 1 };
  await saturate(bareTarget(bare), load);
  const { rate } = await saturate(bareTarget(bare), load);
  await saturateOurs(ours, load, rate + load.connections);
  return rate;
}

/** Loads the service, which needs about so many tickets; if it took more, again with more. */
async function saturateOurs(ours: Server, load: Load, tickets: number): Promise<Measure> {
  const target = await seeded(ours, tickets);
  try {
    return await saturate(target, load);
  } catch (thrown) {
    if (!(thrown instanceof OutOfTickets)) throw thrown;
    return saturateOurs(ours, load, tickets * 2);
  }
}

/** The service with fresh tickets in its tables. */
export async function seeded({ port, terminalKey, tell }: Server, count: number): Promise<Target> {
  const tickets = (await tell({ order: 'seed', count: Math.ceil(count) })) as readonly string[];
  return { port, key: terminalKey, next: eachOnce(tickets) };
}

/** The bare route, which is told tokens that look like tickets. */
function bareTarget({ port, terminalKey }: Server): Target {
  const token = mintTicket((length) => crypto.getRandomValues(new Uint8Array(length)));
  return { port, key: terminalKey, next: () => token };
}
