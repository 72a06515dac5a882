import { base64url } from '../kernel/bytes.ts';
import type { Id, Mint } from '../kernel/ids.ts';
import type { World } from '../kernel/world.ts';
import { hash } from '../keys/hash.ts';
import type { Owner } from './passkey.ts';

/** What a challenge is for. One that was made for another purpose does not serve. */
export type Purpose = 'register_holder' | 'sign_in_holder' | 'register_officer' | 'sign_in_officer';

/** What a device has to sign, as it is kept: once, for five minutes. */
export interface Challenge {
  readonly id: Id<'challenge'>;
  readonly hash: string;
  readonly purpose: Purpose;
  /** For whom, where it is for a registration. */
  readonly owner: Owner | null;
  /** The hash of an officer's set-up token or recovery code, where one began it: it is used up with the passkey. */
  readonly invitation: string | null;
  readonly expiresAt: Date;
}

/** Milliseconds for which a challenge is good, and for which the browser waits. */
export const CHALLENGE_LIFETIME = 300_000;

const LENGTH = 32;

/** A fresh challenge: the bytes that the device gets, and what is kept. */
export function newChallenge(
  { world, mint }: { readonly world: World; readonly mint: Mint },
  made: Pick<Challenge, 'purpose' | 'owner' | 'invitation'>,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly challenge: Challenge } {
  const bytes = world.random(LENGTH);
  const expiresAt = new Date(world.now().getTime() + CHALLENGE_LIFETIME);
  return { bytes, challenge: { ...made, id: mint('challenge'), hash: hash(base64url(bytes)), expiresAt } };
}
