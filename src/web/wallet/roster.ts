/**
 * Who is on this phone, by the names of their shelves, and who was shown last. It lies on a shelf of its own, and only
 * here: nothing of it ever leaves the phone. A phone on which there has only ever been one has none.
 */

import { base64url } from '../../kernel/bytes.ts';
import type { Random } from '../../kernel/world.ts';
import type { Shelf } from './shelf.ts';

/** The name of a holder's shelf, which stands for the holder. */
export type HolderId = string & { readonly of: 'shelf' };

/** Whom an offer is for: somebody new on this phone, or somebody whose wallet it takes the place of. */
export type Whose = 'new' | HolderId;

export interface Roster {
  readonly holders: readonly HolderId[];
  readonly last: HolderId;
}

/** The shelf of whoever is alone on a phone, or was the first. */
export const FIRST = 'counterproof-wallet' as HolderId;
/** The shelf that the roster lies on. */
export const ROSTER_SHELF = 'counterproof-wallet-roster';

const ROSTER = 'roster';
const ID_LENGTH = 9;

export async function readRoster(shelf: Shelf): Promise<Roster> {
  return rosterIn(await shelf.get(ROSTER));
}

/** A name for the shelf of somebody new, which nobody has. */
export function newHolderId(random: Random): HolderId {
  return `${FIRST}.${base64url(random(ID_LENGTH))}` as HolderId;
}

/** Writes down that somebody is shown, and is on this phone if that was not known. */
export async function markShown(shelf: Shelf, holder: HolderId): Promise<Roster> {
  return shelf.change(ROSTER, (was) => {
    const { holders } = rosterIn(was);
    return { holders: holders.includes(holder) ? holders : [...holders, holder], last: holder };
  });
}

/** Takes somebody off. Whoever is left first is shown next; where nobody is, the phone is as it was at first. */
export async function strike(shelf: Shelf, holder: HolderId): Promise<Roster> {
  return shelf.change(ROSTER, (was) => {
    const { holders, last } = rosterIn(was);
    const left = holders.filter((one) => one !== holder);
    const next = last === holder ? left[0] : last;
    return { holders: left, last: next ?? FIRST };
  });
}

function rosterIn(thing: unknown): Roster {
  return (thing as Roster | undefined) ?? { holders: [FIRST], last: FIRST };
}
