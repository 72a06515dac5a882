/**
 * How far this phone's clock is off, learned from `Date` where passes are fetched, so that a pass can be shown by the
 * right time without asking anybody. A clock that stays off by its own few seconds would be a mark of the phone, hence
 * whole seconds and the middle of what is possible: what is left is less than a scanner can see.
 */

/** What is known of the offset: it lies between these, in milliseconds to be added to the phone's clock. */
export interface OffsetRange {
  readonly low: number;
  readonly high: number;
}

/** One answer: when it was asked and heard by the phone's clock, and what the service's clock said, to the second. */
export interface HeardTime {
  readonly sentAt: number;
  readonly heardAt: number;
  readonly servedAt: number;
}

const SECOND = 1_000;

/** What is known after one more answer. Where it does not fit with what was known, a clock was set: only the new counts. */
export function narrowed(was: OffsetRange | null, { sentAt, heardAt, servedAt }: HeardTime): OffsetRange {
  const now = { low: servedAt - heardAt, high: servedAt + SECOND - sentAt };
  if (was === null) return now;
  const both = { low: Math.max(was.low, now.low), high: Math.min(was.high, now.high) };
  return both.low > both.high ? now : both;
}

/** The offset to correct by, in milliseconds: a whole number of seconds. */
export function wholeSeconds({ low, high }: OffsetRange): number {
  return Math.round((low + high) / 2 / SECOND) * SECOND;
}
