import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import type { JsonObject } from '../../../src/formats/json.ts';
import { parseSdJwt } from '../../../src/formats/sd-jwt/parse.ts';
import type { RevealResult } from '../../../src/formats/sd-jwt/reveal.ts';
import { DEEPEST, reveal } from '../../../src/formats/sd-jwt/reveal.ts';
import { base64url, utf8 } from '../../../src/kernel/bytes.ts';
import { disclosure, signed } from '../support/credential.ts';

const A = disclosure('salt', 'a', 1);
const E = disclosure('salt', 'element');
const hashed = (text: string, hash: (bytes: Uint8Array) => Uint8Array = sha256) =>
  base64url(hash(utf8(text)));

async function revealed(payload: JsonObject, ...disclosures: string[]): Promise<RevealResult> {
  const parsed = parseSdJwt(await signed(payload, disclosures));
  return reveal(payload, parsed!.disclosures);
}

async function claimsOf(payload: JsonObject, ...disclosures: string[]): Promise<unknown> {
  const result = await revealed(payload, ...disclosures);
  return result.ok ? result.claims : result.reason;
}

test('a member takes its place, and every trace of digests is gone', async () => {
  const payload = { x: 1, _sd: [hashed(A), 'decoy'], _sd_alg: 'sha-256' };
  assert.deepEqual(await claimsOf(payload, A), { x: 1, a: 1 });
  assert.deepEqual(await claimsOf(payload), { x: 1 });
});

test('an element takes its place, and what is not disclosed leaves no gap', async () => {
  const payload = { list: [{ '...': 'unknown' }, 'first', { '...': hashed(E) }, { '...': 'other' }] };
  const result = await revealed(payload, E);
  assert.equal(result.ok, true);
  assert.deepEqual(result.ok && result.claims, { list: ['first', 'element'] });
  assert.deepEqual(result.ok && result.revealed.map(({ path }) => path), [['list', 1]]);
});

test('disclosures inside disclosures are found in any order', async () => {
  const outer = disclosure('salt', 'o', { _sd: [hashed(A)], list: [{ '...': hashed(E) }] });
  const payload = { _sd: [hashed(outer)] };
  for (const order of [
    [outer, A, E],
    [E, A, outer],
  ])
    assert.deepEqual(await claimsOf(payload, ...order), { o: { a: 1, list: ['element'] } });
});

test('SHA-256, SHA-384 and SHA-512 are known by name, SHA-256 where none is named', async () => {
  for (const [name, hash] of [
    ['sha-256', sha256],
    ['sha-384', sha384],
    ['sha-512', sha512],
  ] as const)
    assert.deepEqual(await claimsOf({ _sd: [hashed(A, hash)], _sd_alg: name }, A), { a: 1 });
  assert.deepEqual(await claimsOf({ _sd: [hashed(A)] }, A), { a: 1 });
});

test('another hash is refused', async () => {
  for (const _sd_alg of ['md5', 'SHA-256', 'sha-1', null, 256, 'constructor'])
    assert.equal(await claimsOf({ _sd: [], _sd_alg }), 'unsupported_hash');
});

test('digests that are not an array of strings are refused', async () => {
  for (const _sd of ['x', {}, null, [1], ['x', null]])
    assert.equal(await claimsOf({ _sd }), 'malformed_digests');
  for (const element of [{ '...': 1 }, { '...': null }, { '...': 'x', more: 1 }])
    assert.equal(await claimsOf({ list: [element] }), 'malformed_digests');
});

test('a name that the standard keeps is refused, signed or disclosed', async () => {
  assert.equal(await claimsOf({ a: { '...': 'x' } }), 'forbidden_name');
  for (const name of ['_sd', '...']) {
    const bad = disclosure('salt', name, ['x']);
    assert.equal(await claimsOf({ _sd: [hashed(bad)] }, bad), 'forbidden_name');
  }
});

test('a disclosure in a place of the other kind is refused', async () => {
  assert.equal(await claimsOf({ _sd: [hashed(E)] }, E), 'wrong_kind_of_disclosure');
  assert.equal(await claimsOf({ list: [{ '...': hashed(A) }] }, A), 'wrong_kind_of_disclosure');
});

test('a disclosure given twice is refused', async () => {
  assert.equal(await claimsOf({ _sd: [hashed(A)] }, A, A), 'duplicate_disclosure');
});

test('a digest that stands twice is refused, disclosed or not, at any level', async () => {
  assert.equal(await claimsOf({ _sd: ['x', 'x'] }), 'duplicate_digest');
  assert.equal(await claimsOf({ _sd: [hashed(A)], o: { _sd: [hashed(A)] } }, A), 'duplicate_digest');
  assert.equal(await claimsOf({ _sd: ['x'], list: [{ '...': 'x' }] }), 'duplicate_digest');
  const outer = disclosure('salt', 'o', { _sd: ['x'] });
  assert.equal(await claimsOf({ _sd: ['x', hashed(outer)] }, outer), 'duplicate_digest');
});

test('a disclosure that nothing refers to is refused', async () => {
  assert.equal(await claimsOf({ x: 1 }, A), 'unreferenced_disclosure');
  const outer = disclosure('salt', 'o', { _sd: [hashed(A)] });
  assert.equal(await claimsOf({ _sd: [hashed(outer)] }, A), 'unreferenced_disclosure');
});

test('a name that is already there is refused, signed or disclosed', async () => {
  const again = disclosure('other salt', 'a', 2);
  assert.equal(await claimsOf({ a: 0, _sd: [hashed(A)] }, A), 'name_clash');
  assert.equal(await claimsOf({ _sd: [hashed(A), hashed(again)] }, A, again), 'name_clash');
  const alg = disclosure('salt', '_sd_alg', 'sha-512');
  assert.equal(await claimsOf({ _sd: [hashed(alg)], _sd_alg: 'sha-256' }, alg), 'name_clash');
  assert.deepEqual(await claimsOf({ o: { a: 0 }, _sd: [hashed(A)] }, A), { o: { a: 0 }, a: 1 });
});

test('names that mean something to JavaScript are plain data', async () => {
  const proto = base64url(utf8('["salt","__proto__",{"admin":true}]'));
  const result = await revealed({ _sd: [hashed(proto)] }, proto);
  assert.equal(result.ok, true);
  if (!result.ok) return;
  assert.deepEqual(Object.keys(result.claims), ['__proto__']);
  assert.equal(Object.getPrototypeOf(result.claims), Object.prototype);
  assert.equal(result.claims.admin, undefined);
  const inherited = disclosure('salt', 'constructor', 1);
  assert.deepEqual(await claimsOf({ _sd: [hashed(inherited)] }, inherited), { constructor: 1 });
});

test('32 levels are read and one more is not', async () => {
  const nested = (levels: number) => JSON.parse('{"a":'.repeat(levels) + 1 + '}'.repeat(levels));
  assert.deepEqual(await claimsOf(nested(DEEPEST)), nested(DEEPEST));
  assert.equal(await claimsOf(nested(DEEPEST + 1)), 'too_deep');
  const abyss = { a: JSON.parse('['.repeat(90_000) + ']'.repeat(90_000)) };
  assert.deepEqual(reveal(abyss, []), { ok: false, reason: 'too_deep' });
});

test('a payload without digests is its own claims, whatever it is', async () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 }));
  await fc.assert(
    fc.asyncProperty(object, async (any) => {
      const payload = JSON.parse(JSON.stringify(any));
      assert.deepEqual(await claimsOf(payload), payload);
    }),
    { numRuns: 50 },
  );
});
