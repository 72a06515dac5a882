/** Sentences of `showing-view.ts` in the language that is spoken. */

import type { Claim } from '../../../kernel/claims.ts';
import { locale, sayAll } from '../../language/language.ts';
import { learnedFrom, nameOf, type Sentence } from '../showing-view.ts';

/** The sentence; a status inside it is written as in the middle of one. */
export function sentence({ said, status }: Sentence): string {
  if (status === null) return sayAll(said);
  const word = sayAll(status).toLocaleLowerCase(locale());
  return sayAll({ ...said, values: { ...said.values, status: word } });
}

export function learned(claim: Claim): string {
  return sentence(learnedFrom(claim));
}

/** Several claims in a row, as the language strings words together. */
export function listed(claims: readonly Claim[], say: (claim: Claim) => string = learned): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(claims.map(say));
}

export function named(claim: Claim): string {
  return sayAll(nameOf(claim)).toLocaleLowerCase(locale());
}
