/** What is said about a choice and about what a shop learned. Pure: messages by key, in no language yet. */

import { type Claim, partsOf } from '../../kernel/claims.ts';
import type { Said } from '../language/words.ts';
import type { Choice } from './choice.ts';
import { said } from './said.ts';

const STATUSES = ['student', 'pensioner', 'large_family', 'disability', 'veteran'] as const;

/** A sentence that names a status: the status has words of its own, which go in first. */
export type Sentence = { readonly said: Said; readonly status: Said | null };

/** The name of a choice, as it stands in the list and over its code. */
export function titleOf({ claims }: Choice): Said {
  const years = yearsIn(claims);
  const portrait = claims.includes('portrait');
  if (years !== null) return said(portrait ? 'wallet.choice.age_photo' : 'wallet.choice.age', { years });
  const status = statusIn(claims);
  if (status !== null) return statusWord(status);
  return said(portrait ? 'wallet.choice.name_photo' : 'wallet.choice.name');
}

/** What a code shows, in a sentence. */
export function sharedBy({ claims }: Choice): Sentence {
  const years = yearsIn(claims);
  const portrait = claims.includes('portrait');
  if (years !== null) {
    return plain(said(portrait ? 'wallet.show.only.age_photo' : 'wallet.show.only.age', { years }));
  }
  const status = statusIn(claims);
  if (status !== null) {
    return { said: said('wallet.show.only.status', { status: '' }), status: statusWord(status) };
  }
  return plain(said(portrait ? 'wallet.show.only.name_photo' : 'wallet.show.only.name'));
}

/** What these claims leave out, of what people mind most; null if they leave out neither. */
export function leftOutBy(claims: readonly Claim[]): Said | null {
  if (claims.includes('birth_date')) return null;
  const named = claims.includes('given_name') || claims.includes('family_name');
  return said(named ? 'wallet.not.birthday' : 'wallet.not.name_birthday');
}

/** What somebody learned from one claim. */
export function learnedFrom(claim: Claim): Sentence {
  const parts = partsOf(claim);
  if (parts?.kind === 'age') return plain(said('wallet.learned.age', { years: parts.years }));
  if (parts?.kind === 'status') {
    return { said: said('wallet.learned.status', { status: '' }), status: statusWord(parts.type) };
  }
  return plain(said(`wallet.learned.${parts?.name ?? 'given_name'}`));
}

/** A claim by its name, for what was asked. */
export function nameOf(claim: Claim): Said {
  const parts = partsOf(claim);
  if (parts?.kind === 'age') return said('wallet.choice.age', { years: parts.years });
  if (parts?.kind === 'status') return statusWord(parts.type);
  return said(`wallet.learned.${parts?.name ?? 'given_name'}`);
}

function statusWord(type: string): Said {
  const known = STATUSES.find((status) => status === type);
  if (known !== undefined) return said(`wallet.status.${known}`);
  return said('wallet.status.other', { name: type.replaceAll('_', ' ') });
}

function plain(one: Said): Sentence {
  return { said: one, status: null };
}

function yearsIn(claims: readonly Claim[]): number | null {
  for (const claim of claims) {
    const parts = partsOf(claim);
    if (parts?.kind === 'age') return parts.years;
  }
  return null;
}

function statusIn(claims: readonly Claim[]): string | null {
  for (const claim of claims) {
    const parts = partsOf(claim);
    if (parts?.kind === 'status') return parts.type;
  }
  return null;
}
