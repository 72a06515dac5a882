// `npm test`: prepares the checkout, finds a browser, runs the tests and measures what they cover.
// `npm test -- test/formats kernel/bytes` runs the files whose path holds one of the words; what begins with a dash
// goes to Node's test runner. Coverage is measured for the whole suite only, since a part can say nothing about it.

import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { endLike, run } from './child.mjs';
import { filesBelow, giveUp, prepare, root } from './prepare.mjs';

/** Each file is a process, and some of those start a service and a browser: more at once makes them wait for each other. */
const AT_ONCE = 2;

/** A test that hangs fails after this, so that a build server is never held up for good. */
const LONGEST_MS = 300_000;

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const BROWSER_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

await prepare();

const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith('-'));
const words = args.filter((arg) => !arg.startsWith('-')).map((word) => word.replace(/^\.\//, ''));
const chosen = filesBelow('test')
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => words.length === 0 || words.some((word) => path.includes(word)));
if (chosen.length === 0)
  giveUp(`No test file${words.length > 0 ? ` matches ${words.join(' ')}` : ' was found'}.`);

const browser = chosen.some(needsBrowser) ? await findBrowser() : null;
const files = browser === null ? chosen.filter((path) => !needsBrowser(path)) : chosen;
const scratch = mkdtempSync(join(tmpdir(), 'counterproof-test-'));
const tap = join(scratch, 'tests.tap');
const ended = files.length > 0 ? await runTests(files) : { code: 0, signal: null, asked: null };
const results = existsSync(tap) ? readFileSync(tap, 'utf8') : '';
const summary = results.match(/^# (tests|pass|fail|skipped|todo) \d+$/gm);
rmSync(scratch, { recursive: true, force: true });
if (ended.asked !== null) await endLike({ code: null, signal: ended.asked });

if (browser === null) sayWhatWasSkipped(chosen.filter(needsBrowser));
// Once more in a form that a program can read, since the coverage stands between the runner's own lines and the end.
if (summary !== null) process.stdout.write(`\n${summary.join('\n')}\n`);
if (ended.code === 0 && !(Number(countOf('pass')) > 0)) giveUp('No test ran.');
// A file without a test counts as one that passed, under the name of the file.
const hollow = files.filter(
  (path) => results.includes(` - ${path}\n`) || results.includes(` - ${join(root, path)}\n`),
);
if (ended.code === 0 && hollow.length > 0) giveUp(`No test ran in ${hollow.join(', ')}.`);
await endLike(ended);

function needsBrowser(path) {
  return path.endsWith('.browser.test.ts');
}

function countOf(what) {
  return summary?.find((line) => line.startsWith(`# ${what} `))?.split(' ')[2];
}

async function runTests(paths) {
  const runner = [
    '--import',
    'tsx',
    '--test',
    `--test-concurrency=${AT_ONCE}`,
    `--test-timeout=${LONGEST_MS}`,
  ];
  const reporters = [
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=tap', `--test-reporter-destination=${tap}`],
  ];
  const test = [...runner, ...reporters, ...flags, ...paths];
  const env = browser === null ? process.env : { ...process.env, CHROMIUM_PATH: browser };
  if (args.length > 0) return run(process.execPath, test, { cwd: root, env });
  const c8 = [
    join(root, 'node_modules/c8/bin/c8.js'),
    `--temp-directory=${join(scratch, 'v8')}`,
    ...typesOnly(),
  ];
  return run(process.execPath, [...c8, process.execPath, ...test], { cwd: root, env });
}

/** Files that compile to nothing are never loaded, and would count as code that no test reaches. */
function typesOnly() {
  return filesBelow('dist/src')
    .filter((path) => path.endsWith('.js'))
    .filter((path) => {
      const code = readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      return code.trim() === 'export {};';
    })
    .map((path) => `--exclude=${path.replace(/^dist\//, '').replace(/\.js$/, '.ts')}`);
}

async function findBrowser() {
  return browserHere() ?? ((await installBrowser()) ? browserHere() : null);
}

function browserHere() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) {
    if (!runs(asked)) giveUp(`CHROMIUM_PATH is ${asked}, which is no program that can be run.`);
    return asked;
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = folders.flatMap((folder) => BROWSERS.map((name) => join(folder, name)));
  return [...BROWSER_PLACES, ...onPath].find(runs) ?? null;
}

function runs(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Only where it can work without asking anybody: as root on a system with apt-get. A failure skips tests, no more. */
async function installBrowser() {
  if (process.getuid?.() !== 0 || !runs('/usr/bin/apt-get')) return false;
  process.stderr.write('Installing chromium for the browser tests … ');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const patience = [
    '-o',
    'Acquire::Retries=1',
    '-o',
    'Acquire::http::Timeout=30',
    '-o',
    'DPkg::Lock::Timeout=60',
  ];
  const commands = [['update'], ['install', '-y', '--no-install-recommends', 'chromium']];
  for (const command of commands) {
    const result = await run('/usr/bin/apt-get', [...patience, ...command], { quiet: true, env });
    if (result.asked !== null) await endLike({ code: null, signal: result.asked });
    if (result.code !== 0) {
      process.stderr.write(`failed\n${result.output.trimEnd().split('\n').slice(-3).join('\n')}\n`);
      return false;
    }
  }
  process.stderr.write('done\n');
  return true;
}

function sayWhatWasSkipped(paths) {
  if (paths.length === 0) return;
  const how = 'Install Chromium, or set CHROMIUM_PATH to a Chromium or Chrome, and run the tests again.';
  process.stdout.write(
    `\nSkipped for want of a browser:\n${paths.map((path) => `  ${path}\n`).join('')}${how}\n`,
  );
}
