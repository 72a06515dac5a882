/** Messages of the console by key, in no language yet. Pure, for what needs no language. */

import type { FillingOf, Said } from '../language/words.ts';
import type { admin as english } from './messages/en.ts';

type English = typeof english;

/** Says by key what is to be said. */
export function said<K extends keyof English>(key: K, ...[values]: FillingOf<English, K>): Said {
  return { key, values: values ?? {} };
}
