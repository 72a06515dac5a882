import type { CredentialType } from '../kernel/credential-type.ts';
import type { Id } from '../kernel/ids.ts';

/** Seconds for which the access token of a redeemed offer lives. */
export const TOKEN_LIFETIME = 900;

/** What a redeemed offer gives: its credentials, for a quarter of an hour. */
export interface AccessToken {
  readonly person: Id<'person'>;
  readonly wallet: Id<'wallet'>;
  readonly credentials: readonly CredentialType[];
  readonly expiresAt: Date;
}
