import type { Claim } from '../kernel/claims.ts';
import type { Id } from '../kernel/ids.ts';

/** What an admin key may be allowed to do. */
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
] as const;

export type Scope = (typeof SCOPES)[number];

/** Everybody who may call, by kind. `wallet` is somebody whose request itself is the proof. */
export interface Callers {
  public: { readonly kind: 'public' };
  wallet: { readonly kind: 'wallet' };
  holder: {
    readonly kind: 'holder';
    readonly person: Id<'person'>;
    readonly wallet: Id<'wallet'>;
    /** SHA-256 of the access token, by which its record is found. */
    readonly token: string;
  };
  terminal: {
    readonly kind: 'terminal';
    readonly terminal: Id<'terminal'>;
    readonly retailer: Id<'retailer'>;
    readonly retailerName: string;
    readonly live: boolean;
    readonly permitted: readonly Claim[];
  };
  officer: { readonly kind: 'officer'; readonly key: Id<'admin_key'>; readonly scopes: readonly Scope[] };
  operator: { readonly kind: 'operator' };
}

export type CallerKind = keyof Callers;
export type Caller = Callers[CallerKind];

/** Who may call an endpoint: any of the kinds named, an officer only with the scope. */
export type CallerRule = Partial<Record<Exclude<CallerKind, 'officer'>, true> & { officer: Scope }>;

/** The callers that a rule lets in. */
export type CallerOf<Rule extends CallerRule> = Callers[keyof Rule & CallerKind];
