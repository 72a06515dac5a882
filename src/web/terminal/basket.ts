/** What is sold: the policies that the next scan asks about. */

import { type Claim, isIdentity, partsOf } from '../../kernel/claims.ts';

/** A policy as the service lists it to tills. */
export interface OfferedPolicy {
  readonly id: string;
  readonly title: string;
  readonly claims: readonly string[];
  readonly presenter: 'none' | 'portrait';
  readonly other_proof?: 'allow' | 'refuse';
  readonly discount_code?: string | undefined;
}

/** Chosen by the cashier, or as the till's own software has it. A kiosk's is fixed: nothing but its end changes it. */
export interface Basket {
  readonly by: 'cashier' | 'till' | 'kiosk';
  readonly chosen: readonly string[];
  /** What the till sent last, whether it is used or not. */
  readonly sent: Sent | null;
}

/** What a till's software puts into the address: `/terminal#ask=alcohol,tobacco&reference=2231`. */
export interface Sent {
  readonly policies: readonly string[];
  readonly reference: string | null;
}

export const EMPTY: Basket = { by: 'cashier', chosen: [], sent: null };

/** What the next scan asks about. */
export function askedFor(basket: Basket): readonly string[] {
  return basket.by === 'till' ? (basket.sent?.policies ?? []) : basket.chosen;
}

/** Puts a policy in or takes it out. Whoever chooses by hand no longer leaves it to the till. */
export function toggle(basket: Basket, id: string): Basket {
  const chosen = basket.chosen.includes(id)
    ? basket.chosen.filter((one) => one !== id)
    : [...basket.chosen, id];
  return { ...basket, by: 'cashier', chosen };
}

/** Leaves it to the till, or takes it back. */
export function toggleTill(basket: Basket): Basket {
  return { ...basket, by: basket.by === 'till' ? 'cashier' : 'till' };
}

/** What the till says is sold; from then on it is asked for. */
export function takeSent(basket: Basket, sent: Sent): Basket {
  return basket.by === 'kiosk' ? basket : { ...basket, by: 'till', sent };
}

/** What a kiosk asks about, of everybody. */
export function fixedTo(policies: readonly string[]): Basket {
  return { by: 'kiosk', chosen: policies, sent: null };
}

/**
 * The basket for the next customer: the same, but for what tells who somebody is. That is asked for each time anew,
 * so that nobody shows a name because the one before them had a parcel. What the till sent stands until it sends more.
 */
export function forNext(basket: Basket, policies: readonly OfferedPolicy[]): Basket {
  if (basket.by === 'kiosk') return basket;
  const personal = new Set(policies.filter((one) => personalIn(one) !== null).map(({ id }) => id));
  return { ...basket, chosen: basket.chosen.filter((id) => !personal.has(id)) };
}

/** Without policies that are no longer offered. A kiosk that asked less would let through whom it should not. */
export function stillOffered(basket: Basket, policies: readonly OfferedPolicy[]): Basket {
  if (basket.by === 'kiosk') return basket;
  const offered = new Set(policies.map(({ id }) => id));
  return { ...basket, chosen: basket.chosen.filter((id) => offered.has(id)) };
}

/** What the part behind the `#` asks; null if it asks nothing. */
export function sentIn(fragment: string): Sent | null {
  const said = new URLSearchParams(fragment.replace(/^#/, ''));
  const policies = (said.get('ask') ?? '').split(',').filter((id) => /^[a-z][a-z0-9_.]{0,63}$/.test(id));
  const reference = said.get('reference')?.trim().slice(0, 200) ?? '';
  return policies.length === 0 ? null : { policies, reference: reference === '' ? null : reference };
}

/** What the till asks, by the titles of its policies; one that is not offered by its id. */
export function titlesOf(sent: Sent, policies: readonly OfferedPolicy[]): readonly string[] {
  return sent.policies.map((id) => policies.find((one) => one.id === id)?.title ?? id);
}

/** Policies that ask for one age, or for none. */
export interface Shelf {
  readonly age: number | null;
  readonly policies: readonly OfferedPolicy[];
}

/** The policies by the age they ask for, the highest first, and last those that ask for none. */
export function shelves(policies: readonly OfferedPolicy[]): readonly Shelf[] {
  const ages = [...new Set(policies.map(ageOf))].sort((a, b) => (b ?? 0) - (a ?? 0));
  return ages.map((age) => ({ age, policies: policies.filter((policy) => ageOf(policy) === age) }));
}

function ageOf({ claims }: OfferedPolicy): number | null {
  const ages = claims.flatMap((claim) => {
    const parts = partsOf(claim);
    return parts?.kind === 'age' ? [parts.years] : [];
  });
  return ages.length === 0 ? null : Math.max(...ages);
}

/** What of a policy tells who somebody is: a portrait that is compared, or what is read. Null if nothing does. */
export function personalIn({ claims, presenter }: OfferedPolicy): 'portrait' | 'identity' | null {
  if (presenter === 'portrait' || claims.includes('portrait')) return 'portrait';
  return claims.some((claim) => isIdentity(claim as Claim)) ? 'identity' : null;
}
