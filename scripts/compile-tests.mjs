// Compiles the tests and what they test, once for a whole run: each test file and each program that a test starts is a
// process, and compiling in every one of them would take most of the time. They lie in a folder of their own, so that
// `dist` holds what is shipped and nothing else.

import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { digest, filesBelow, giveUp, root, stampAt, step } from './prepare.mjs';

const SOURCES = ['src', 'migrations', 'test'];
const FOLDER = '.test-build';
const STAMP = join(root, FOLDER, '.counterproof-build');

/** Compiles what has changed. Ends the process with the compiler's words if it finds a fault. */
export async function compileTests() {
  const sources = SOURCES.flatMap(filesBelow);
  const settings = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name));
  const wanted = digest([...sources, ...settings.sort(), 'package.json', 'package-lock.json']);
  if (stampAt(STAMP) === wanted) return;
  // What a faulty source is compiled to is written all the same, and must not pass for what was there before.
  rmSync(STAMP, { force: true });
  removeWhatIsStale();
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { failed, output } = await step('Compiling the tests', process.execPath, [compiler, '-p', 'test']);
  if (failed) giveUp(`${output.trimEnd()}\n\nThe tests could not be compiled.`);
  writeFileSync(STAMP, wanted);
}

/** What a source is compiled to, both as paths from the root. */
export function compiledFrom(source) {
  return `${FOLDER}/${source.replace(/\.tsx?$/, '.js')}`;
}

/** The source of a compiled file, as a path from the root; any other name is answered as it came. */
export function sourceOf(name) {
  const path = relative(root, name).split(sep).join('/');
  return path.startsWith(`${FOLDER}/`) ? path.slice(FOLDER.length + 1).replace(/\.js$/, '.ts') : name;
}

/** Every compiled file of a folder of sources, as paths from the root. */
export function compiledBelow(folder) {
  return filesBelow(`${FOLDER}/${folder}`).filter((path) => path.endsWith('.js'));
}

function removeWhatIsStale() {
  const alive = new Set(SOURCES.flatMap(filesBelow).map(compiledFrom));
  for (const path of filesBelow(FOLDER).filter((name) => /\.js(\.map)?$/.test(name)))
    if (!alive.has(path.replace(/\.map$/, ''))) rmSync(join(root, path));
}
