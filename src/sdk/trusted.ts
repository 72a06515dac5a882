import type { TrustBundle } from '../judgement/trust-bundle.ts';
import type { NotJudgedCode } from './answer.ts';
import type { Kept, Store } from './store.ts';
import { admit, openBundle } from './take-bundle.ts';

/** The bundle that is judged by. */
export interface BundleInUse {
  /** One that was handed over; null once the store has what is to be used. */
  jwt: string | null;
  opened: { readonly jwt: string; readonly root: string; readonly bundle: TrustBundle } | null;
}

/** Milliseconds by which a clock may be behind the service's, as it was last heard. */
const SLACK = 120_000;

/** The bundle that may be judged by now, or why there is none. What another tab has fetched counts as well. */
export async function trusted(
  store: Store,
  use: BundleInUse,
  now: Date,
): Promise<TrustBundle | NotJudgedCode> {
  const kept = await store.kept();
  if (kept === null) return 'bundle_not_trusted';
  if (isBehind(now, kept.serverTime)) return 'clock_behind';
  const bundle = await openedOf(kept, use, now);
  if (typeof bundle === 'string') return bundle;
  if (isBehind(now, bundle.issuedAt.getTime())) return 'clock_behind';
  return now < bundle.expiresAt ? bundle : 'bundle_expired';
}

function isBehind(now: Date, heard: number | null): boolean {
  return heard !== null && now.getTime() < heard - SLACK;
}

async function openedOf(kept: Kept, use: BundleInUse, now: Date): Promise<TrustBundle | NotJudgedCode> {
  const jwt = use.jwt ?? kept.bundle;
  if (jwt === null) return 'bundle_not_trusted';
  if (use.opened?.jwt === jwt && use.opened.root === kept.root) return use.opened.bundle;
  const bundle = await openBundle(jwt, kept.root, now);
  if (bundle === null) return 'bundle_not_trusted';
  const admitted = admit(bundle, kept, now);
  if (typeof admitted === 'string') return admitted;
  use.opened = { jwt, root: kept.root, bundle };
  return bundle;
}
