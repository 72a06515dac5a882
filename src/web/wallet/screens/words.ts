/** Sentences of `showing-view.ts` in the language that is spoken. */

import type { Claim } from '../../../kernel/claims.ts';
import { sayAll } from '../../language/language.ts';
import { learnedFrom, nameOf, type Sentence } from '../showing-view.ts';

/** The sentence, with the status in it as it is called: no language but its own knows where that is a capital. */
export function sentence({ said, status }: Sentence): string {
  return sayAll(status === null ? said : { ...said, values: { ...said.values, status: sayAll(status) } });
}

export function learned(claim: Claim): string {
  return sentence(learnedFrom(claim));
}

export function named(claim: Claim): string {
  return sayAll(nameOf(claim));
}
