import { Fault } from '../kernel/fault.ts';
import type { Caller, CallerRule, Callers } from './caller.ts';
import { type Allowance, rateLimit } from './rate-limit.ts';

type Keyed = 'holder' | 'terminal' | 'officer' | 'operator';

/** Who a bearer token belongs to: null if it is nobody's of that kind. */
export type Identify = { readonly [Kind in Keyed]: (token: string) => Promise<Callers[Kind] | null> };

/** What a request shows of who sent it. */
export interface Credentials {
  readonly authorization: string | undefined;
  /** Where it came from, made unrecognisable (`address-key.ts`); callers with a good key are never asked. */
  readonly address: () => string;
}

/** Lets a caller in, or throws `unauthenticated`, `forbidden` or `rate_limited`. */
export type Guard = (
  rule: CallerRule,
  shown: Credentials,
) => Promise<{ caller: Caller; allowance: Allowance }>;

const KEYED: readonly Keyed[] = ['terminal', 'officer', 'holder', 'operator'];

/**
 * Callers with a key are limited by key, all others by address. A wrong key counts against the address and
 * soon gets 429; a right one from the same address still gets in, so that one broken till does not stop its neighbours.
 */
export function makeGuard(identify: Identify, limits: { terminal: number; address: number }): Guard {
  const byAddress = rateLimit('address', limits.address);
  const byKey = rateLimit('key', limits.terminal);

  return async (rule, { authorization, address }) => {
    const open = openKind(rule);
    if (open !== null) return { caller: { kind: open }, allowance: await byAddress(address()) };

    const token = bearerOf(authorization);
    const caller = token === null ? null : await firstKnown(identify, permitted(rule), token);
    if (caller === null) {
      await byAddress(address());
      const known = token !== null && (await firstKnown(identify, KEYED, token)) !== null;
      throw known ? wrongKind() : new Fault('unauthenticated', 'A valid key or token is needed here.');
    }
    const allowance = await byKey(nameOf(caller));
    checkScope(rule, caller);
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
      return caller.key;
    case 'holder':
      return caller.wallet;
    default:
      return caller.kind;
  }
}

function checkScope(rule: CallerRule, caller: Caller): void {
  if (caller.kind !== 'officer' || rule.officer === undefined) return;
  if (!caller.scopes.includes(rule.officer)) {
    throw new Fault('forbidden', `The admin key lacks the scope ${rule.officer}.`);
  }
}

function wrongKind(): Fault {
  return new Fault('forbidden', 'This kind of key or token is not for this endpoint.');
}
