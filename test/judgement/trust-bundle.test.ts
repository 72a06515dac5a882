import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { JsonObject } from '../../src/formats/json.ts';
import { bundleSpeaksOf, provesClaim, readTrustBundle } from '../../src/judgement/trust-bundle.ts';
import { BUNDLE_NOW, bundlePayload, directoryKey } from '../support/bundles.ts';
import { makePassKey } from '../support/passes.ts';

const key = directoryKey(makePassKey());
const payload = (change: object = {}) => bundlePayload([key], change) as unknown as JsonObject;
const [alcohol] = bundlePayload([]).policies;
const withPolicy = (change: object) => payload({ policies: [{ ...alcohol, ...change }] });

test('a bundle is read with its times, bounds, keys and policies', () => {
  const bundle = readTrustBundle(payload()) ?? assert.fail('it was not read');
  assert.deepEqual(bundle.issuedAt, BUNDLE_NOW);
  assert.deepEqual(
    [bundle.staleAt.getTime(), bundle.expiresAt.getTime()].map(
      (at) => (at - BUNDLE_NOW.getTime()) / 3_600_000,
    ),
    [12, 72],
  );
  assert.deepEqual(bundle.freshness, { ahead: 60, old: 90, freshAhead: 5, freshOld: 40 });
  assert.deepEqual(bundle.keys, [{ ...key, spki: Uint8Array.from(key.spki) }]);
  assert.deepEqual(bundle.policies.map(({ id, offline }) => [id, offline]).slice(0, 3), [
    ['alcohol', 'allow'],
    ['student', 'allow'],
    ['fireworks', 'refuse'],
  ]);
  assert.equal(bundle.policies[1]?.discountCode, 'STUDENT10');
  assert.equal('discountCode' in bundle.policies[0]!, false);
});

test('what a later service adds is passed over', () => {
  assert.notEqual(readTrustBundle(payload({ more: 1 })), null);
  assert.notEqual(readTrustBundle(withPolicy({ more: 1 })), null);
});

describe('a bundle is none if', () => {
  for (const part of Object.keys(bundlePayload([]))) {
    test(`${part} is missing, or of another kind`, () => {
      const { [part]: _, ...rest } = payload();
      assert.equal(readTrustBundle(rest), null);
      for (const value of [null, '', [{}], {}, -1, 1.5, 'x']) {
        const isText = typeof value === 'string' && ['iss', 'aud'].includes(part);
        if (!isText) assert.equal(readTrustBundle(payload({ [part]: value })), null, JSON.stringify(value));
      }
    });
  }
  const wrong: [string, JsonObject][] = [
    ['it ends before it begins', payload({ exp: 1, stale_at: 1 })],
    ['it is over before it is stale', payload({ stale_at: 2_000_000_000 })],
    ['two policies have one id', payload({ policies: [alcohol, alcohol] })],
    ['a policy asks for nothing', withPolicy({ claims: [] })],
    ['a policy says neither to allow nor to refuse offline', withPolicy({ offline: 'maybe' })],
    ['a policy does not say whether another proof is taken', withPolicy({ other_proof: undefined })],
    ['a policy has a presenter that is not known', withPolicy({ presenter: 'voice' })],
    ['a policy has a name that is none', withPolicy({ id: 'Alcohol!' })],
    ['a policy has a discount code that is no text', withPolicy({ discount_code: 7 })],
    ['a key is listed twice', bundlePayload([key, key]) as unknown as JsonObject],
    ['a claim has no name', payload({ permitted_claims: ['AGE'] })],
    ['a bound is missing', payload({ freshness: { ahead: 60, old: 90, fresh_ahead: 5 } })],
  ];
  for (const [what, body] of wrong) test(what, () => assert.equal(readTrustBundle(body), null));
});

test('nothing is thrown, whatever the payload holds', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      (any) => readTrustBundle(any as JsonObject) === null,
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(payload())), fc.jsonValue(), (part, value) => {
      readTrustBundle(payload({ [part]: value }));
    }),
  );
});

test('a higher age answers a lower one, and a status itself alone', () => {
  assert.equal(provesClaim('age_over_21', 'age_over_18'), true);
  assert.equal(provesClaim('age_over_18', 'age_over_21'), false);
  assert.equal(provesClaim('status_student', 'status_student'), true);
  assert.equal(provesClaim('status_student', 'status_veteran'), false);
});

test('a bundle speaks of the keys that the shop may ask for, in windows that begin before it is over', () => {
  const speaks = bundleSpeaksOf(readTrustBundle(payload())!);
  const seen = (claim: string, notBefore: number) => ({
    claim,
    notBefore,
    expiresAt: 0,
    hash: '',
    withdrawn: false,
  });
  const end = Number(payload().exp);
  assert.equal(speaks(seen('age_over_18', end - 1)), true);
  assert.equal(speaks(seen('age_over_25', end - 1)), true);
  assert.equal(speaks(seen('age_over_18', end)), false);
  assert.equal(speaks(seen('age_over_16', end - 1)), false);
  assert.equal(speaks(seen('status_veteran', end - 1)), false);
});
