import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ApiKeyKind, makeApiKey, readApiKey } from '../../src/keys/api-key.ts';
import { seeded } from '../support/random.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const KINDS: readonly ApiKeyKind[] = ['admin', 'live', 'test'];
const kinds = fc.constantFrom(...KINDS);
const made = fc.record({ kind: kinds, seed: fc.nat() });

test('a key is its kind, 40 random characters and 6 that check them, and is read back', () => {
  fc.assert(
    fc.property(made, ({ kind, seed }) => {
      const key = makeApiKey(kind, seeded(seed));
      assert.match(key, new RegExp(`^cp_${kind}_[0-9A-Za-z]{46}$`));
      assert.equal(readApiKey(key), kind);
    }),
  );
});

test('the check is the CRC-32 of what stands before it, in base 62', () => {
  const key = makeApiKey('live', () => new Uint8Array(40));
  assert.equal(key.slice(0, -6), `cp_live_${'0'.repeat(40)}`);
  let bits = 0xffffffff;
  for (const byte of Buffer.from(key.slice(0, -6))) {
    bits ^= byte;
    for (let i = 0; i < 8; i++) bits = bits & 1 ? (bits >>> 1) ^ 0xedb88320 : bits >>> 1;
  }
  const check = [...key.slice(-6)].reduce((sum, letter) => sum * 62 + BASE62.indexOf(letter), 0);
  assert.equal(check, (bits ^ 0xffffffff) >>> 0);
});

test('any one changed character is noticed', () => {
  fc.assert(
    fc.property(made, fc.nat({ max: 45 }), fc.constantFrom(...BASE62), ({ kind, seed }, at, letter) => {
      const key = makeApiKey(kind, seeded(seed));
      const i = key.length - 46 + at;
      fc.pre(key[i] !== letter);
      assert.equal(readApiKey(key.slice(0, i) + letter + key.slice(i + 1)), null);
    }),
    { numRuns: 1_000 },
  );
});

test('two neighbours that changed places are noticed', () => {
  fc.assert(
    fc.property(made, fc.nat({ max: 44 }), ({ kind, seed }, at) => {
      const key = makeApiKey(kind, seeded(seed));
      const i = key.length - 46 + at;
      fc.pre(key[i] !== key[i + 1]);
      assert.equal(readApiKey(key.slice(0, i) + key[i + 1] + key[i] + key.slice(i + 2)), null);
    }),
  );
});

test('a key of one kind is none of another', () => {
  fc.assert(
    fc.property(made, kinds, ({ kind, seed }, other) => {
      fc.pre(kind !== other);
      const key = makeApiKey(kind, seeded(seed));
      assert.equal(readApiKey(key.replace(`cp_${kind}_`, `cp_${other}_`)), null);
    }),
  );
});

test('what is cut, longer, of an unknown kind or in other characters is no key', () => {
  const key = makeApiKey('test', seeded(1));
  for (const text of [
    '',
    'cp_test_',
    key.slice(0, -1),
    `${key}0`,
    `${key}\n`,
    ` ${key}`,
    key.replace('cp_test', 'cp_root'),
    key.replace('cp_', 'CP_'),
    `${key.slice(0, 10)}-${key.slice(11)}`,
  ]) {
    assert.equal(readApiKey(text), null, JSON.stringify(text));
  }
});

test('every character is as likely as every other: bytes of 248 and more are thrown away', () => {
  const given = [...Array<number>(40).fill(248), ...Array<number>(40).fill(247)];
  const key = makeApiKey('live', (length) => Uint8Array.from(given.splice(0, length)));
  assert.equal(key.slice(8, 48), BASE62[247 % 62]!.repeat(40));
});
