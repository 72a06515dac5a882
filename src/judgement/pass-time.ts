/** How old a showing may be, in seconds by the verifier's clock, and when it counts as fresh. */
export interface FreshnessBounds {
  /** How far ahead a phone's clock may be. */
  readonly ahead: number;
  readonly old: number;
  readonly freshAhead: number;
  readonly freshOld: number;
}

export const USUAL_BOUNDS: FreshnessBounds = { ahead: 60, old: 90, freshAhead: 5, freshOld: 40 };

export type Freshness = 'fresh' | 'skewed';

/** Whether a showing is of now: fresh, a little off, or a reason to refuse it. */
export function freshnessOf(
  shownAt: Date,
  now: Date,
  bounds: FreshnessBounds,
): Freshness | 'not_yet_valid' | 'expired' {
  const age = (now.getTime() - shownAt.getTime()) / 1_000;
  if (age < -bounds.ahead) return 'not_yet_valid';
  if (age > bounds.old) return 'expired';
  return age >= -bounds.freshAhead && age <= bounds.freshOld ? 'fresh' : 'skewed';
}
