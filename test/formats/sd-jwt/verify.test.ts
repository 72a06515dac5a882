import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SD_JWT_VC_TYP } from '../../../src/formats/sd-jwt/vc.ts';
import { verifySdJwt } from '../../../src/formats/sd-jwt/verify.ts';
import { credential, disclosure, issuer, signed } from '../support/credential.ts';
import { changedAt, freshKey } from '../support/keys.ts';

const trust = { key: issuer.publicKey, typ: SD_JWT_VC_TYP };
const reasonOf = async (text: string, change = {}) => {
  const result = await verifySdJwt(text, { ...trust, ...change });
  return result.ok ? 'ok' : result.reason;
};

test('a good SD-JWT verifies, and says what was disclosed where', async () => {
  const result = await verifySdJwt(credential, trust);
  assert.equal(result.ok, true);
  if (!result.ok) return;
  assert.deepEqual(result.claims.age_equal_or_over, { '12': true, '18': true, '21': false });
  assert.deepEqual(result.claims.address, { country: 'DE', city: 'Berlin', zip: '10115' });
  assert.equal(result.claims.family_name, 'Example');
  assert.equal(Object.hasOwn(result.claims, '_sd') || Object.hasOwn(result.claims, '_sd_alg'), false);
  assert.deepEqual(result.disclosed.map((path) => path.join('/')).sort(), [
    'address',
    'address/city',
    'address/zip',
    'age_equal_or_over/12',
    'age_equal_or_over/18',
    'age_equal_or_over/21',
    'family_name',
  ]);
});

test('the key may be found by the header and payload', async () => {
  const finder = async (header: { kid?: unknown }) => (header.kid === 'issuer-1' ? issuer.publicKey : null);
  assert.equal(await reasonOf(credential, { key: finder }), 'ok');
  assert.equal(await reasonOf(credential, { key: async () => null }), 'unknown_key');
});

test('what is not an SD-JWT is malformed', async () => {
  assert.equal(await reasonOf(credential.slice(0, credential.indexOf('~'))), 'malformed');
});

test('another typ is refused where one is asked for', async () => {
  assert.equal(await reasonOf(credential, { typ: 'vc+sd-jwt' }), 'wrong_typ');
  assert.equal((await verifySdJwt(credential, { key: issuer.publicKey })).ok, true);
});

test("another issuer's key is refused", async () => {
  assert.equal(await reasonOf(credential, { key: (await freshKey()).publicKey }), 'bad_signature');
});

test('a disclosure that the issuer did not sign is refused by its own reason', async () => {
  assert.equal(await reasonOf(`${credential}${disclosure('salt', 'age', 99)}~`), 'unreferenced_disclosure');
  assert.equal(await reasonOf(await signed({ _sd_alg: 'md5' })), 'unsupported_hash');
});

test('an SD-JWT with any character changed is refused and never throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(credential.length - 1), async (index) => {
      assert.notEqual(await reasonOf(changedAt(credential, index)), 'ok');
    }),
    { numRuns: 300 },
  );
});

test('an SD-JWT with a piece cut out, doubled or moved is refused, unless whole disclosures were left out', async () => {
  const parts = credential.split('~').slice(0, -1);
  await fc.assert(
    fc.asyncProperty(fc.nat(credential.length), fc.nat(200), fc.nat(3), async (at, length, times) => {
      const piece = credential.slice(at, at + length);
      const text = credential.slice(0, at) + piece.repeat(times) + credential.slice(at + length);
      const left = text.split('~').slice(0, -1);
      const whole = left.every((part) => parts.includes(part)) && new Set(left).size === left.length;
      if (!whole) assert.notEqual(await reasonOf(text), 'ok');
    }),
    { numRuns: 300 },
  );
});

test('random text is malformed and never throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => assert.equal(await reasonOf(text), 'malformed')),
  );
});
