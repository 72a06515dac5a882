import { type Claim, partsOf } from '../kernel/claims.ts';

/** A named rule at the till. */
export interface Policy {
  readonly id: string;
  readonly title: string;
  readonly claims: readonly Claim[];
  /** Whether the cashier compares a portrait with the person who shows. */
  readonly presenter: 'none' | 'portrait';
  /** Whether an approval without a network is allowed. */
  readonly offline: 'allow' | 'refuse';
  /** Whether another proof, such as a passport, may stand in after a refusal. */
  readonly otherProof: 'allow' | 'refuse';
  readonly legalBasis: string;
  /** What the till applies when it is approved. */
  readonly discountCode?: string;
}

/** What one question asks, whether by policies or by claims. */
export interface Asked {
  readonly claims: readonly Claim[];
  readonly portrait: boolean;
  readonly offline: 'allow' | 'refuse';
  readonly otherProof: 'allow' | 'refuse';
  /** What the till applies when it is approved, each once; absent where there is none. */
  readonly discountCodes?: readonly string[];
}

/** What claims ask that are named without a policy. To ask for `portrait` by name is to ask for the comparison. */
export function askedByClaims(claims: readonly Claim[], portrait: boolean): Asked {
  return {
    claims: strictest(claims.filter((claim) => claim !== 'portrait')),
    portrait: portrait || claims.includes('portrait'),
    offline: 'allow',
    otherProof: 'allow',
  };
}

/** What a basket asks: the strictest of its policies in every respect. */
export function askedByPolicies(policies: readonly Policy[], portrait: boolean): Asked {
  const asked = askedByClaims(
    policies.flatMap((policy) => policy.claims),
    portrait || policies.some((policy) => policy.presenter === 'portrait'),
  );
  const codes = new Set(policies.flatMap(({ discountCode }) => discountCode ?? []));
  return {
    ...asked,
    offline: policies.some((policy) => policy.offline === 'refuse') ? 'refuse' : 'allow',
    otherProof: policies.some((policy) => policy.otherProof === 'refuse') ? 'refuse' : 'allow',
    ...(codes.size > 0 && { discountCodes: [...codes] }),
  };
}

/** Every claim that a retailer has to be registered for to ask this. */
export function claimsNeeded(asked: Asked): readonly Claim[] {
  return asked.portrait ? [...asked.claims, 'portrait'] : asked.claims;
}

/** Each claim once, and of ages the highest only, since it implies the others. */
function strictest(claims: readonly Claim[]): readonly Claim[] {
  const highest = Math.max(...claims.map((claim) => yearsOf(claim) ?? 0));
  return [...new Set(claims)].filter((claim) => {
    const years = yearsOf(claim);
    return years === null || years === highest;
  });
}

function yearsOf(claim: Claim): number | null {
  const parts = partsOf(claim);
  return parts?.kind === 'age' ? parts.years : null;
}
