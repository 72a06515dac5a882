/** What was shown, on this phone only: which shop asked what, and what it learned. */

import type { Claim } from '../../kernel/claims.ts';
import type { Asking } from './became.ts';
import type { Choice } from './choice.ts';

/** One line of the history. Names of claims only: what a name or a birthday was is not kept twice. */
export interface Entry {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  readonly choice: string;
  /** Asked and told; asked and not told; or put on the screen, and what became of it is not known. */
  readonly kind: 'told' | 'refused' | 'shown';
  readonly shop: { readonly id: string; readonly name: string } | null;
  readonly asked: readonly Claim[];
  readonly told: readonly Claim[];
}

const MOST_ENTRIES = 500;

/** The entry for one question of a shop. */
export function entryOf(id: string, choice: Choice, asking: Asking): Entry {
  return {
    id,
    at: asking.askedAt,
    choice: choice.id,
    kind: asking.outcome === 'approved' ? 'told' : 'refused',
    shop: asking.shop,
    asked: asking.asked,
    told: asking.told,
  };
}

/** The entry for a code that was on the screen and that nobody was seen to ask about. */
export function shownEntry(id: string, choice: Choice, at: Date): Entry {
  return { id, at: at.toISOString(), choice: choice.id, kind: 'shown', shop: null, asked: [], told: [] };
}

/** The history with new entries, the newest first; an entry that is there is replaced. The oldest fall out. */
export function withEntries(history: readonly Entry[], fresh: readonly Entry[]): readonly Entry[] {
  const ids = new Set(fresh.map(({ id }) => id));
  const all = [...fresh, ...history.filter(({ id }) => !ids.has(id))];
  return all.sort((a, b) => b.at.localeCompare(a.at)).slice(0, MOST_ENTRIES);
}
