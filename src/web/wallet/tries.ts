/**
 * How often a PIN may be tried on this phone: five times at once, then after waits that grow and outlive a reload.
 * Nothing is ever erased because of wrong tries.
 */

import type { Shelf, Things } from './shelf.ts';

/** Where it lies on the shelf. Whoever could change it there could as well try PINs elsewhere. */
export const TRIES = 'tries';

/** Tries since the last that opened, and when the last of them was made. */
export interface Tries {
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What a holder needs to know: tries before the next wait, and until when there is one. */
export interface Standing {
  readonly left: number;
  /** Milliseconds since 1970; null if a PIN may be tried now. */
  readonly until: number | null;
}

const FREE = 5;
/** Seconds to wait after the fifth wrong try, the sixth, and so on; the last holds for all that follow. */
const WAITS = [30, 60, 300, 900, 3_600] as const;

/** Where somebody stands after these tries. */
export function standingOf({ count, at }: Tries, now: Date): Standing {
  if (count < FREE) return { left: FREE - count, until: null };
  const seconds = WAITS[Math.min(count - FREE, WAITS.length - 1)] ?? 0;
  const until = at + seconds * 1_000;
  return until > now.getTime() ? { left: 0, until } : { left: 1, until: null };
}

/** How it stands now. */
export async function standing(shelf: Shelf, now: Date): Promise<Standing> {
  return shelf.step(async (things) => standingOf(await triesOn(things, now), now));
}

/** Counts a try before it is made, so that a reload takes none back. Answers how it stands if it has to wait instead. */
export async function beginTry(shelf: Shelf, now: Date): Promise<Standing | null> {
  return shelf.step(async (things) => {
    const tries = await triesOn(things, now);
    const stands = standingOf(tries, now);
    if (stands.until !== null) return stands;
    things.put(TRIES, { count: tries.count + 1, at: now.getTime() });
    return null;
  });
}

/** The right PIN was among them. */
export async function forgetTries(shelf: Shelf): Promise<void> {
  await shelf.write({}, [TRIES]);
}

/** From a clock that was set back the wait is counted once, and not anew at each look. */
async function triesOn(things: Things, now: Date): Promise<Tries> {
  const tries = ((await things.get(TRIES)) as Tries | undefined) ?? { count: 0, at: 0 };
  if (tries.at <= now.getTime()) return tries;
  const since = { ...tries, at: now.getTime() };
  things.put(TRIES, since);
  return since;
}
