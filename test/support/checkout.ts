/**
 * The checkout as a test sees it: where it lies, and how a module of it runs in a process of its own. A test runs from
 * where it is compiled to, or from its source under tsx.
 */

import { existsSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';

/** The folder of `package.json`. */
export const root = folderWith('package.json', import.meta.dirname);

const extension = extname(import.meta.filename);

/** What Node takes before a module, so that it runs as this one does. */
export const AS_HERE: readonly string[] =
  extension === '.ts' ? ['--import', 'tsx'] : ['--enable-source-maps'];

/** The file that runs for a source, such as `src/main.ts`: itself, or what it was compiled to. */
export function moduleFile(source: string): string {
  return resolve(import.meta.dirname, '../..', source.replace(/\.ts$/, extension));
}

function folderWith(file: string, from: string): string {
  return existsSync(join(from, file)) ? from : folderWith(file, dirname(from));
}
