import type { Claim, IdentityClaim } from '../kernel/claims.ts';
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

/** The key that signs passes of one claim in one window, as the directory lists it. */
export interface PassWindow {
  readonly claim: Claim;
  readonly notBefore: Date;
  /** Exclusive: the end of the window after, so that a phone that was offline overnight still works. */
  readonly expiresAt: Date;
}

/** A pass and what the verifier made out about it, by its own clock and directory alone. */
export interface ShownPass {
  readonly kind: 'pass';
  /** Null if no key has the id, or it was withdrawn. */
  readonly window: PassWindow | null;
  /** Whether both signatures hold. */
  readonly holds: boolean;
  readonly shownAt: Date;
  readonly state: 'open' | 'spent';
}

/** What a till was shown, as far as the verifier could make it out. */
export type Shown = { readonly kind: 'malformed' } | { readonly kind: 'unknown' } | ShownTicket | ShownPass;
