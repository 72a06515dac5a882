/** What the wallet says, in the language that is spoken. */

import { sayAll } from '../language/language.ts';
import type { FillingOf } from '../language/words.ts';
import type { wallet as english } from './messages/en.ts';
import { said } from './said.ts';

type English = typeof english;

/** A message of the wallet; a component that says something follows a change of language. */
export function say<K extends keyof English>(key: K, ...filling: FillingOf<English, K>): string {
  return sayAll(said(key, ...filling));
}
