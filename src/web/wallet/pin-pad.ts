/** Where a PIN is typed. A sheet over the screen in a browser, a list of PINs in tests. */

import type { Standing } from './tries.ts';

export interface PinAsking {
  /** How it stands before the first try. */
  readonly standing: Standing;
  /** Tries one PIN: null if it was the right one, else how it stands now. */
  attempt(pin: string): Promise<Standing | null>;
}

export interface PinPad {
  /** Takes PINs until one was right or the holder gives up. */
  ask(asking: PinAsking): Promise<void>;
}
