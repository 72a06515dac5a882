import type { Reason } from '../judgement/verdict.ts';
import type { Id } from '../kernel/ids.ts';

/** What questions can be counted by. */
export const DIMENSIONS = ['hour', 'outcome', 'reason', 'policy', 'retailer'] as const;

export type Dimension = (typeof DIMENSIONS)[number];

/** What of an answered question is counted. There is no person, terminal or token in it. */
export interface Countable {
  readonly retailer: Id<'retailer'>;
  readonly live: boolean;
  readonly outcome: 'approved' | 'refused';
  readonly reason: Reason | null;
  readonly asked: { readonly policies: readonly string[] | null };
  readonly checkedAt: Date;
}

/** How many questions there were of one kind. */
export interface Count {
  /** The beginning of the hour, in UTC. */
  readonly hour: Date;
  readonly retailer: Id<'retailer'>;
  /** The policy that was asked, several joined with `+`, or null if the question named claims. */
  readonly policy: string | null;
  readonly outcome: 'approved' | 'refused';
  readonly reason: Reason | null;
  readonly live: boolean;
  readonly questions: number;
}

export const HOUR = 3_600_000;

/**
 * Counts a set of questions. Equal kinds come once, and always in the same order, so that two sets that are written
 * at the same time never wait for each other in a circle.
 */
export function countsOf(set: readonly Countable[]): readonly Count[] {
  const counts = new Map<string, Count>();
  for (const one of set) {
    const kind = kindOf(one);
    const key = JSON.stringify(Object.values(kind));
    counts.set(key, { ...kind, questions: (counts.get(key)?.questions ?? 0) + 1 });
  }
  return [...counts.keys()].sort().flatMap((key) => counts.get(key) ?? []);
}

function kindOf({ retailer, live, outcome, reason, asked, checkedAt }: Countable): Omit<Count, 'questions'> {
  const hour = new Date(Math.floor(checkedAt.getTime() / HOUR) * HOUR);
  const policy = asked.policies === null ? null : [...new Set(asked.policies)].sort().join('+');
  return { hour, retailer, policy, outcome, reason, live };
}
