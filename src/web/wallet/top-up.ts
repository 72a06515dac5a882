/** Refilling by itself: where few copies are left and the owner was verified a moment ago, nobody is asked again. */

import { type Face, runningLow } from './face.ts';
import type { Phone } from './phone.ts';
import { refill } from './refill.ts';
import { isFresh } from './sign-in.ts';
import type { OpenVault } from './vault.ts';

/** Whether new copies came. Never called at the till: when copies are fetched must not tell when one was shown. */
export async function topUp(phone: Phone, face: Face, vault: OpenVault): Promise<boolean> {
  const now = phone.world.now();
  const session = await vault.session();
  if (session === null || !isFresh(session, now) || runningLow(face, now).length === 0) return false;
  return (await refill(phone, vault, session)) === null;
}
