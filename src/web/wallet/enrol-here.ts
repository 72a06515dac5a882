/** Enrolling on this phone: for whom, behind which PIN, and on whose shelf. */

import type { App } from './device/app.ts';
import { stockInBackground } from './device/stocking.ts';
import { type FoundOffer, fill, type LockTrouble, lockPhone } from './enrol.ts';
import type { CollectTrouble } from './redeem.ts';
import type { Whose } from './roster.ts';

/** Whether somebody else is on the phone beside whom this is for: then each has a PIN. */
export function isShared({ household }: App, whose: Whose): boolean {
  return household.holders.value.some(({ id }) => id !== whose);
}

/** Whether whoever is on the screen has to have a PIN before this one comes. */
export function needsPinFirst(app: App, whose: Whose): boolean {
  return isShared(app, whose) && app.face.value !== null && app.face.value.lock.pin === undefined;
}

/** What was redeemed, for whom, and the PIN they chose. */
export interface Settled {
  readonly found: FoundOffer;
  readonly whose: Whose;
  readonly token: string;
  readonly pin: string | null;
}

/** A wallet that was begun on this phone. It is on the roster, and its copies came unless there is a trouble. */
export interface Enrolled {
  readonly seat: App;
  readonly lockCode: string | null;
  readonly trouble: CollectTrouble | null;
}

/** Makes the passkey, begins the vault and fills it; `begun` is told once there is no way back. */
export async function enrolHere(
  app: App,
  { found, whose, token, pin }: Settled,
  begun: () => void,
): Promise<Enrolled | LockTrouble> {
  const { household } = app;
  const seat = await household.seatFor(whose);
  const locked = await lockPhone(seat.phone, found.issuer, token, pin);
  if (typeof locked === 'string') {
    await household.giveUp(seat);
    return locked;
  }
  await household.admit(seat);
  begun();
  const trouble = await fill(seat.phone, { ...found, token }, locked.vault);
  await navigator.storage?.persist?.();
  await seat.look();
  await household.changed();
  // The first passes come with the offer's own token, beside whatever the holder does next.
  if (trouble === null) void stockInBackground(seat, locked.vault, token);
  return { seat, lockCode: locked.lockCode, trouble };
}
