/** What people on this phone are called. */

import type { App, Holder } from './device/app.ts';
import type { HolderId } from './roster.ts';
import { say } from './say.ts';

/** A first name, where the wallet has one; else the place in which somebody came. */
export function calledOn(holders: readonly Holder[], id: HolderId): string {
  const at = holders.findIndex((holder) => holder.id === id);
  return holders[at]?.face.name ?? say('wallet.people.nameless', { number: Math.max(at, 0) + 1 });
}

/** The same for whoever is on the screen. */
export function called({ household, holder }: Pick<App, 'household' | 'holder'>): string {
  return calledOn(household.holders.value, holder);
}
