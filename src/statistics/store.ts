import { fromInstant, toFlag, toInstant } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { BATCH, deleteSome } from '../db/purge.ts';
import type { Count, Dimension } from './count.ts';
import type { Group } from './hide.ts';

/** Which questions, and by what they are counted. */
export interface CountsAsked {
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly live: boolean;
  readonly by: readonly Dimension[];
}

/** How many questions were answered, by the hour and by what they were: never by whom they were about. */
export interface CountStore {
  /**
   * Adds to the counts, in one statement. Let it be the last of its transaction: others who count the same wait from
   * here to the commit.
   */
  add(counts: readonly Count[]): Promise<void>;
  /** The groups that have any question, in order, at most so many. Without dimensions, one group or none. */
  groups(asked: CountsAsked, most: number): Promise<readonly Group[]>;
  /** Deletes counts of hours before an instant, at most so many; answers how many those were. */
  purge(before: Date, most?: number): Promise<number>;
}

const KEY = ['hour', 'retailer_id', 'policy', 'outcome', 'reason', 'live'];
const COLUMN = {
  hour: 'hour',
  outcome: 'outcome',
  reason: 'reason',
  policy: 'policy',
  retailer: 'retailer_id',
} as const satisfies Record<Dimension, string>;

type Row = Readonly<Record<string, string | number | null>>;

export function countStore(db: Db): CountStore {
  return {
    async add(counts) {
      if (counts.length === 0) return;
      await db('verification_counts')
        .insert(counts.map(toRow))
        .onConflict(KEY)
        .merge({ questions: db.raw('verification_counts.questions + excluded.questions') });
    },

    async groups({ from, to, live, by }, most) {
      const columns = by.map((dimension) => COLUMN[dimension]);
      const counted = db('verification_counts')
        .where('hour', '>=', toInstant(from))
        .where('hour', '<', toInstant(to))
        .where({ live: toFlag(live) })
        .sum({ questions: 'questions' });
      const grouped =
        columns.length === 0
          ? counted
          : counted.select(columns).groupBy(columns).orderBy(columns).limit(most);
      const rows = (await grouped) as readonly Row[];
      return rows
        .filter(({ questions }) => questions !== null)
        .map((row) => ({
          of: Object.fromEntries(by.map((name) => [name, fromColumn(name, row[COLUMN[name]] ?? '')])),
          count: Number(row.questions),
        }));
    },

    purge: (before, most = BATCH) =>
      deleteSome(db, { table: 'verification_counts', key: KEY, most }, (rows) =>
        rows.where('hour', '<', toInstant(before)),
      ),
  };
}

/** What is not there stands as empty text: a key has no room for null. */
function toRow({ hour, retailer, policy, outcome, reason, live, questions }: Count) {
  return {
    hour: toInstant(hour),
    retailer_id: retailer,
    policy: policy ?? '',
    outcome,
    reason: reason ?? '',
    live: toFlag(live),
    questions,
  };
}

function fromColumn(dimension: Dimension, column: string | number): string | null {
  if (dimension === 'hour') return fromInstant(column).toISOString();
  return column === '' ? null : String(column);
}
