/** What the till says, in the language that is spoken. */

import { sayAll } from '../language/language.ts';
import type { FillingOf } from '../language/words.ts';
import { type English, type Key, said } from './said.ts';

/** A message of the till; a component that says something follows a change of language. */
export function say<K extends Key>(key: K, ...filling: FillingOf<English, K>): string {
  return sayAll(said(key, ...filling));
}
