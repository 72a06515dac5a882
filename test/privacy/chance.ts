/** Whether a suspicion does better than chance: a permutation test over who is who. */

import type { Suspicion } from './adversary.ts';
import type { Evidence, Somebody } from './evidence.ts';

/**
 * The share of random relabellings of the people, within their crowds, under which the suspicion fits the sightings at least as well as
 * under the truth, the truth itself counted among them. Under the null hypothesis, that what is suspected has nothing
 * to do with who it was, it is below any level p with a probability of at most p.
 */
export function probabilityOfChance(
  { sightings, people }: Evidence,
  truth: readonly string[],
  suspicion: Suspicion,
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
): number {
  const names = people.map(({ name }) => name);
  const scores = sightings.map(
    (sighting) => new Map(names.map((person) => [person, suspicion(sighting, person)])),
  );
  const fit = (named: ReadonlyMap<string, string>): number =>
    truth.reduce((sum, person, at) => sum + share(scores[at] ?? new Map(), named.get(person) ?? ''), 0);
  const real = fit(new Map(names.map((person) => [person, person])));
  const random = seeded(seed);
  let asGood = 1;
  for (let round = 0; round < rounds; round++) {
    if (fit(relabelled(people, random)) >= real - 1e-9) asGood += 1;
  }
  return asGood / (rounds + 1);
}

/** How many sightings somebody would get right who always names the one whom most speaks for. */
export function rightGuesses(
  { sightings, people }: Evidence,
  truth: readonly string[],
  suspicion: Suspicion,
): number {
  return sightings.filter((sighting, at) => {
    const ranked = people.map(({ name }) => ({ person: name, score: suspicion(sighting, name) }));
    const most = Math.max(...ranked.map(({ score }) => score));
    const named = ranked.filter(({ score }) => score === most);
    return named.length === 1 && named[0]?.person === truth[at];
  }).length;
}

/** The part of all suspicion that falls on one person, so that every sighting weighs the same. */
function share(scores: ReadonlyMap<string, number>, person: string): number {
  const all = [...scores.values()].reduce((sum, score) => sum + score, 0);
  return all === 0 ? 0 : (scores.get(person) ?? 0) / all;
}

function relabelled(people: readonly Somebody[], random: () => number): ReadonlyMap<string, string> {
  const crowds = new Map<string, string[]>();
  for (const { name, crowd } of people) crowds.set(crowd, [...(crowds.get(crowd) ?? []), name]);
  const pairs = [...crowds.values()].flatMap((crowd) => {
    const shuffled = shuffle(crowd, random);
    return crowd.map((name, at) => [name, shuffled[at] ?? name] as const);
  });
  return new Map(pairs);
}

function shuffle<T>(values: readonly T[], random: () => number): readonly T[] {
  const mixed = [...values];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}

/** Numbers from 0 to 1 that look random and are the same in each run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
