// Makes a checkout ready to run: the right Node, the dependencies of package-lock.json, the compiled service and pages.
// Nothing outside Node is imported here, because on a fresh clone nothing else exists. A second run costs milliseconds.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endLike, run } from './child.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

const INSTALL_STAMP = join(root, 'node_modules/.counterproof-install');
const BUILD_STAMP = join(root, 'dist/.counterproof-build');
const WEB_STAMP = join(root, 'public/build/.counterproof-build');

/** What goes into the pages of the browser. The contract gives them types alone, which leave no trace. */
const WEB_SOURCES = ['src/web', 'src/kernel', 'src/formats', 'src/judgement', 'src/sdk', 'public/styles'];
const WEB_SCRIPTS = ['build-web', 'page-language', 'app-shells', 'web-pages'].map(
  (name) => `scripts/${name}.mjs`,
);

/** Checks Node, installs and builds, each only where it is due. Ends the process with a plain message if one fails. */
export async function prepare() {
  checkNode();
  await install();
  await build();
  await buildWeb();
}

/** Every file below a folder of the checkout, as sorted paths from the root with forward slashes. */
export function filesBelow(folder) {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .sort();
}

/** Says why on standard error and ends the process: no stack trace, since nothing here is a bug. */
export function giveUp(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function checkNode() {
  const { engines } = JSON.parse(read('package.json'));
  const least = engines.node.replace('>=', '');
  const wanted = least.split('.').map(Number);
  const have = process.versions.node.split('.').map(Number);
  const differing = wanted.findIndex((part, i) => part !== have[i]);
  if (differing === -1 || have[differing] > wanted[differing]) return;
  giveUp(`Counterproof needs Node ${least} or newer. This is Node ${process.versions.node}.`);
}

async function install() {
  const wanted = digest(['package-lock.json'], `${process.platform} ${process.arch}`);
  if (stampAt(INSTALL_STAMP) === wanted) return;
  if (!installedByHand()) {
    // --include=dev: the build needs the compiler even where NODE_ENV is production.
    const words = 'Installing dependencies (minutes rather than seconds where sqlite3 has to be compiled)';
    const { failed, output } = await step(words, ...npm('ci', '--include=dev', '--no-audit', '--no-fund'));
    if (failed) {
      const compiling = /node-gyp|gyp ERR|prebuild/.test(output);
      const hint = compiling ? ' To compile sqlite3 takes Python 3, make and a C++ compiler.' : '';
      giveUp(`${output.trimEnd()}\n\nThe dependencies could not be installed.${hint}`);
    }
  }
  writeFileSync(INSTALL_STAMP, wanted);
}

/** Whether `npm install` has already brought what the lock file names. npm keeps its own list in node_modules. */
function installedByHand() {
  try {
    const wanted = JSON.parse(read('package-lock.json')).packages;
    const present = JSON.parse(read('node_modules/.package-lock.json')).packages;
    return Object.entries(wanted).every(([path, { version, optional }]) => {
      if (path === '') return true;
      return path in present ? present[path].version === version : optional === true;
    });
  } catch {
    return false;
  }
}

async function build() {
  const sources = ['src', 'migrations'].flatMap(filesBelow).filter((path) => !path.startsWith('src/web/'));
  const settings = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name));
  const wanted = digest([...sources, ...settings.sort(), 'package.json', 'package-lock.json']);
  if (stampAt(BUILD_STAMP) === wanted) return;
  // What was compiled from a file that is gone must go too.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  await buildStep('Building', BUILD_STAMP, wanted, [compiler, '-p', 'tsconfig.build.json']);
}

async function buildWeb() {
  const wanted = digest([...WEB_SOURCES.flatMap(filesBelow), ...WEB_SCRIPTS, 'package-lock.json']);
  if (stampAt(WEB_STAMP) === wanted) return;
  await buildStep('Building the pages', WEB_STAMP, wanted, [join(root, 'scripts/build-web.mjs')]);
}

/** Runs a Node program that builds, and stamps what it made with what it was made from. */
async function buildStep(words, stamp, wanted, args) {
  const { failed, output } = await step(words, process.execPath, args);
  if (failed) giveUp(`${output.trimEnd()}\n\nThe build failed.`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** One slow step in one line. On standard error, so that a command's own output stays clean. */
export async function step(words, file, args) {
  process.stderr.write(`${words} … `);
  const began = performance.now();
  const ended = await run(file, args, { quiet: true, cwd: root });
  if (ended.asked !== null) {
    // What npm says about being interrupted is no news to whoever interrupted it.
    process.stderr.write('stopped\n');
    await endLike({ code: null, signal: ended.asked });
  }
  const failed = ended.code !== 0;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stderr.write(failed ? 'failed\n' : `done in ${seconds} s\n`);
  return { failed, output: ended.output };
}

/** The npm that runs this script, or else the one on the path. */
function npm(...args) {
  const own = process.env.npm_execpath ?? '';
  return /^npm(-cli)?\.c?js$/.test(basename(own)) ? [process.execPath, [own, ...args]] : ['npm', args];
}

function read(path) {
  return readFileSync(join(root, path), 'utf8');
}

/** What a stamp says, or null where there is none. */
export function stampAt(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Of the content of files, given as paths from the root, and of their names. */
export function digest(paths, salt = '') {
  const hash = createHash('sha256').update(salt);
  for (const path of paths) hash.update(`\n${path}\n`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

if (process.argv[1] !== undefined && relative(process.argv[1], fileURLToPath(import.meta.url)) === '')
  await prepare();
