/** What a till must not forget when it restarts. Bring your own store, or take one of ours. */

import type { SeenKey } from '../formats/pass-directory.ts';
import type { Reason } from '../judgement/verdict.ts';

/** What is trusted, and what was seen of it. JSON holds all of it. */
export interface Kept {
  /** The certificate that was pinned, in PEM. */
  readonly root: string;
  /** The newest bundle, as it was signed, and its ETag. */
  readonly bundle: string | null;
  readonly etag: string | null;
  /** The highest version that was seen; -1 before the first. */
  readonly version: number;
  /** For whom and by whom the first bundle was made: all later ones are the same shop's. */
  readonly source: { readonly issuer: string; readonly retailer: string; readonly live: boolean } | null;
  readonly seen: readonly SeenKey[];
  /** The service's time when it was last heard, in Unix milliseconds. */
  readonly serverTime: number | null;
}

/** A pass that was judged, as it is reported: nothing of a person, and no token. */
export interface Outcome {
  /** 128 random bits, base64url: the same report again is recorded once. */
  readonly id: string;
  readonly bundle_version: number;
  readonly key_id: string;
  /** SHA-256 of the pass's device key, in hexadecimal. */
  readonly device_key_hash: string;
  readonly checked_at: string;
  readonly outcome: 'approved' | 'refused';
  readonly reason: Reason | null;
}

/** A pass that was approved, and until when it has to be remembered (Unix milliseconds). */
export interface Spent {
  readonly mark: string;
  readonly until: number;
}

/** A call has happened when its promise is fulfilled, also if the power goes the moment after; one that fails changes nothing. */
export interface Store {
  kept(): Promise<Kept | null>;
  /** Changes what is kept in one step, which other calls come before or after. `null` changes nothing. */
  keep(change: (before: Kept | null) => Kept | null): Promise<void>;
  isSpent(mark: string): Promise<boolean>;
  /**
   * Spends a pass, and puts its outcome among those that wait, in one step. Of several callers at once, in other tabs
   * too, exactly one gets `true`; for the others nothing is kept.
   */
  spend(spent: Spent, outcome: Outcome): Promise<boolean>;
  /** Puts an outcome among those that wait to be reported, unless too many refusals do: approvals go first. */
  add(outcome: Outcome): Promise<void>;
  /** So many of those that wait, the oldest first. */
  waiting(most: number): Promise<readonly Outcome[]>;
  /** Those that were reported wait no more. */
  reported(ids: readonly string[]): Promise<void>;
  /** Forgets spent passes whose time was over before an instant (Unix milliseconds). */
  forget(before: number): Promise<void>;
}

/** Refusals that wait at the most: whoever holds bad codes against a scanner all day fills no disk. */
export const MOST_REFUSALS = 1_000;

export const NOTHING_KEPT: Omit<Kept, 'root'> = {
  bundle: null,
  etag: null,
  version: -1,
  source: null,
  seen: [],
  serverTime: null,
};
