/** Takes the lines, shows them in a table and writes bench/results.json. Ends with 1 if an answer was wrong. */

import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { growthLines } from './lines/growth.ts';
import { issueLines } from './lines/issue.ts';
import { memoryLines } from './lines/memory.ts';
import { passLines } from './lines/pass.ts';
import { peopleLines } from './lines/people.ts';
import { stockLines } from './lines/stock.ts';
import { uploadLines } from './lines/upload.ts';
import { verifyLines } from './lines/verify.ts';
import { walletLines } from './lines/wallet.ts';
import { type Bench, WrongAnswer } from './support/bench.ts';
import { type Line, reached } from './support/line.ts';
import { writeResults } from './support/results.ts';
import { screenTable } from './support/table.ts';

type TakeLines = (bench: Bench) => Promise<readonly Line[]>;

const LINES: ReadonlyMap<string, TakeLines> = new Map([
  ['verify', verifyLines],
  ['upload', uploadLines],
  ['issue', issueLines],
  ['growth', growthLines],
  ['pass', passLines],
  ['wallet', walletLines],
  ['stock', stockLines],
  ['people', peopleLines],
  ['memory', memoryLines],
]);
const QUICK = { rounds: { http: 2, here: 3 }, seconds: 3 };
const LONG = { rounds: { http: 3, here: 5 }, seconds: 8 };

const { values } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    only: { type: 'string', default: [...LINES.keys()].join() },
    profile: { type: 'string' },
  },
});
const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const bench: Bench = {
  ...(values.long ? LONG : QUICK),
  long: values.long,
  profile: values.profile ?? null,
  say,
};

const began = performance.now();
const lines: Line[] = [];
try {
  say(machine());
  await takeAll();
  writeResults(lines);
  process.stdout.write(`\n${screenTable(lines)}\n`);
  say(`\n${summary()}`);
} catch (thrown) {
  if (!(thrown instanceof WrongAnswer)) throw thrown;
  say(`A wrong answer: ${thrown.message}`);
  process.exitCode = 1;
}

async function takeAll(): Promise<void> {
  for (const name of values.only.split(',')) {
    const take = LINES.get(name);
    if (take === undefined)
      throw new Error(`there is no line ${name}: --only takes ${[...LINES.keys()].join()}`);
    lines.push(...(await take(bench)));
  }
}

/** On what this runs; a machine that is busy with something else tells little. */
function machine(): string {
  const [first, ...others] = cpus();
  const load = loadavg()[0] ?? 0;
  const busy = load > (others.length + 1) / 2 ? ', which is busy: these numbers will mean little' : '';
  const name = first?.model.trim() ?? 'a processor';
  return `Node ${process.versions.node}, ${others.length + 1} × ${name}, load ${load.toFixed(1)}${busy}`;
}

function summary(): string {
  const aimed = lines.filter((line) => reached(line) !== null);
  const met = aimed.filter(reached).length;
  const seconds = Math.round((performance.now() - began) / 1_000);
  return `${met} of ${aimed.length} aims reached, in ${seconds} s`;
}
