/** Signing in with a passkey: the service then knows which wallet asks. Showing never needs it. */

import type { beginSignIn } from '../../passkeys/endpoints.ts';
import type { signIn as signInContract } from '../../passkeys/sessions/endpoints.ts';
import type { Answered } from '../api/contract-types.ts';
import type { Assertion, PasskeyTrouble, Touched } from './passkey-device.ts';
import type { Phone } from './phone.ts';
import type { Session } from './vault.ts';

export type SignInTrouble = PasskeyTrouble | 'unreachable' | 'unknown_passkey';

export interface SignedIn {
  readonly session: Session;
  readonly wallet: string;
  readonly touch: Touched<Assertion>;
}

/** Milliseconds for which a user verification counts as fresh; half a minute is left for what it is needed for. */
const FRESH = 270_000;

/**
 * A fresh session, by the passkey of whoever is on the screen; where nobody is, by whichever passkey of a wallet the
 * owner chooses. Which passkeys a phone has, the service is not told.
 */
export async function signIn(
  { passkeys, service, world }: Pick<Phone, 'passkeys' | 'service' | 'world'>,
  passkey: string | null = null,
): Promise<SignedIn | SignInTrouble> {
  const begun = await service<typeof beginSignIn>('POST /v1/passkeys/sign-ins', { body: {} });
  if (begun.kind !== 'answered') return 'unreachable';
  const { challenge_id, options } = begun.body;
  const touch = await passkeys.signIn(options, passkey);
  if (typeof touch === 'string') return touch;
  const body = { challenge_id, credential: touch.proof };
  const done = await service<typeof signInContract>('POST /v1/sessions', { body });
  if (done.kind === 'lost') return 'unreachable';
  if (done.kind === 'refused') return 'unknown_passkey';
  return { session: sessionOf(done.body, world.now()), wallet: done.body.wallet_id, touch };
}

/** A session as the phone keeps it: times on the phone's own clock. */
export function sessionOf(body: Answered<typeof signInContract>['body'], now: Date): Session {
  const [verified, expires] = [body.verified_at, body.expires_at].map((at) => new Date(at).getTime());
  const lasts = (expires ?? 0) - (verified ?? 0);
  return { id: body.id, token: body.token, verifiedAt: now.getTime(), expiresAt: now.getTime() + lasts };
}

/** Whether the user was verified so lately that the service hands out new copies. */
export function isFresh({ verifiedAt, expiresAt }: Session, now: Date): boolean {
  return now.getTime() < Math.min(expiresAt, verifiedAt + FRESH);
}
