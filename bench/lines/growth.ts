import { atOnce } from '../support/at-once.ts';
import { type Bench, WrongAnswer } from '../support/bench.ts';
import { type BenchDatabase, sqliteDatabase } from '../support/databases.ts';
import { beside, type Line, type Measure } from '../support/line.ts';
import { seedPast } from '../support/seed-past.ts';
import { type SeedTickets, ticketSeeder } from '../support/seed-tickets.ts';
import { ASKED, type BenchService, openBenchService } from '../support/service.ts';
import { takeTurns } from '../support/turns.ts';

const UNIT = 'verifications';
/** Questions that arrive together, and how many such sets make a turn. */
const SET = 64;
const SETS = 24;
/** At most 1.3 times the cost. */
const AIM = 0.77;
const FEW = 1_000;
const MANY = { quick: [100_000], long: [100_000, 1_000_000] };

/** A service with a past, on a database of its own. */
interface Grown {
  readonly bench: BenchService;
  readonly seed: SeedTickets;
  readonly database: BenchDatabase;
}

/** Verifications after many others, beside verifications after a thousand. */
export async function growthLines(bench: Bench): Promise<readonly Line[]> {
  const few = await grown();
  const many = await grown();
  try {
    await seedPast(few.bench, FEW);
    const lines: Line[] = [];
    let past = 0;
    for (const count of bench.long ? MANY.long : MANY.quick) {
      const name = `verify ticket after ${count.toLocaleString('en')}`;
      bench.say(name);
      await seedPast(many.bench, count - past);
      past = count;
      lines.push(await compare(bench, name, { few, many }));
    }
    return lines;
  } finally {
    for (const { bench: opened, database } of [few, many]) {
      await opened.service.close();
      await database.remove();
    }
  }
}

async function grown(): Promise<Grown> {
  const database = await sqliteDatabase();
  const opened = await openBenchService(database.url);
  return { bench: opened, seed: ticketSeeder(opened), database };
}

async function compare(
  bench: Bench,
  name: string,
  { few, many }: Record<'few' | 'many', Grown>,
): Promise<Line> {
  await takeTurns(1, () => sides({ few, many }, SETS / 4));
  const turns = await takeTurns(bench.rounds.here, () => sides({ few, many }, SETS));
  const note = `sets of ${SET}, in this process; p50 and p99 are of a set`;
  return beside({ name, unit: UNIT, aim: AIM, note }, turns.many, turns.few);
}

async function sides({ few, many }: Record<'few' | 'many', Grown>, sets: number) {
  const [fewTickets, manyTickets] = [await few.seed(SET * sets), await many.seed(SET * sets)];
  return {
    few: () => verifySets(few.bench, fewTickets),
    many: () => verifySets(many.bench, manyTickets),
  };
}

async function verifySets(opened: BenchService, tickets: readonly string[]): Promise<Measure> {
  const sets = Array.from({ length: tickets.length / SET }, (_, i) => tickets.slice(i * SET, (i + 1) * SET));
  const measure = await atOnce(1, sets, (set) => Promise.all(set.map((ticket) => verify(opened, ticket))));
  return { ...measure, rate: measure.rate * SET };
}

async function verify({ service, terminal }: BenchService, token: string): Promise<void> {
  const { verification } = await service.verifications.verify({
    terminal,
    token,
    ask: { claims: [ASKED], portrait: false },
    scannedAt: null,
    reference: 'till 4, receipt 2231',
    idempotencyKey: null,
  });
  if (verification.outcome !== 'approved') throw new WrongAnswer(`refused: ${verification.reason}`);
}
