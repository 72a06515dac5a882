/** Opening the vault with the owner's touch. Nothing is sent anywhere, so it works without a network. */

import type { CryptoKey } from 'jose';
import type { Face, Lock } from './face.ts';
import type { PasskeyTrouble, Touched } from './passkey-device.ts';
import type { Phone } from './phone.ts';
import { sealingKey } from './seal.ts';
import { type OpenVault, openVault } from './vault.ts';

/** `wrong_passkey`: the touch was good, yet it opens another vault. */
export type UnlockTrouble = PasskeyTrouble | 'wrong_passkey';

/** The open vault, or why it stays shut. */
export async function unlock(phone: Phone, { lock }: Face): Promise<OpenVault | UnlockTrouble> {
  const touch = await phone.passkeys.unlock(lock.passkey);
  return typeof touch === 'string' ? touch : openWith(phone, lock, touch);
}

/** Opens it with a touch that was made for something else too, such as signing in. */
export async function openWith(
  phone: Phone,
  lock: Lock,
  { passkey, secret }: Touched<unknown>,
): Promise<OpenVault | 'wrong_passkey'> {
  const key = passkey === lock.passkey ? await keyOf(lock, secret) : null;
  const vault = key === null ? null : await openVault(phone, key);
  return vault ?? 'wrong_passkey';
}

async function keyOf(lock: Lock, secret: Uint8Array | null): Promise<CryptoKey | null> {
  if (lock.kind === 'gate') return lock.key;
  return secret === null ? null : sealingKey(secret, lock.salt);
}
