import type { Measure } from './line.ts';

/** Things that are measured one after the other, by name. */
type Sides<Name extends string> = Readonly<Record<Name, () => Promise<Measure>>>;

/**
 * Measures the sides in turn, round after round (A-B-A-B), so that a slow minute of the machine falls on all of
 * them, and answers each side's medians. What a round uses up is made by `prepare`, before any clock runs.
 */
export async function takeTurns<Name extends string>(
  rounds: number,
  prepare: (round: number) => Promise<Sides<Name>>,
): Promise<Readonly<Record<Name, Measure>>> {
  const taken = new Map<Name, Measure[]>();
  for (let round = 0; round < rounds; round++) {
    const sides = await prepare(round);
    for (const name of Object.keys(sides) as Name[]) {
      taken.set(name, [...(taken.get(name) ?? []), await sides[name]()]);
    }
  }
  const medians = [...taken].map(([name, measures]) => [name, medianOf(measures)] as const);
  return Object.fromEntries(medians) as Record<Name, Measure>;
}

function medianOf(measures: readonly Measure[]): Measure {
  return {
    rate: median(measures.map(({ rate }) => rate)),
    p50: median(measures.map(({ p50 }) => p50)),
    p99: median(measures.map(({ p99 }) => p99)),
  };
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  return (quantile(values, 0.5, Math.floor) + quantile(values, 0.5, Math.ceil)) / 2;
}

/** The value below which that part of the values lies. */
export function quantile(values: readonly number[], part: number, whole = Math.ceil): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[whole(part * (sorted.length - 1))] ?? Number.NaN;
}
