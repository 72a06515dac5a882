import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/formats/json.ts';
import { jsonOfBase64url } from '../../../src/formats/json.ts';
import { conceal, selective } from '../../../src/formats/sd-jwt/conceal.ts';
import { parseSdJwt } from '../../../src/formats/sd-jwt/parse.ts';
import { reveal } from '../../../src/formats/sd-jwt/reveal.ts';
import { signed } from '../support/credential.ts';
import { random } from '../support/keys.ts';

const hidden = { a: 1, b: 'two', c: [3] };

async function revealed(payload: JsonObject, disclosures: readonly string[]): Promise<unknown> {
  const parsed = parseSdJwt(await signed(payload, disclosures));
  const result = reveal(payload, parsed?.disclosures ?? []);
  return result.ok ? result.claims : result.reason;
}

test('open members stand in the payload, hidden ones only in disclosures', () => {
  const { payload, disclosures } = conceal({ open: { x: 1 }, hidden }, random);
  assert.deepEqual(Object.keys(payload), ['x', '_sd', '_sd_alg']);
  assert.equal(payload._sd_alg, 'sha-256');
  const names = disclosures.map((text) => (jsonOfBase64url(text) as Json[])[1]);
  assert.deepEqual(names, ['a', 'b', 'c']);
});

test('an object has exactly the asked number of digests, all alike and sorted', () => {
  const { payload } = conceal({ hidden, digests: 9 }, random);
  const digests = payload._sd as string[];
  assert.equal(digests.length, 9);
  assert.deepEqual(digests, [...digests].sort());
  assert.equal(new Set(digests).size, 9);
  for (const digest of digests) assert.match(digest, /^[A-Za-z0-9_-]{43}$/);
});

test('without a number there are as many digests as hidden members, and none makes no _sd', () => {
  assert.equal((conceal({ hidden }, random).payload._sd as string[]).length, 3);
  assert.deepEqual(conceal({ open: { x: 1 } }, random).payload, { x: 1, _sd_alg: 'sha-256' });
});

test('salts have 128 bits and are never the same', () => {
  const salts = [1, 2]
    .flatMap(() => conceal({ hidden }, random).disclosures)
    .map((text) => (jsonOfBase64url(text) as Json[])[0]);
  assert.equal(new Set(salts).size, 6);
  for (const salt of salts) assert.match(String(salt), /^[A-Za-z0-9_-]{22}$/);
});

test('objects with hidden members may be open, hidden, and inside one another', async () => {
  const inner = selective({ open: { d: 4 }, hidden: { e: selective({ hidden: { f: 5 }, digests: 2 }) } });
  const { payload, disclosures } = conceal({ open: { o: inner }, hidden: { h: inner } }, random);
  const whole = { d: 4, e: { f: 5 } };
  assert.equal(disclosures.length, 5);
  assert.deepEqual(await revealed(payload, disclosures), { o: whole, h: whole });
});

test('more hidden members than digests are a bug', () => {
  assert.throws(() => conceal({ hidden, digests: 2 }, random), /more hidden members/);
  assert.throws(() => conceal({ hidden, digests: 3.5 }, random), /more hidden members/);
});

test('the names that the standard keeps are refused wherever they stand', () => {
  for (const name of ['_sd', '...', '_sd_alg']) {
    const message = /no member may be called/;
    assert.throws(() => conceal({ open: { [name]: 1 } }, random), message);
    assert.throws(() => conceal({ hidden: { [name]: 1 } }, random), message);
    assert.throws(() => conceal({ open: { a: [{ [name]: 1 }] } }, random), message);
    assert.throws(() => conceal({ hidden: { a: { b: { [name]: 1 } } } }, random), message);
  }
});

test('a member both open and hidden is a bug', () => {
  assert.throws(() => conceal({ open: { a: 1 }, hidden: { a: 2 } }, random), /both open and hidden/);
});

test('too few random bytes are a bug', () => {
  assert.throws(() => conceal({ hidden }, () => new Uint8Array(8)), /randomness/);
});

test('what was hidden is what is revealed, for any names and values', async () => {
  const members = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 6 });
  await fc.assert(
    fc.asyncProperty(members, async (any) => {
      const values = JSON.parse(JSON.stringify(any));
      const { payload, disclosures } = conceal({ hidden: values, digests: 8 }, random);
      assert.deepEqual(await revealed(payload, disclosures), values);
    }),
    { numRuns: 50 },
  );
});
