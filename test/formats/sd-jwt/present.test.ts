import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bindKey } from '../../../src/formats/sd-jwt/key-binding.ts';
import { chooseDisclosures } from '../../../src/formats/sd-jwt/present.ts';
import type { ClaimPath } from '../../../src/formats/sd-jwt/reveal.ts';
import { verifySdJwt } from '../../../src/formats/sd-jwt/verify.ts';
import { credential, disclosure, holder, issuer, NOW } from '../support/credential.ts';

async function disclosedBy(wanted: (path: ClaimPath) => boolean): Promise<readonly string[]> {
  const result = await verifySdJwt(chooseDisclosures(credential, wanted)!, { key: issuer.publicKey });
  return result.ok ? result.disclosed.map((path) => path.join('/')).sort() : [result.reason];
}

test('only what is wanted is disclosed, and everything else stays hidden', async () => {
  assert.deepEqual(await disclosedBy((path) => path.join('/') === 'age_equal_or_over/18'), [
    'age_equal_or_over/18',
  ]);
  const text = chooseDisclosures(credential, () => false);
  assert.equal(text, `${credential.slice(0, credential.indexOf('~'))}~`);
});

test('everything wanted is the credential itself', () => {
  assert.equal(
    chooseDisclosures(credential, () => true),
    credential,
  );
});

test('a wanted claim brings the hidden claim it stands in, but not its neighbours', async () => {
  assert.deepEqual(await disclosedBy((path) => path[1] === 'city'), ['address', 'address/city']);
});

test('a wanted object does not bring its hidden members', async () => {
  assert.deepEqual(await disclosedBy((path) => path.join() === 'address'), ['address']);
});

test('a key binding is left off', async () => {
  const bound = await bindKey(credential, holder.signer, { audience: 'a', nonce: 'n', issuedAt: NOW });
  assert.equal(
    chooseDisclosures(bound, () => true),
    credential,
  );
});

test('what is no SD-JWT, or has disclosures that do not fit, is null', () => {
  assert.equal(
    chooseDisclosures('nothing', () => true),
    null,
  );
  assert.equal(
    chooseDisclosures(`${credential}${disclosure('s', 'n', 1)}~`, () => true),
    null,
  );
});

test('every choice verifies and discloses what was chosen with its parents, and no more', async () => {
  const all = ['address', 'address/city', 'address/zip', 'age_equal_or_over/18', 'family_name'];
  await fc.assert(
    fc.asyncProperty(fc.subarray(all), async (chosen) => {
      const parents = chosen.some((path) => path.startsWith('address/')) ? ['address'] : [];
      const expected = [...new Set([...chosen, ...parents])].sort();
      assert.deepEqual(await disclosedBy((path) => chosen.includes(path.join('/'))), expected);
    }),
    { numRuns: 32 },
  );
});
