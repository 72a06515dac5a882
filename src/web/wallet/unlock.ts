/** Opening the vault with the owner's touch, and a PIN where there is one. Nothing is sent anywhere, so it needs no network. */

import type { Face } from './face.ts';
import { fits, keyOf, type Lock } from './lock.ts';
import type { PasskeyTrouble, Touched } from './passkey-device.ts';
import type { Phone } from './phone.ts';
import { beginTry, forgetTries, standing } from './tries.ts';
import { type OpenVault, openVault, readFace } from './vault.ts';

/** `wrong_passkey`: the touch was good, yet it opens another vault. Whoever gives up at the PIN is `refused`. */
export type UnlockTrouble = PasskeyTrouble | 'wrong_passkey';

/** The open vault, or why it stays shut. */
export async function unlock(phone: Phone, { lock }: Face): Promise<OpenVault | UnlockTrouble> {
  const touch = await phone.passkeys.unlock(lock.passkey);
  return typeof touch === 'string' ? touch : openWith(phone, touch);
}

/**
 * Opens it with a touch that was made for something else too, such as signing in. The touch comes before the PIN, so
 * that nobody tries PINs who is not let past the phone's own lock, and a wrong PIN needs no second touch.
 */
export async function openWith(phone: Phone, touch: Touched<unknown>): Promise<OpenVault | UnlockTrouble> {
  // As it is now: another tab may have changed it.
  const lock = (await readFace(phone.shelf))?.lock;
  if (lock === undefined || !(await fits(lock, touch))) return 'wrong_passkey';
  if (lock.pin !== undefined) return (await openByPin(phone, lock, touch.secret)) ?? 'refused';
  const key = await keyOf(lock, touch.secret, null);
  return (key && (await openVault(phone, key))) ?? 'wrong_passkey';
}

async function openByPin(phone: Phone, lock: Lock, secret: Uint8Array | null): Promise<OpenVault | null> {
  const { shelf, world, pinPad } = phone;
  let vault: OpenVault | null = null;
  await pinPad.ask({
    standing: await standing(shelf, world.now()),
    attempt: async (pin) => {
      const wait = await beginTry(shelf, world.now());
      if (wait !== null) return wait;
      const key = await keyOf(lock, secret, pin);
      vault = key && (await openVault(phone, key));
      if (vault === null) return standing(shelf, world.now());
      await forgetTries(shelf);
      return null;
    },
  });
  return vault;
}
