/** When the phone fetches for a window: a random moment of the window before, drawn once, whatever is shown meanwhile. */

import { numberOf } from '../../../formats/modular.ts';
import type { SeenKey } from '../../../formats/pass-directory.ts';
import type { Random } from '../../../kernel/world.ts';

export interface Draw {
  /** Where the window begins that is fetched for, in Unix seconds. */
  readonly window: number;
  /** Milliseconds since 1970 by the service's clock. */
  readonly at: number;
}

const BYTES = 6;
const SECOND = 1_000;

/** Seconds that a key's window lasts: its passes are good for that window and for the next. */
export function windowLength({ notBefore, expiresAt }: Pick<SeenKey, 'notBefore' | 'expiresAt'>): number {
  return (expiresAt - notBefore) / 2;
}

/** The draws for the windows of these keys: what was drawn stays, and what is gone is forgotten. */
export function drawnFor(seen: readonly SeenKey[], draws: readonly Draw[], random: Random): readonly Draw[] {
  const windows = new Map(seen.map((key) => [key.notBefore, windowLength(key)]));
  return [...windows].map(
    ([window, length]) =>
      draws.find((one) => one.window === window) ?? {
        window,
        at: Math.floor((window - length + length * fraction(random)) * SECOND),
      },
  );
}

/** From 0 to 1, exclusive. */
function fraction(random: Random): number {
  return Number(numberOf(random(BYTES))) / 2 ** (8 * BYTES);
}
