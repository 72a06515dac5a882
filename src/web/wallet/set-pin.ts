/** Setting a PIN, changing it, or doing without one. */

import type { Face } from './face.ts';
import { makeLock } from './lock.ts';
import type { Touched } from './passkey-device.ts';
import type { Phone } from './phone.ts';
import { openWith, type UnlockTrouble } from './unlock.ts';
import type { OpenVault } from './vault.ts';

/** A vault that was opened to be given another lock, and the touch that opened it. */
export interface Relockable {
  readonly vault: OpenVault;
  readonly touch: Touched<unknown>;
}

/** Opens the vault by what locks it now: the owner's touch, and the PIN if there is one. */
export async function openToRelock(phone: Phone, { lock }: Face): Promise<Relockable | UnlockTrouble> {
  const touch = await phone.passkeys.unlock(lock.passkey);
  if (typeof touch === 'string') return touch;
  const vault = await openWith(phone, touch);
  return typeof vault === 'string' ? vault : { vault, touch };
}

/** Puts all that is in the vault under a key of this passkey and this PIN, or of the passkey alone. */
export async function setPin(
  { world }: Pick<Phone, 'world'>,
  { vault, touch }: Relockable,
  pin: string | null,
): Promise<void> {
  const { lock, key } = await makeLock(world, { passkey: touch.passkey, secret: touch.secret, pin });

  await vault.relock(lock, key);
}
