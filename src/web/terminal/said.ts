/** Messages of the till by key, its own and those of every page, in no language yet. Pure, for views. */

import type { FillingOf, Said } from '../language/words.ts';
import type { language } from '../messages/en.ts';
import type { terminal } from './messages/en.ts';

export type English = (typeof language)['messages'] & typeof terminal;

/** The name of a message. */
export type Key = keyof English;

/** One that needs nothing filled in. */
export type PlainKey = { [K in Key]: FillingOf<English, K> extends [] ? K : never }[Key];

/** Says by key what is to be said. */
export function said<K extends Key>(key: K, ...[values]: FillingOf<English, K>): Said {
  return { key, values: values ?? {} };
}
