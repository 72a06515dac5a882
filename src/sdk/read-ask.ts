import { type Asked, askedByClaims, askedByPolicies, claimsNeeded } from '../judgement/policy.ts';
import type { TrustBundle } from '../judgement/trust-bundle.ts';
import { type Claim, partsOf } from '../kernel/claims.ts';
import type { NotJudgedCode } from './answer.ts';

/** What a till asks: exactly one of the two. */
export type Ask =
  | { readonly policies: readonly string[]; readonly claims?: never }
  | { readonly claims: readonly string[]; readonly policies?: never };

/**
 * What an ask comes to by the policies of a bundle, or why it is not judged. Throws a TypeError, as for a bug of the
 * till's software, where nothing is asked, since nothing asked would be anything approved.
 */
export function readAsk(bundle: TrustBundle, ask: Ask, portrait: boolean): Asked | NotJudgedCode {
  const { policies, claims } = ask;
  const names: readonly string[] = policies ?? claims ?? [];
  if ((policies === undefined) === (claims === undefined) || names.length === 0) {
    throw new TypeError('Exactly one of policies and claims is asked, and at least one of them.');
  }
  const asked = policies === undefined ? byClaims(names, portrait) : byPolicies(bundle, names, portrait);
  if (typeof asked === 'string') return asked;
  const permitted = claimsNeeded(asked).every((claim) => bundle.permitted.includes(claim));
  if (!permitted) return 'claim_not_permitted';
  return asked.offline === 'refuse' ? 'offline_not_allowed' : asked;
}

function byPolicies({ policies }: TrustBundle, ids: readonly string[], portrait: boolean) {
  const found = ids.flatMap((id) => policies.find((policy) => policy.id === id) ?? []);
  return found.length === ids.length ? askedByPolicies(found, portrait) : 'unknown_policy';
}

function byClaims(names: readonly string[], portrait: boolean) {
  const claims = names.filter((name): name is Claim => partsOf(name) !== null);
  return claims.length === names.length ? askedByClaims(claims, portrait) : 'claim_not_permitted';
}
