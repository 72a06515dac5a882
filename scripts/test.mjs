// `npm test`: prepares the checkout, compiles the tests, finds a browser, runs the tests and measures what they cover.
// `npm test -- test/formats kernel/bytes` runs the files whose path holds one of the words; what begins with a dash
// goes to Node's test runner. Coverage is measured for the whole suite only, since a part can say nothing about it.
// Everything runs on SQLite, and what the service does with its database once more on PostgreSQL: the server of
// TEST_POSTGRES_URL, or one that is started for the run.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installOneOf, runs } from './apt.mjs';
import { findBrowser } from './browser.mjs';
import { endLike, run } from './child.mjs';
import { compiledBelow, compiledFrom, compileTests } from './compile-tests.mjs';
import { folderInMemory, startPostgres, touchesDatabase } from './databases.mjs';
import { filesBelow, giveUp, prepare, root } from './prepare.mjs';

/** Each file is a process, and some of those start a service and a browser: more at once makes them wait for each other. */
const AT_ONCE = 2;

/** A test that hangs fails after this, so that a build server is never held up for good. */
const LONGEST_MS = 300_000;

const REPORTER = new URL('test-reporter.mjs', import.meta.url).href;

/** Where the code of the pages is tested, alone or as the phones of a whole town, whatever the service stands on. */
const CLIENTS = ['test/web/', 'test/privacy/'];

/** A reader of codes that is none of ours. Where there is none, tests that need it say that they are skipped. */
const ZBAR = '/usr/bin/zbarimg';

await prepare();

const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith('-'));
const words = args.filter((arg) => !arg.startsWith('-')).map((word) => word.replace(/^\.\//, ''));
const chosen = filesBelow('test')
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => words.length === 0 || words.some((word) => path.includes(word)));
if (chosen.length === 0)
  giveUp(`No test file${words.length > 0 ? ` matches ${words.join(' ')}` : ' was found'}.`);
await compileTests();

const browser = chosen.some(needsBrowser) ? await findBrowser() : null;
if (browser !== null && !runs(ZBAR))
  await installOneOf(['zbar-tools'], 'ZBar, which reads codes off pictures');
const files = browser === null ? chosen.filter((path) => !needsBrowser(path)) : chosen;
const scratch = mkdtempSync(join(tmpdir(), 'counterproof-test-'));
const coverage = join(scratch, 'v8');
const memory = folderInMemory();
// Databases, and whatever else a test or a program keeps for a moment. The coverage is large and stays where it is.
if (memory !== null) process.env.TMPDIR = memory;
const wholeSuite = args.length === 0;
// What clients do they do over HTTP, and what is behind that has stories of its own: they are looked at once.
const onBoth = files.filter((path) => touchesDatabase(path) && !isAboutClients(path));
const postgres = onBoth.length > 0 ? await startPostgres() : null;
const done = [];
if (files.length > 0) done.push(await runTests('sqlite', files));
if (postgres?.url && done[0].asked === null) done.push(await runTests('postgres', onBoth));
await postgres?.stop();
const asked = done.find((one) => one.asked !== null)?.asked;
if (asked === undefined && wholeSuite && done.length > 0) done.push(await reportCoverage());
for (const folder of [scratch, ...(memory === null ? [] : [memory])])
  rmSync(folder, { recursive: true, force: true });
if (asked !== undefined) await endLike({ code: null, signal: asked });

if (browser === null) sayWhatWasSkipped(chosen.filter(needsBrowser));
if (postgres?.missing) sayThatPostgresIsMissing(postgres.missing, onBoth);
// Once more in a form that a program can read, since the coverage stands between the runner's own lines and the end.
const counts = ['tests', 'pass', 'fail', 'skipped', 'todo'];
process.stdout.write('\n');
for (const one of done.filter(({ database }) => database)) {
  process.stdout.write(
    `${one.database}: ${counts.map((what) => `${countOf(one, what)} ${what}`).join(', ')}\n`,
  );
}
for (const what of counts) process.stdout.write(`# ${what} ${total(what)}\n`);
const ended = done.find(({ code }) => code !== 0) ?? { code: 0, signal: null };
const results = done.map((one) => one.results ?? '').join('\n');
if (ended.code === 0 && total('pass') === 0) giveUp('No test ran.');
// A file without a test counts as one that passed, under the name of the file.
const hollow = files.filter((path) =>
  [compiledFrom(path), join(root, compiledFrom(path))].some((name) => results.includes(` - ${name}\n`)),
);
if (ended.code === 0 && hollow.length > 0) giveUp(`No test ran in ${hollow.join(', ')}.`);
await endLike(ended);

function needsBrowser(path) {
  return path.endsWith('.browser.test.ts');
}

function isAboutClients(path) {
  return needsBrowser(path) || CLIENTS.some((folder) => path.startsWith(folder));
}

function countOf({ results = '' }, what) {
  return Number(results.match(new RegExp(`^# ${what} (\\d+)$`, 'm'))?.[1] ?? 0);
}

function total(what) {
  return done.reduce((sum, one) => sum + countOf(one, what), 0);
}

/** Runs what test files were compiled to on one database: how the runner ended, and what it said as TAP. */
async function runTests(database, paths) {
  process.stdout.write(`\n== on ${database}\n`);
  const tap = join(scratch, `${database}.tap`);
  const runner = [
    '--enable-source-maps',
    '--test',
    `--test-concurrency=${AT_ONCE}`,
    `--test-timeout=${LONGEST_MS}`,
  ];
  const reporters = [
    ...[`--test-reporter=${REPORTER}`, '--test-reporter-destination=stdout'],
    ...['--test-reporter=tap', `--test-reporter-destination=${tap}`],
  ];
  const env = {
    ...process.env,
    ...(browser !== null && { CHROMIUM_PATH: browser }),
    ...(wholeSuite && { NODE_V8_COVERAGE: coverage }),
    ...(postgres?.url && { TEST_POSTGRES_URL: postgres.url }),
    TEST_DATABASE: database,
  };
  const test = [...runner, ...reporters, ...flags, ...paths.map(compiledFrom)];
  const ended = await run(process.execPath, test, { cwd: root, env });
  return { ...ended, database, results: existsSync(tap) ? readFileSync(tap, 'utf8') : '' };
}

/** What all runs together covered. Its exit code says whether that is enough. */
function reportCoverage() {
  const c8 = join(root, 'node_modules/c8/bin/c8.js');
  const report = [c8, 'report', `--temp-directory=${coverage}`, ...typesOnly()];
  return run(process.execPath, report, { cwd: root });
}

/** Files that compile to nothing are never loaded, and would count as code that no test reaches. */
function typesOnly() {
  return compiledBelow('src')
    .filter((path) => {
      const code = readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
      return code.trim() === 'export {};';
    })
    .map((path) => `--exclude=${path}`);
}

function sayThatPostgresIsMissing(reason, paths) {
  process.stdout.write(
    `\nNot run on PostgreSQL, which did not start here (set TEST_POSTGRES_URL to use a server of yours):\n` +
      `${reason.replace(/^/gm, '  ')}\n${paths.map((path) => `  ${path}\n`).join('')}`,
  );
}

function sayWhatWasSkipped(paths) {
  if (paths.length === 0) return;
  const how =
    'Install Chromium (or chromium-headless-shell), or set CHROMIUM_PATH to a Chromium or Chrome, and run the tests again.';
  process.stdout.write(
    `\nSkipped for want of a browser:\n${paths.map((path) => `  ${path}\n`).join('')}${how}\n`,
  );
}
