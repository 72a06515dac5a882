import type { ShownClaims } from '../judgement/shown.ts';
import type { Claim } from '../kernel/claims.ts';
import type { Id } from '../kernel/ids.ts';

/**
 * Seconds for which a ticket is good. Claims are deleted by a sweep that runs each second, so that none is kept
 * for more than a minute.
 */
export const TICKET_LIFETIME = 58;

/** `used`: approved. `voided`: another ticket of the same copy was. */
export type PresentationState = 'open' | 'used' | 'voided';

/** A presentation as the table has it: the claims are readable with the ticket only, which is not kept. */
export interface KeptPresentation {
  readonly id: Id<'presentation'>;
  readonly ticketHash: string;
  readonly secretHash: string;
  readonly state: PresentationState;
  /** The copy's place in its status list, while the ticket is open. */
  readonly copy: string | null;
  readonly sealedClaims: Uint8Array | null;
  readonly presentedAt: Date;
  readonly expiresAt: Date;
}

/** What is sealed under the ticket. */
export interface SealedContent {
  readonly claims: ShownClaims;
  /** The key under which the wallet alone will read who asked; base64url. */
  readonly askingKey: string;
}

/** What a wallet learns of one question about its ticket. */
export interface Asking {
  readonly askedAt: string;
  readonly retailer: { readonly id: string; readonly name: string };
  readonly asked: readonly Claim[];
  readonly outcome: 'approved' | 'refused';
  readonly reason: string | null;
  /** What the shop was told; of a portrait only that it was. */
  readonly told: { readonly [Name in Claim]?: true | string };
}

/** One question about a ticket, as the table has it. */
export interface KeptAsking {
  readonly verification: Id<'verification'>;
  readonly presentation: Id<'presentation'>;
  readonly terminal: Id<'terminal'>;
  readonly approved: boolean;
  /** What tells a question that is asked again from another one. */
  readonly questionHash: string;
  readonly sealedAsking: Uint8Array;
  readonly askedAt: Date;
}
