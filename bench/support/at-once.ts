import type { Measure } from './line.ts';
import { quantile } from './turns.ts';

/** Does a piece of work for each item, so many at once, and measures it. What the work throws ends the run. */
export async function atOnce<Item>(
  most: number,
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<Measure> {
  const times: number[] = [];
  const queue = items.values();
  const lane = async (): Promise<void> => {
    for (const item of queue) {
      const began = performance.now();
      await work(item);
      times.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: most }, lane));
  const seconds = (performance.now() - began) / 1_000;
  return { rate: items.length / seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}
