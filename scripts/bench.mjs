// `npm run bench`: prepares the checkout, compiles the benchmarks beside the service and runs them, so that what is
// measured is the code that production runs. `npm run bench -- --long`, `-- --only verify,upload`, `-- --profile DIR`.
// `npm run bench -- report` prints the table of the last run as Markdown; `-- plot` draws docs/benchmarks.svg from it.

import { join } from 'node:path';
import { browserHere } from './browser.mjs';
import { endLike, run } from './child.mjs';
import { giveUp, prepare, root } from './prepare.mjs';

const PROGRAMS = ['report', 'plot'];

await prepare();
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const compiled = await run(process.execPath, [compiler, '-p', 'bench'], { quiet: true, cwd: root });
if (compiled.code !== 0) giveUp(`${compiled.output.trimEnd()}\n\nThe benchmarks could not be compiled.`);

const args = process.argv.slice(2);
const program = PROGRAMS.includes(args[0]) ? args.shift() : 'run';
const browser = browserHere();
const env = { ...process.env, ...(browser !== null && { CHROMIUM_PATH: browser }) };
await endLike(
  await run(process.execPath, [join(root, `dist/bench/${program}.js`), ...args], { cwd: root, env }),
);
