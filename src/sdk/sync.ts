/** Brings a till and the service up to date with each other: reports, the root, the newest bundle, the time. */

import type { Clock } from '../kernel/world.ts';
import type { Heard, Lost, Refused } from './send.ts';
import { NOTHING_KEPT, type Outcome, type Store } from './store.ts';
import { admit, type BundleTrouble, openBundle } from './take-bundle.ts';
import type { BundleInUse } from './trusted.ts';

/** How a call of the client ended. */
export type Reply<Body> = ({ readonly kind: 'answered'; readonly body: Body } & Heard) | Refused | Lost;

export interface OfflineReport {
  readonly bundle_version: number;
  readonly verifications: readonly Omit<Outcome, 'bundle_version'>[];
}

export interface OfflineReportAnswer {
  readonly received: number;
  /** The ids of reports whose pass had been spent before, elsewhere or here. */
  readonly double_spends: readonly string[];
  readonly server_time: string;
}

/** The bundle as it was signed, with its ETag; `null` where the one that the ETag names is still the newest. */
export type FetchedBundle = { readonly jwt: string; readonly etag: string | null } | null;

/** What `sync` calls: `createClient` makes one. */
export interface SyncClient {
  root(): Promise<Reply<string>>;
  trustBundle(etag: string | null): Promise<Reply<FetchedBundle>>;
  reportOffline(report: OfflineReport): Promise<Reply<OfflineReportAnswer>>;
}

export interface Synced {
  /** How many judgements were reported. */
  readonly reported: number;
  /** Those of them whose pass was spent elsewhere as well. */
  readonly doubleSpends: readonly string[];
  readonly bundle: 'new' | 'unchanged' | 'not_fetched' | BundleTrouble;
  /** Seconds that this clock is ahead of the service's, or behind if negative; null if nothing was heard. */
  readonly skew: number | null;
  /** What kept it from being done, where something did: it is done the next time. */
  readonly trouble: Refused | Lost | null;
}

interface Syncing {
  readonly store: Store;
  readonly use: BundleInUse;
  readonly now: Clock;
}

type Told = Pick<Synced, 'reported' | 'doubleSpends' | 'trouble'>;
type Fetched = Pick<Synced, 'bundle' | 'trouble'> & { readonly servedAt: Date | null };

/** Reports that one call takes. */
const MOST = 50;

export async function syncOnce(client: SyncClient, syncing: Syncing): Promise<Synced> {
  const told = await report(client, syncing.store);
  const fetched = await fetchBundle(client, syncing);
  const { servedAt } = fetched;
  if (servedAt !== null) await hearTime(syncing.store, servedAt.getTime());
  const skew = servedAt === null ? null : Math.round((syncing.now().getTime() - servedAt.getTime()) / 1_000);
  return { ...told, bundle: fetched.bundle, skew, trouble: told.trouble ?? fetched.trouble };
}

/** Reports what waits, in parts. A part stays waiting until the service has said that it has it. */
async function report(client: SyncClient, store: Store): Promise<Told> {
  const doubleSpends = new Set<string>();
  for (let reported = 0; ; ) {
    const part = sameVersion(await store.waiting(MOST));
    const [first] = part;
    if (first === undefined) return { reported, doubleSpends: [...doubleSpends], trouble: null };
    const verifications = part.map(({ bundle_version, ...outcome }) => outcome);
    const reply = await client.reportOffline({ bundle_version: first.bundle_version, verifications });
    if (reply.kind !== 'answered') return { reported, doubleSpends: [...doubleSpends], trouble: reply };
    for (const id of reply.body.double_spends) doubleSpends.add(id);
    await store.reported(part.map(({ id }) => id));
    reported += part.length;
  }
}

/** Those at the beginning that were judged by one bundle: a report names one version. */
function sameVersion(waiting: readonly Outcome[]): readonly Outcome[] {
  const other = waiting.findIndex(({ bundle_version }) => bundle_version !== waiting[0]?.bundle_version);
  return other === -1 ? waiting : waiting.slice(0, other);
}

async function fetchBundle(client: SyncClient, { store, use, now }: Syncing): Promise<Fetched> {
  const pinned = await pinRoot(client, store);
  if (pinned !== null) return { bundle: 'not_fetched', trouble: pinned, servedAt: null };
  const kept = await store.kept();
  const reply = await client.trustBundle(use.jwt === null && kept?.bundle != null ? kept.etag : null);
  if (reply.kind !== 'answered') {
    return {
      bundle: 'not_fetched',
      trouble: reply,
      servedAt: reply.kind === 'refused' ? reply.servedAt : null,
    };
  }
  const { servedAt, body } = reply;
  const bundle = body === null ? 'unchanged' : await take(store, body, now());
  if (bundle === 'new') use.jwt = null;
  return { bundle, trouble: null, servedAt };
}

/** Fetches the root where none is pinned: the trust of the first pairing. */
async function pinRoot(client: SyncClient, store: Store): Promise<Refused | Lost | null> {
  if ((await store.kept()) !== null) return null;
  const reply = await client.root();
  if (reply.kind !== 'answered') return reply;
  await store.keep((before) => (before === null ? { ...NOTHING_KEPT, root: reply.body } : null));
  return null;
}

async function take(
  store: Store,
  { jwt, etag }: NonNullable<FetchedBundle>,
  now: Date,
): Promise<'new' | BundleTrouble> {
  const root = (await store.kept())?.root ?? '';
  const bundle = await openBundle(jwt, root, now);
  if (bundle === null) return 'bundle_not_trusted';
  let taken: 'new' | BundleTrouble = 'bundle_not_trusted';
  await store.keep((before) => {
    const admitted = before === null ? 'bundle_not_trusted' : admit(bundle, before, now);
    taken = typeof admitted === 'string' ? admitted : 'new';
    return typeof admitted === 'string' ? null : { ...admitted, bundle: jwt, etag };
  });
  return taken;
}

/** Remembers the service's time, and by it forgets what is long over. */
async function hearTime(store: Store, serverTime: number): Promise<void> {
  if (Number.isNaN(serverTime)) return;
  await store.keep((before) => (before === null ? null : { ...before, serverTime }));
  await store.forget(serverTime);
}
