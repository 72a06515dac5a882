/** Published test vectors, which lie beside the project and are no part of it. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/checkout.ts';

const FOLDER = join(root, '../shared/vectors');

/** For the `skip` option: why vector tests are skipped here, or false if they are not. */
export const SKIP = existsSync(FOLDER) ? false : 'the published vectors are not here (../shared/vectors)';

/** One file of vectors, as its type says it is. Only to be called where vectors are not skipped. */
export function published<T>(path: string): T {
  return JSON.parse(readFileSync(join(FOLDER, path), 'utf8')) as T;
}
