/** The shelf as an open vault holds it: for as long as the vault's key is the one that seals what lies there. */

import { equalBytes } from '../../kernel/bytes.ts';
import { type Shelf, shelfOf } from './shelf.ts';

/** A thing that a vault's key opens. Each key has its own, so it also tells which key is in force. */
export const CANARY = 'canary';

/** Another tab has sealed everything under another key since, or begun another vault. */
export class LockChanged extends Error {
  constructor() {
    super('the lock of this vault was changed');
  }
}

/** Refuses each step with `LockChanged` once another canary lies there: nothing is written under a key that is over. */
export function heldShelf(shelf: Shelf, canary: Uint8Array): Shelf {
  return shelfOf({
    get: shelf.get,
    step: (work) =>
      shelf.step(async (things) => {
        const there = await things.get(CANARY);
        if (!(there instanceof Uint8Array) || !equalBytes(there, canary)) throw new LockChanged();
        return work(things);
      }),
  });
}
