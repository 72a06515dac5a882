import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { idPattern, type Mint, minter, type Noun, readId } from '../../src/kernel/ids.ts';
import { seeded } from '../support/random.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const PREFIX: Record<Noun, string> = {
  person: 'per',
  wallet: 'wal',
  offer: 'off',
  retailer: 'ret',
  store: 'sto',
  terminal: 'ter',
  verification: 'ver',
  presentation: 'prs',
  event: 'evt',
  admin_key: 'adk',
  issuer_key: 'key',
  status_list: 'lst',
  passkey: 'pky',
  session: 'ses',
  challenge: 'chl',
  officer: 'ofc',
  report: 'rep',
  request: 'req',
};
const NOUNS = Object.keys(PREFIX) as Noun[];

/** Mints by a clock that shows these instants, one after another, and then stands still. */
function mintAt(...instants: number[]): Mint {
  const shown = [...instants];
  const now = () => new Date(shown.length > 1 ? (shown.shift() ?? 0) : (shown[0] ?? 0));
  return minter({ now, random: seeded(1) });
}

function inOrder(ids: readonly string[]): void {
  for (const [i, id] of ids.entries()) if (i > 0) assert.ok(ids[i - 1]! < id, `${ids[i - 1]} < ${id}`);
}

test('an id is its prefix and 26 characters that nobody mistakes for each other', () => {
  for (const noun of NOUNS) {
    const id = mintAt(NOW)(noun);
    assert.match(id, new RegExp(`^${PREFIX[noun]}_[0-9a-hjkmnp-tv-z]{26}$`));
    assert.match(id, idPattern(noun));
  }
});

test('ids of one millisecond sort in the order in which they were made', () => {
  const mint = mintAt(NOW);
  inOrder(Array.from({ length: 2_000 }, () => mint('event')));
});

test('ids sort in the order in which they were made, however the clock jumps', () => {
  const instants = fc.array(fc.integer({ min: NOW - 1e7, max: NOW + 1e7 }), { minLength: 2, maxLength: 50 });
  fc.assert(
    fc.property(instants, (shown) => {
      const mint = mintAt(...shown);
      inOrder(shown.map(() => mint('event')));
    }),
  );
});

test('they sort even when the clock went back and more are made than one millisecond has room for', () => {
  const mint = mintAt(NOW, NOW - 3_600_000);
  inOrder(Array.from({ length: 70_000 }, () => mint('event')));
});

test('ids of different nouns share one order', () => {
  const mint = mintAt(NOW);
  const made = Array.from({ length: 100 }, (_, i) => mint(i % 2 ? 'event' : 'person'));
  inOrder(made.map((id) => id.slice(4)));
});

test('two processes that mint in the same millisecond make different ids', () => {
  const [one, other] = [1, 2].map((seed) => minter({ now: () => new Date(NOW), random: seeded(seed) }));
  assert.notEqual(one!('person'), other!('person'));
});

test('an id is read back as its own noun and as no other', () => {
  for (const noun of NOUNS) {
    const id = mintAt(NOW)(noun);
    assert.deepEqual(
      NOUNS.filter((other) => readId(other, id) !== null),
      [noun],
    );
  }
});

test('one character less, one more, another case or alphabet is no id', () => {
  const id = mintAt(NOW)('person');
  assert.equal(readId('person', id), id);
  for (const text of [
    '',
    'per_',
    id.slice(0, -1),
    `${id}0`,
    `${id}\n`,
    ` ${id}`,
    id.toUpperCase(),
    id.replace('_', '-'),
    id.slice(4),
    ...['i', 'l', 'o', 'u', 'é', '_'].map((letter) => id.slice(0, -1) + letter),
  ]) {
    assert.equal(readId('person', text), null, JSON.stringify(text));
    assert.doesNotMatch(text, idPattern('person'));
  }
});
