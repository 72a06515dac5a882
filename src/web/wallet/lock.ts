/** How a phone locks: under the passkey's own secret, or by a gate on the screen where passkeys yield none. */

import type { CryptoKey } from 'jose';
import { concat, utf8 } from '../../kernel/bytes.ts';
import type { World } from '../../kernel/world.ts';
import { guarded, isTouchOf, makePinLock, type PinLock, pinGuard, stretched } from './pin.ts';
import { hkdfKey, sealingKey, unguardedKey } from './seal.ts';

export type Lock =
  | { readonly kind: 'sealed'; readonly passkey: string; readonly salt: Uint8Array; readonly pin?: PinLock }
  /** The key seals by itself; where there is a PIN it seals nothing, and yields the sealing key to that PIN only. */
  | { readonly kind: 'gate'; readonly passkey: string; readonly key: CryptoKey; readonly pin?: PinLock };

/** What a lock is made of: which passkey, what it yields, and a PIN. */
export interface LockParts {
  readonly passkey: string;
  readonly secret: Uint8Array | null;
  readonly pin: string | null;
}

const SALT_LENGTH = 16;
const WITH_PIN = utf8('counterproof wallet vault with PIN v1');

/** A new lock, and the key of the vault behind it. */
export async function makeLock(
  { random }: Pick<World, 'random'>,
  { passkey, secret, pin }: LockParts,
): Promise<{ readonly lock: Lock; readonly key: CryptoKey }> {
  const pinLock = pin === null ? {} : { pin: await makePinLock(secret, random) };
  const lock: Lock =
    secret === null
      ? { kind: 'gate', passkey, key: pin === null ? await unguardedKey() : await pinGuard(), ...pinLock }
      : { kind: 'sealed', passkey, salt: random(SALT_LENGTH), ...pinLock };
  const key = await keyOf(lock, secret, pin);
  if (key === null) throw new Error('a new lock has no key');
  return { lock, key };
}

/** Whether a touch is of the passkey that this lock was made with. */
export async function fits(
  lock: Lock,
  { passkey, secret }: { readonly passkey: string; readonly secret: Uint8Array | null },
): Promise<boolean> {
  return passkey === lock.passkey && (lock.pin === undefined || isTouchOf(lock.pin, secret));
}

/**
 * The key that these yield, not extractable; null where something is missing. With a PIN it is HKDF-SHA256 over the
 * passkey's secret and the stretched PIN together: whoever lacks one of them knows nothing of the key.
 */
export async function keyOf(
  lock: Lock,
  secret: Uint8Array | null,
  pin: string | null,
): Promise<CryptoKey | null> {
  if (lock.kind === 'sealed' && secret === null) return null;
  if (lock.pin === undefined)
    return lock.kind === 'gate' ? lock.key : sealingKey(secret ?? new Uint8Array(), lock.salt);
  if (pin === null) return null;
  const digits = await stretched(pin, lock.pin);
  if (lock.kind === 'gate') return hkdfKey(await guarded(lock.key, digits), lock.pin.salt, WITH_PIN);
  return hkdfKey(concat(secret ?? new Uint8Array(), digits), lock.salt, WITH_PIN);
}
