import { type Signer, signJws } from '../formats/jws.ts';
import { type DirectoryKey, listedKey, unixSeconds } from '../formats/pass-directory.ts';
import type { Callers } from '../http/caller.ts';
import type { FreshnessBounds } from '../judgement/pass-time.ts';
import type { Policy } from '../judgement/policy.ts';
import { BUNDLE_TYP, provesClaim } from '../judgement/trust-bundle.ts';
import type { Claim } from '../kernel/claims.ts';
import type { Clock } from '../kernel/world.ts';
import { hash } from '../keys/hash.ts';
import type { PassKeyRing } from '../passes/pass-key-ring.ts';
import type { PolicyStore } from '../retailers/policies/store.ts';

interface Needs {
  readonly passKeys: Pick<PassKeyRing, 'allListed'>;
  readonly policies: Pick<PolicyStore, 'all'>;
  readonly signer: () => Signer;
  readonly issuerUrl: string;
  readonly now: Clock;
  readonly freshness: FreshnessBounds;
  /** Hours after which a bundle is stale, and after which it is over. */
  readonly bundleHours: { readonly stale: number; readonly over: number };
}

export interface PublishedBundle {
  readonly jwt: string;
  readonly etag: string;
}

const HOUR = 3_600;
/** Seconds for which a bundle stays the same where nothing has changed. */
const STEP = 300;
/** Bundles that are kept for others of the same shop. */
const MOST_KEPT = 1_000;

/**
 * Publishes what a till needs to judge without a network: the keys of passes that it may ask for, the policies and the
 * bounds of time. All tills of a shop get the same, and the same for five minutes unless something changes. Its version
 * is the time at which it was made.
 */
export function bundlePublisher(needs: Needs): (terminal: Callers['terminal']) => Promise<PublishedBundle> {
  const kept = new Map<string, Promise<string>>();
  return async (terminal) => {
    const policies = await needs.policies.all();
    const content = contentFor(needs, terminal, policies);
    const signer = needs.signer();
    const etag = `"${hash(JSON.stringify([signer.kid, content]))}"`;
    const known = kept.get(etag) ?? signJws(signer, { typ: BUNDLE_TYP }, content);
    kept.set(etag, known);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return { jwt: await known, etag };
  };
}

function contentFor(needs: Needs, terminal: Callers['terminal'], policies: readonly Policy[]) {
  const { issuerUrl, now, freshness, bundleHours } = needs;
  const madeAt = Math.floor(unixSeconds(now()) / STEP) * STEP;
  const exp = madeAt + bundleHours.over * HOUR;
  const keys = needs.passKeys.allListed().filter((key) => isOfUse(key, terminal.permitted, exp));
  return {
    iss: issuerUrl,
    aud: terminal.retailer,
    iat: madeAt,
    version: madeAt,
    stale_at: madeAt + bundleHours.stale * HOUR,
    exp,
    livemode: terminal.live,
    permitted_claims: [...terminal.permitted],
    freshness: {
      ahead: freshness.ahead,
      old: freshness.old,
      fresh_ahead: freshness.freshAhead,
      fresh_old: freshness.freshOld,
    },
    pass_keys: keys.map(listedKey),
    policies: policies.map(shownPolicy),
  };
}

/** Whether its passes can answer what the shop may ask, before the bundle is over. A higher age answers a lower one. */
function isOfUse({ claim, notBefore }: DirectoryKey, permitted: readonly Claim[], exp: number): boolean {
  return unixSeconds(notBefore) < exp && permitted.some((asked) => provesClaim(claim, asked));
}

function shownPolicy(policy: Policy) {
  return {
    id: policy.id,
    title: policy.title,
    claims: [...policy.claims],
    presenter: policy.presenter,
    offline: policy.offline,
    other_proof: policy.otherProof,
    legal_basis: policy.legalBasis,
    ...(policy.discountCode !== undefined && { discount_code: policy.discountCode }),
  };
}
