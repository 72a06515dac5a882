/** What the counts of the service show. Pure. */

import type { getStatistics } from '../../../statistics/endpoints.ts';
import type { Answered } from '../../api/contract-types.ts';

export type Statistics = Answered<typeof getStatistics>['body'];
export type Dimension = 'outcome' | 'reason' | 'policy';

/** The hours of a span in seconds, each with its count: 0 where nobody asked, null where the count is hidden. */
export interface Hours {
  readonly at: readonly number[];
  readonly counts: readonly (number | null)[];
}

const HOUR = 3_600_000;

/** Every hour of the span, also those without a question. */
export function hoursOf({ from, to, data }: Pick<Statistics, 'from' | 'to' | 'data'>): Hours {
  const begin = Date.parse(from);
  const many = Math.max(0, Math.round((Date.parse(to) - begin) / HOUR));
  const told = new Map(data.map(({ hour, count }) => [Date.parse(hour ?? ''), count]));
  const starts = Array.from({ length: many }, (_, place) => begin + place * HOUR);
  return {
    at: starts.map((start) => start / 1_000),
    counts: starts.map((start) => (told.has(start) ? (told.get(start) ?? null) : 0)),
  };
}

/** A bar with its label; `count` is null where it is hidden. */
export interface Bar {
  readonly name: string | null;
  readonly count: number | null;
  /** Of the largest bar, from 0 to 1. */
  readonly share: number;
}

/** The groups of one dimension, the largest first and the hidden ones last. */
export function barsOf({ data }: Pick<Statistics, 'data'>, by: Dimension): readonly Bar[] {
  const most = Math.max(1, ...data.map(({ count }) => count ?? 0));
  return data
    .map((group) => ({ name: group[by] ?? null, count: group.count, share: (group.count ?? 0) / most }))
    .sort((a, b) => (b.count ?? -1) - (a.count ?? -1));
}
