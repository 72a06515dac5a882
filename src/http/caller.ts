import type { Claim } from '../kernel/claims.ts';
import type { Id } from '../kernel/ids.ts';

/** What an officer may be allowed to do: an admin key by what it was made for, a person on the staff by role. */
export const SCOPES = [
  'people:read',
  'people:write',
  'retailers:read',
  'retailers:write',
  'policies:read',
  'policies:write',
  'keys:read',
  'keys:write',
  'audit:read',
  'statistics:read',
  'reports:read',
  'staff:read',
  'staff:write',
  'settings:read',
] as const;

export type Scope = (typeof SCOPES)[number];

/**
 * What a holder shows: the access token of a redeemed offer, a session, or a session that began with a user
 * verification less than five minutes ago.
 */
export type HolderProof = 'offer' | 'session' | 'fresh';

/** What an endpoint asks of a holder. A fresh session is a session too. */
export type HolderRule = HolderProof | 'offer_or_fresh';

/** What an endpoint asks of an officer: a scope, or `own` for whoever signed in, about nobody but themselves. */
export type OfficerRule = Scope | 'own';

/** A session of somebody on the staff. */
export interface OfficerSession {
  readonly id: Id<'session'>;
  readonly officer: Id<'officer'>;
  /** With which it began. */
  readonly passkey: Id<'passkey'>;
  /** Whether the user verification is less than five minutes old. */
  readonly fresh: boolean;
  readonly verifiedAt: Date;
  readonly expiresAt: Date;
}

/** Everybody who may call, by kind. `wallet` is somebody whose request itself is the proof. */
export interface Callers {
  public: { readonly kind: 'public' };
  wallet: { readonly kind: 'wallet' };
  holder: {
    readonly kind: 'holder';
    readonly person: Id<'person'>;
    readonly wallet: Id<'wallet'>;
    readonly proof: HolderProof;
    /** SHA-256 of the access token, by which its record is found; of a session, of the session's token. */
    readonly token: string;
    /** The session, where it is one. */
    readonly session: Id<'session'> | null;
  };
  terminal: {
    readonly kind: 'terminal';
    readonly terminal: Id<'terminal'>;
    readonly retailer: Id<'retailer'>;
    readonly retailerName: string;
    readonly live: boolean;
    readonly permitted: readonly Claim[];
    /** SHA-256 of the key, or of the session's token, by which its record is found. */
    readonly key: string;
  };
  officer: {
    readonly kind: 'officer';
    /** Who acts, as the audit log names it: somebody on the staff, or an admin key. */
    readonly actor: Id<'officer'> | Id<'admin_key'>;
    readonly scopes: readonly Scope[];
    /** The session, where somebody signed in; null for an admin key. */
    readonly session: OfficerSession | null;
  };
  operator: { readonly kind: 'operator' };
}

export type CallerKind = keyof Callers;
export type Caller = Callers[CallerKind];

/**
 * Who may call an endpoint: any of the kinds named, an officer only with the scope, a holder only with the proof.
 * Where `public` stands beside another kind, whoever shows nothing of that kind may call too.
 */
export type CallerRule = Partial<
  Record<Exclude<CallerKind, 'officer' | 'holder'>, true> & { officer: OfficerRule; holder: HolderRule }
>;

/** The callers that a rule lets in. */
export type CallerOf<Rule extends CallerRule> = Callers[keyof Rule & CallerKind];
