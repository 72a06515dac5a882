import { Fault, wrongField } from '../kernel/fault.ts';
import type { Clock } from '../kernel/world.ts';
import { type Dimension, HOUR } from './count.ts';
import { type Group, hiddenGroups } from './hide.ts';
import type { CountStore, CountsAsked } from './store.ts';

const LONGEST = 31 * 24 * HOUR;
const USUAL = 24 * HOUR;
/** Groups that one answer can have. */
const MOST_GROUPS = 10_000;

/** What an officer asks. Without an end it is that of the present hour, without a beginning a day before the end. */
export interface StatisticsAsked {
  readonly from: Date | null;
  readonly to: Date | null;
  readonly live: boolean;
  readonly by: readonly Dimension[];
}

/** A count that is told, or null for one that is hidden. */
export interface ToldGroup {
  readonly of: Group['of'];
  readonly count: number | null;
}

export interface Statistics {
  readonly asked: CountsAsked;
  readonly total: number | null;
  readonly groups: readonly ToldGroup[];
}

interface Needs {
  readonly counts: CountStore;
  readonly now: Clock;
  /** The smallest count that is told. */
  readonly minimum: number;
}

/**
 * Counts answered questions. Small counts are hidden, and with them what they could be worked out from. Refuses
 * times that are not whole hours, a beginning that is not before the end, more than 31 days, and an answer that
 * would be too long.
 */
export async function readStatistics(needs: Needs, wanted: StatisticsAsked): Promise<Statistics> {
  const asked = spanOf(wanted, needs.now());

  const groups = await needs.counts.groups(asked, MOST_GROUPS + 1);
  if (groups.length > MOST_GROUPS) {
    throw wrongField('#query/group_by', 'too_many_groups', 'Ask for a shorter time or for fewer dimensions.');
  }

  const hidden = hiddenGroups(groups, needs.minimum);
  const sum = groups.reduce((total, { count }) => total + count, 0);
  return {
    asked,
    total: sum > 0 && sum < needs.minimum ? null : sum,
    groups: groups.map(({ of, count }, place) => ({ of, count: hidden.has(place) ? null : count })),
  };
}

function spanOf({ from, to, live, by }: StatisticsAsked, now: Date): CountsAsked {
  const end = to ?? new Date((Math.floor(now.getTime() / HOUR) + 1) * HOUR);
  const begin = from ?? new Date(end.getTime() - USUAL);
  const errors = [
    ...wrong(
      !isWholeHour(begin),
      '#query/from',
      'not_whole_hour',
      'This is not the beginning of an hour in UTC.',
    ),
    ...wrong(
      !isWholeHour(end),
      '#query/to',
      'not_whole_hour',
      'This is not the beginning of an hour in UTC.',
    ),
    ...wrong(begin >= end, '#query/to', 'not_after_from', 'The end has to be after the beginning.'),
    ...wrong(
      end.getTime() - begin.getTime() > LONGEST,
      '#query/from',
      'too_long',
      'This is more than 31 days.',
    ),
  ];
  if (errors.length > 0) throw new Fault('invalid_request', 'The span of time is wrong.', { errors });
  return { from: begin, to: end, live, by };
}

function wrong(is: boolean, pointer: string, code: string, detail: string) {
  return is ? [{ pointer, code, detail }] : [];
}

function isWholeHour(instant: Date): boolean {
  return instant.getTime() % HOUR === 0;
}
