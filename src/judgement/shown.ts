import type { IdentityClaim } from '../kernel/claims.ts';
import type { CredentialType } from '../kernel/credential-type.ts';

/** What a holder disclosed, whatever proof carried it. */
export interface ShownClaims {
  readonly credential: CredentialType;
  /** By the age's number: whether it is reached. */
  readonly ages: Readonly<Record<string, boolean>>;
  /** By the status's name without `status_`. */
  readonly statuses: Readonly<Record<string, boolean>>;
  readonly identity: { readonly [Name in IdentityClaim]?: string };
}

/** A ticket and what stands behind it. */
export interface ShownTicket {
  readonly kind: 'ticket';
  /** `spent`: approved before, or another ticket of the same copy was. */
  readonly state: 'open' | 'spent';
  readonly expiresAt: Date;
  readonly copy: 'valid' | 'suspended' | 'revoked';
  /** Null once they were forgotten. */
  readonly claims: ShownClaims | null;
}

/** What a till was shown, as far as the verifier could make it out. */
export type Shown = { readonly kind: 'malformed' } | { readonly kind: 'unknown' } | ShownTicket;
