import { Fault } from '../kernel/fault.ts';
import type { Caller, CallerRule, Callers, HolderProof, HolderRule } from './caller.ts';
import { type Allowance, rateLimit } from './rate-limit.ts';

type Keyed = 'holder' | 'terminal' | 'officer' | 'operator';

/** Who a bearer token belongs to, or the token in an officer's cookie: null if it is nobody's of that kind. */
export type Identify = {
  readonly [Kind in Keyed]: (token: string) => Promise<Callers[Kind] | null>;
} & { readonly cookie: (token: string) => Promise<Callers['officer'] | null> };

/** What a request shows of who sent it. */
export interface Credentials {
  readonly authorization: string | undefined;
  /** The token in the officer's cookie; never given where pages of any origin may call. */
  readonly cookie?: string | null;
  /** Whether the cookie may act: the request changes nothing, or a page of this service sent it. */
  readonly fromOurPage?: boolean;
  /** Where it came from, made unrecognisable (`address-key.ts`); callers with a good key are never asked. */
  readonly address: () => string;
}

/** Lets a caller in, or throws `unauthenticated`, `forbidden`, `verification_required` or `rate_limited`. */
export type Guard = (
  rule: CallerRule,
  shown: Credentials,
) => Promise<{ caller: Caller; allowance: Allowance }>;

const KEYED: readonly Keyed[] = ['terminal', 'officer', 'holder', 'operator'];

/**
 * Callers with a key are limited by key, all others by address. A wrong key counts against the address and
 * soon gets 429; a right one from the same address still gets in, so that one broken till does not stop its neighbours.
 * A bearer token goes before a cookie, and a cookie counts where officers may call and nowhere else.
 */
export function makeGuard(identify: Identify, limits: { terminal: number; address: number }): Guard {
  const byAddress = rateLimit('address', limits.address);
  const byKey = rateLimit('key', limits.terminal);

  return async (rule, shown) => {
    const open = openKind(rule);
    const keyed = permitted(rule);
    const token = bearerOf(shown.authorization);
    const caller = keyed.length === 0 ? null : await whoIs(identify, rule, token, shown);
    if (caller === null && open !== null) {
      return { caller: { kind: open }, allowance: await byAddress(shown.address()) };
    }
    if (caller === null) {
      await byAddress(shown.address());
      const known = token !== null && (await firstKnown(identify, KEYED, token)) !== null;
      throw known ? wrongKind() : new Fault('unauthenticated', 'A valid key or token is needed here.');
    }
    const allowance = await byKey(nameOf(caller));
    checkOfficer(rule, caller);
    checkHolder(rule, caller);
    return { caller, allowance };
  };
}

function openKind(rule: CallerRule): 'public' | 'wallet' | null {
  if (rule.public) return 'public';
  return rule.wallet ? 'wallet' : null;
}

function permitted(rule: CallerRule): readonly Keyed[] {
  return KEYED.filter((kind) => rule[kind] !== undefined);
}

function bearerOf(authorization: string | undefined): string | null {
  return /^Bearer +([\w.~+/=-]{1,512})$/i.exec(authorization ?? '')?.[1] ?? null;
}

async function whoIs(
  identify: Identify,
  rule: CallerRule,
  token: string | null,
  { authorization, cookie = null, fromOurPage = false }: Credentials,
): Promise<Caller | null> {
  if (token !== null) return firstKnown(identify, permitted(rule), token);
  if (authorization !== undefined || cookie === null || rule.officer === undefined) return null;
  const caller = await identify.cookie(cookie);
  // The browser adds the cookie whoever made the request: another site's page must not act in an officer's name.
  if (caller !== null && !fromOurPage) {
    throw new Fault('forbidden', 'With a cookie, only pages of this service may do that.');
  }
  return caller;
}

async function firstKnown(
  identify: Identify,
  kinds: readonly Keyed[],
  token: string,
): Promise<Caller | null> {
  for (const kind of kinds) {
    const caller = await identify[kind](token);
    if (caller !== null) return caller;
  }
  return null;
}

function nameOf(caller: Caller): string {
  switch (caller.kind) {
    case 'terminal':
      return caller.terminal;
    case 'officer':
      return caller.actor;
    case 'holder':
      return caller.wallet;
    default:
      return caller.kind;
  }
}

function checkOfficer(rule: CallerRule, caller: Caller): void {
  if (caller.kind !== 'officer' || rule.officer === undefined) return;
  if (rule.officer === 'own') {
    if (caller.session === null) throw new Fault('forbidden', 'This is for officers who signed in.');
  } else if (!caller.scopes.includes(rule.officer)) {
    const who = caller.session === null ? 'admin key' : 'role';
    throw new Fault('forbidden', `The ${who} lacks the scope ${rule.officer}.`);
  }
}

const PROOFS = {
  offer: ['offer'],
  session: ['session', 'fresh'],
  fresh: ['fresh'],
  offer_or_fresh: ['offer', 'fresh'],
} as const satisfies Record<HolderRule, readonly HolderProof[]>;

function checkHolder(rule: CallerRule, caller: Caller): void {
  if (caller.kind !== 'holder' || rule.holder === undefined) return;
  const enough: readonly HolderProof[] = PROOFS[rule.holder];
  if (enough.includes(caller.proof)) return;
  if (caller.proof === 'session' && enough.includes('fresh')) throw verificationRequired();
  throw wrongKind();
}

/** The refusal where the user has to be verified anew. */
export function verificationRequired(): Fault {
  return new Fault('verification_required', 'Sign in with the passkey again: five minutes have passed.');
}

function wrongKind(): Fault {
  return new Fault('forbidden', 'This kind of key or token is not for this endpoint.');
}
