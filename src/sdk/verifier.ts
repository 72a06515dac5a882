/**
 * Judges passes on the till itself, by the code that the service judges with. What it approves it has written down
 * before it says so; what it cannot judge it says by a code, and uses nothing up.
 */

import type { World } from '../kernel/world.ts';
import { type NotJudgedCode, notJudged, type OfflineAnswer } from './answer.ts';
import { type Inner, judgeOffline } from './judge-offline.ts';
import type { Ask } from './read-ask.ts';
import { NOTHING_KEPT, type Store } from './store.ts';
import { SURROUNDINGS } from './surroundings.ts';
import { type SyncClient, type Synced, syncOnce } from './sync.ts';
import { admit, openBundle } from './take-bundle.ts';
import { type BundleInUse, trusted } from './trusted.ts';

export interface VerifierOptions extends Partial<World> {
  readonly store: Store;
  /** The root in PEM, as `/certificates/root.pem` answers it: pinned at first, and the pinned one holds from then on. */
  readonly root?: string;
  /** A bundle to judge by until `sync` brings another; else the one that the store keeps. */
  readonly trustBundle?: string;
}

export interface OfflineQuestion {
  readonly token: string;
  readonly ask: Ask;
  readonly portrait?: boolean;
  /** The till's own words for the sale. With one, a scanner that fires twice within 5 seconds hears the same. */
  readonly reference?: string;
}

/** How things stand, for a band that says until when offline checks hold. */
export type VerifierStatus =
  | { readonly ready: true; readonly version: number; readonly staleAt: Date; readonly expiresAt: Date }
  | { readonly ready: false; readonly code: NotJudgedCode };

export interface Verifier {
  /**
   * Judges what was scanned. A pass is approved once, also of many callers at once. Rejects where the store fails, and
   * then nothing is sold.
   */
  verify(question: OfflineQuestion): Promise<OfflineAnswer>;
  /**
   * Reports what was judged, learns what was spent elsewhere too, and fetches the newest bundle. At any time, and as
   * often as one likes: while one is under way others get its answer. What fails is done the next time.
   */
  sync(client: SyncClient): Promise<Synced>;
  status(): Promise<VerifierStatus>;
}

/** Makes a verifier over what the store keeps. */
export async function createVerifier(options: VerifierOptions): Promise<Verifier> {
  const { store, root, trustBundle } = options;
  const world: World = {
    now: options.now ?? SURROUNDINGS.now,
    random: options.random ?? SURROUNDINGS.random,
  };
  if (root !== undefined) await store.keep((before) => (before === null ? { ...NOTHING_KEPT, root } : null));
  const use: BundleInUse = { jwt: trustBundle ?? null, opened: null };
  await keepHanded(store, use, world.now());

  const inner: Inner = { store, world, recent: new Map() };
  let syncing: Promise<Synced> | null = null;
  return {
    async verify(question) {
      const now = world.now();
      const bundle = await trusted(store, use, now);
      return typeof bundle === 'string' ? notJudged(bundle) : judgeOffline(inner, bundle, question, now);
    },
    sync(client) {
      syncing ??= syncOnce(client, { store, use, now: world.now }).finally(() => {
        syncing = null;
      });
      return syncing;
    },
    async status() {
      const bundle = await trusted(store, use, world.now());
      if (typeof bundle === 'string') return { ready: false, code: bundle };
      const { version, staleAt, expiresAt } = bundle;
      return { ready: true, version, staleAt, expiresAt };
    },
  };
}

/** Keeps a bundle that was handed over, if it is one to be taken. Otherwise `trusted` says why it is not. */
async function keepHanded(store: Store, use: BundleInUse, now: Date): Promise<void> {
  const [jwt, kept] = [use.jwt, await store.kept()];
  if (jwt === null || kept === null) return;
  const bundle = await openBundle(jwt, kept.root, now);
  if (bundle === null) return;
  await store.keep((before) => {
    const admitted = admit(bundle, before ?? kept, now);
    if (typeof admitted === 'string') return null;
    use.jwt = null;
    return { ...admitted, bundle: jwt, etag: null };
  });
}
