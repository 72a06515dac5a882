/**
 * What the phone remembers of pass keys: those it has seen, when to fetch for each window, and how far its clock is
 * off. It lies on the shelf unsealed, since it says nothing of the holder: the directory is the same for everybody.
 */

import type { SeenKey } from '../../../formats/pass-directory.ts';
import type { World } from '../../../kernel/world.ts';
import type { Shelf } from '../shelf.ts';
import type { Draw } from './draws.ts';

/** Why a directory is not believed. `changed`: a key that was seen is another now, or gone. */
export type Distrust = 'not_signed' | 'malformed' | 'changed';

export interface PassBook {
  readonly seen: readonly SeenKey[];
  readonly draws: readonly Draw[];
  /** Milliseconds to be added to the phone's clock. */
  readonly clockOffset: number;
  /** Passes for a claim and window. */
  readonly perWindow: number;
  /** Why the last directory was refused; null if it was believed. */
  readonly distrust: Distrust | null;
}

/** Where it lies on the shelf. It stays where all else is wiped: nobody is to make a phone forget a key. */
export const BOOK = 'pass-book';
const EMPTY: PassBook = { seen: [], draws: [], clockOffset: 0, perWindow: 0, distrust: null };

export async function readBook(shelf: Shelf): Promise<PassBook> {
  return ((await shelf.get(BOOK)) as PassBook | undefined) ?? EMPTY;
}

export async function writeBook(
  shelf: Shelf,
  change: (was: PassBook) => Partial<PassBook>,
): Promise<PassBook> {
  return shelf.change(BOOK, (was) => {
    const book = (was as PassBook | undefined) ?? EMPTY;
    return { ...book, ...change(book) };
  });
}

/** The time of day as the service has it, as far as this phone knows. */
export function correctedNow({ clockOffset }: PassBook, { now }: Pick<World, 'now'>): Date {
  return new Date(now().getTime() + clockOffset);
}

/**
 * What a phone knows of pass keys from several of its books, for whoever is new on it: all keys that were seen, and
 * the clock. When to fetch is drawn anew, so that two holders of one phone do not fetch at the same time.
 */
export function sharedBook(books: readonly PassBook[]): PassBook {
  const [first = EMPTY] = books;
  return { ...first, seen: allSeen(books), draws: [], distrust: null };
}

/** All keys that stand in any of these books. Where two stand for one claim and window, both do: that is to be found. */
export function allSeen(books: readonly PassBook[]): readonly SeenKey[] {
  const keys = new Map<string, SeenKey>();
  for (const { seen } of books) {
    for (const key of seen) {
      const name = `${key.claim} ${key.notBefore} ${key.hash}`;
      if (!keys.has(name) || key.withdrawn) keys.set(name, key);
    }
  }
  return [...keys.values()];
}
