/** Signing in and opening the vault with one and the same touch, for whatever needs the network and the vault. */

import type { Face } from './face.ts';
import type { Phone } from './phone.ts';
import { type SignInTrouble, signIn } from './sign-in.ts';
import { openWith } from './unlock.ts';
import type { OpenVault, Session } from './vault.ts';

/** The open vault with a fresh session in it, or why there is none. */
export async function enter(
  phone: Phone,
  { lock }: Face,
): Promise<{ readonly vault: OpenVault; readonly session: Session } | SignInTrouble | 'wrong_passkey'> {
  const signed = await signIn(phone, lock.passkey);
  if (typeof signed === 'string') return signed;
  const vault = await openWith(phone, signed.touch);
  if (typeof vault === 'string') return vault;
  await vault.keepSession(signed.session);
  return { vault, session: signed.session };
}
