import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { VcResult, VcSource } from '../../../src/formats/sd-jwt/vc.ts';
import { checkVc, NEVER_HIDDEN } from '../../../src/formats/sd-jwt/vc.ts';
import { verifySdJwt } from '../../../src/formats/sd-jwt/verify.ts';
import { credential, holder, issuer, NOW, SECONDS } from '../support/credential.ts';

const at = { now: NOW, skew: 60 };
const verified = await verifySdJwt(credential, { key: issuer.publicKey });
if (!verified.ok) throw new Error(verified.reason);
const good: VcSource = verified;

/** The good credential with other claims, which are open. */
function checkedWith(claims: object): VcResult {
  const without = (source: object) => JSON.parse(JSON.stringify({ ...source, ...claims }));
  return checkVc({ ...good, payload: without(good.payload), claims: without(good.claims) }, at);
}

function reasonOf(result: VcResult): string {
  return result.ok ? 'ok' : result.reason;
}

test('a good credential says its type, issuer, times, holder and status', () => {
  assert.deepEqual(checkVc(good, at), {
    ok: true,
    vct: 'https://id.example/vct/age',
    issuer: 'https://id.example',
    issuedAt: new Date('2026-11-22T09:00:00Z'),
    expiresAt: new Date('2026-11-23T10:00:00Z'),
    holderKey: holder.jwk,
    status: { idx: 7, uri: 'https://id.example/status/1' },
  });
});

test('only the type is required', () => {
  const result = checkVc({ payload: { vct: 'a' }, claims: { vct: 'a' }, disclosed: [] }, at);
  const nothing = { issuer: null, issuedAt: null, expiresAt: null, holderKey: null, status: null };
  assert.deepEqual(result, { ok: true, vct: 'a', ...nothing });
});

test('the type is a string and not empty', () => {
  for (const vct of [undefined, '', 1, null, ['a']]) assert.equal(reasonOf(checkedWith({ vct })), 'no_vct');
});

test('claims that must be open are refused if they, or anything in them, were disclosed', () => {
  for (const name of NEVER_HIDDEN) {
    for (const path of [[name], [name, 'jwk'], [name, 0]])
      assert.equal(reasonOf(checkVc({ ...good, disclosed: [path] }, at)), 'hidden_claim', name);
  }
  assert.equal(reasonOf(checkVc({ ...good, disclosed: [['iat'], ['sub'], ['a', 'exp']] }, at)), 'ok');
});

test('claims that must be open are refused if anything in them is still hidden', () => {
  assert.equal(reasonOf(checkedWith({ cnf: { jwk: holder.jwk, _sd: ['x'] } })), 'hidden_claim');
  assert.equal(reasonOf(checkedWith({ aka_vcts: [{ '...': 'x' }] })), 'hidden_claim');
});

test('a credential is good until exp, exclusive, give or take the skew', () => {
  assert.equal(reasonOf(checkedWith({ exp: SECONDS - 59 })), 'ok');
  assert.equal(reasonOf(checkedWith({ exp: SECONDS - 60 })), 'expired');
});

test('a credential is good from nbf and from iat, give or take the skew', () => {
  for (const name of ['nbf', 'iat']) {
    assert.equal(reasonOf(checkedWith({ [name]: SECONDS + 60 })), 'ok', name);
    assert.equal(reasonOf(checkedWith({ [name]: SECONDS + 61 })), 'not_yet_valid', name);
  }
});

test('times that are not numbers of this world, and an issuer that is no string, are malformed', () => {
  for (const claims of [{ exp: '1' }, { nbf: null }, { iat: {} }, { exp: 1e300 }, { iss: 1 }, { iss: null }])
    assert.equal(reasonOf(checkedWith(claims)), 'malformed_claim', JSON.stringify(claims));
});

test('a holder key that we cannot use is refused', () => {
  for (const cnf of [null, {}, { kid: 'a' }, { jwk: { ...holder.jwk, crv: 'P-384' } }, holder.jwk])
    assert.equal(reasonOf(checkedWith({ cnf })), 'unsupported_cnf');
});

test('a status that we cannot use is refused', () => {
  const uri = 'https://id.example/status/1';
  const lists = [
    { idx: -1, uri },
    { idx: 0.5, uri },
    { idx: '1', uri },
    { idx: 1 },
    { idx: 1, uri: '' },
    { uri },
  ];
  for (const status of [null, {}, 'x', { other: {} }, ...lists.map((status_list) => ({ status_list }))])
    assert.equal(reasonOf(checkedWith({ status })), 'unsupported_status');
});

test('random claims never throw', () => {
  const claims = fc.dictionary(
    fc.constantFrom(...NEVER_HIDDEN, 'iat', '_sd', '...'),
    fc.jsonValue({ maxDepth: 3 }),
  );
  fc.assert(fc.property(claims, (any) => assert.match(reasonOf(checkedWith(any)), /^[a-z_]+$/)));
});
