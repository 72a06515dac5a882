import type { Bench } from '../support/bench.ts';
import { sqliteDatabase } from '../support/databases.ts';
import { beside, type Line, type Measure, rounded } from '../support/line.ts';
import { pace } from '../support/pace.ts';
import { type Server, startServer } from '../support/server.ts';
import { median } from '../support/turns.ts';
import { seeded } from './verify.ts';

const NAME = 'memory under load, sqlite';
/** Verifications a second, and seconds: of all the load, of a slice with its own tickets, and of the warm-up. */
const RATE = 1_000;
const SECONDS = 180;
const SLICE = 15;
const WARM_UP = 60;
/** Megabytes a minute that are within what a garbage collector's moods can do in three minutes. */
const AIM = 4;
const MB = 2 ** 20;

/** Resident memory at a moment of the load. */
interface Sample {
  readonly minute: number;
  readonly mb: number;
}

/** Resident memory of the service under three minutes of load: its slope after the warm-up. Only in the long form. */
export async function memoryLines(bench: Bench): Promise<readonly Line[]> {
  if (!bench.long) {
    bench.say(`${NAME}: only with --long`);
    return [];
  }
  bench.say(NAME);
  const database = await sqliteDatabase();
  const server = await startServer('service', [database.url], bench.profile);
  try {
    return [lineOf(await loaded(server))];
  } finally {
    await server.stop();
    await database.remove();
  }
}

interface Loaded {
  readonly samples: readonly Sample[];
  readonly slices: readonly Measure[];
}

async function loaded(server: Server): Promise<Loaded> {
  const samples: Sample[] = [];
  const slices: Measure[] = [];
  for (let at = 0; at < SECONDS; at += SLICE) {
    const target = await seeded(server, RATE * SLICE);
    const began = performance.now();
    let asked: Promise<unknown> = Promise.resolve();
    const look = async (): Promise<void> => {
      const minute = (at + (performance.now() - began) / 1_000) / 60;
      samples.push({ minute, mb: Number(await server.tell({ order: 'memory' })) / MB });
    };
    const timer = setInterval(() => {
      asked = asked.then(look);
      asked.catch(() => {});
    }, 1_000);
    try {
      slices.push(await pace(target, { rate: RATE, seconds: SLICE }));
    } finally {
      clearInterval(timer);
    }
    await asked;
  }
  return { samples, slices };
}

function lineOf({ samples, slices }: Loaded): Line {
  const warm = samples.filter(({ minute }) => minute * 60 >= WARM_UP);
  const sizes = warm.map(({ mb }) => Math.round(mb));
  const ours = {
    rate: median(slices.map(({ rate }) => rate)),
    p50: median(slices.map(({ p50 }) => p50)),
    p99: median(slices.map(({ p99 }) => p99)),
  };
  const note = `${Math.min(...sizes)} to ${Math.max(...sizes)} MB after a minute, ${sizes.at(-1)} MB at the end`;
  const line = beside(
    { name: NAME, unit: 'verifications', aim: AIM, aimOf: 'mb_per_minute', note },
    ours,
    null,
  );
  return { ...line, mb_per_minute: rounded(slope(warm)) };
}

/** The slope of the straight line that fits best (least squares). */
function slope(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, one) => sum + one, 0) / values.length;
  const [x, y] = [mean(samples.map(({ minute }) => minute)), mean(samples.map(({ mb }) => mb))];
  const over = samples.reduce((sum, { minute, mb }) => sum + (minute - x) * (mb - y), 0);
  return over / samples.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
}
