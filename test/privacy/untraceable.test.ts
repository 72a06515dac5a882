import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { spellingsOf, WAYS } from './adversary.ts';
import { probabilityOfChance, rightGuesses } from './chance.ts';
import { type Leak, Town } from './town.ts';

const PEOPLE = 16;
const SHOPS = 3;
const DAYS = 4;
const ROUNDS = 9_999;
/**
 * An adversary counts as no better than chance while no way does so well that chance would one time in a thousand, and
 * as having found something where chance would less than one time in two thousand.
 */
const CHANCE = 0.001;
const FOUND = 0.0005;

/** Each leak, and the way that finds it. */
const LEAKS: readonly (readonly [Leak, keyof typeof WAYS])[] = [
  ['refills right after use', 'askedNearby'],
  ['calls to unlock', 'askedNearby'],
  ['shows from a stale window', 'fewUnderTheKey'],
  ['a cookie on a public fetch', 'markedNearby'],
  ['a constant clock offset', 'sameClock'],
  // The last: a phone that was shown other keys trusts the service no more.
  ['a key for one person only', 'fewUnderTheKey'],
];

describe('somebody who holds the database, the logs and every request of service and shops', () => {
  const undo: (() => unknown)[] = [];
  let town: Town;
  before(async () => {
    const t = { after: (work: () => unknown) => undo.push(work) } as never;
    town = await Town.found(t, PEOPLE, SHOPS);
  });
  after(async () => {
    for (const work of undo.reverse()) await work();
  });

  test('does no better than chance at telling whose a pass was', async (t) => {
    const { evidence, truth } = await town.live(DAYS);
    assert.equal(evidence.sightings.length, PEOPLE * DAYS);
    for (const [name, way] of Object.entries(WAYS)) {
      const suspicion = way(evidence);
      const chance = probabilityOfChance(evidence, truth, suspicion, { rounds: ROUNDS, seed: 1 });
      const right = rightGuesses(evidence, truth, suspicion);
      t.diagnostic(`${name}: p = ${chance.toFixed(3)}, ${right} of ${truth.length} named`);
      assert.ok(chance > CHANCE, `${name} does better than chance: p = ${chance}`);
    }
  });

  test('finds no part of a pass in any request, answer or log', async () => {
    const { evidence } = await town.live(1);
    const said = evidence.arrivals
      .filter(({ route }) => route !== 'POST /v1/verifications')
      .map(({ body, answer }) => body + answer)
      .join('\n');
    for (const sighting of evidence.sightings)
      for (const part of spellingsOf(sighting))
        assert.equal(said.includes(part) || town.log().includes(part), false);
  });

  for (const [leak, way] of LEAKS) {
    test(`finds people out by a wallet that has this fault: ${leak}`, async (t) => {
      const { evidence, truth } = await town.live(DAYS, leak);
      const suspicion = (WAYS[way] ?? assert.fail())(evidence);
      const chance = probabilityOfChance(evidence, truth, suspicion, { rounds: ROUNDS, seed: 2 });
      t.diagnostic(
        `${way}: p = ${chance.toFixed(4)}, ${rightGuesses(evidence, truth, suspicion)} of ${truth.length} named`,
      );
      assert.ok(chance < FOUND, `${way} does not find it: p = ${chance}`);
    });
  }
});
