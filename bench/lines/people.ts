import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import { firstIdAt } from '../../src/kernel/ids.ts';
import type { Facts } from '../../src/people/person.ts';
import { atOnce } from '../support/at-once.ts';
import { type Bench, WrongAnswer } from '../support/bench.ts';
import { sqliteDatabase } from '../support/databases.ts';
import { beside, type Line, type Measure } from '../support/line.ts';
import { type BenchService, openBenchService } from '../support/service.ts';
import { takeTurns } from '../support/turns.ts';

const UNIT = 'lists';
/** Milliseconds within which an officer has a list. */
const AIM = 200;
const MANY = { quick: 20_000, long: 100_000 };
const ASKS = 200;
/** What the interface gives at most in one part. */
const PART = 100;
const WRITERS = 8;

/** The lists of the console among many people: any part of all, and whoever has a name. */
export async function peopleLines(bench: Bench): Promise<readonly Line[]> {
  const database = await sqliteDatabase();
  const opened = await openBenchService(database.url);
  try {
    const many = bench.long ? MANY.long : MANY.quick;
    bench.say(`lists among ${many.toLocaleString('en')} people`);
    const began = opened.world.now();
    await enter(opened, many);
    const span = { from: began.getTime(), to: opened.world.now().getTime() };
    const sides = { list: () => listParts(opened, span), search: () => search(opened, many) };
    await takeTurns(1, async () => sides);
    const turns = await takeTurns(bench.rounds.here, async () => sides);
    const note = `among ${many.toLocaleString('en')} people, each of a hundred opened; in this process`;
    return [
      beside({ name: 'list people', unit: UNIT, aim: AIM, aimOf: 'p99_ms', note }, turns.list, null),
      beside({ name: 'find people', unit: UNIT, aim: AIM, aimOf: 'p99_ms' }, turns.search, null),
    ];
  } finally {
    await opened.service.close();
    await database.remove();
  }
}

async function enter({ service }: BenchService, many: number): Promise<void> {
  const numbers = Array.from({ length: many }, (_, number) => number);
  await atOnce(WRITERS, numbers, (number) => service.people.create(factsOf(number), null, 'system'));
}

/** A whole name that a hundred share. */
function factsOf(number: number): Facts {
  return {
    givenName: 'Ada',
    familyName: `Lovelace${Math.floor(number / PART)}`,
    birthDate: '1992-12-10' as CalendarDate,
    nationality: 'GB',
    documentNumber: null,
    statuses: [],
    externalId: `A-${number}`,
    stateReason: null,
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function listParts({ service }: BenchService, { from, to }: Span): Promise<Measure> {
  const afters = Array.from({ length: ASKS }, (_, ask) => {
    const at = new Date(from + ((to - from) * (ask + 1)) / ASKS);
    return firstIdAt('person', at);
  });
  return atOnce(1, afters, async (after) => {
    const { rows } = await service.people.list({ limit: PART, after });
    if (rows.length === 0) throw new WrongAnswer('a part of the list is empty');
  });
}

function search({ service }: BenchService, many: number): Promise<Measure> {
  const families = Array.from({ length: ASKS }, (_, ask) => (ask * 37) % (many / PART));
  return atOnce(1, families, async (family) => {
    const found = await service.people.search(`Ada Lovelace${family}`);
    if (found.length !== PART) throw new WrongAnswer(`${found.length} people of ${PART} were found`);
  });
}
