import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importP256, readP256PublicJwk, verifyEs256 } from '../../src/formats/jwk.ts';
import { verifyJws, verifySignedBytes } from '../../src/formats/jws.ts';
import { base64url } from '../../src/kernel/bytes.ts';
import { published, SKIP } from './published.ts';

interface Case {
  readonly tcId: number;
  readonly result: 'valid' | 'invalid' | 'acceptable';
}

interface EcdsaGroup {
  readonly publicKey: { readonly wx: string; readonly wy: string };
  readonly tests: readonly (Case & { readonly msg: string; readonly sig: string })[];
}

interface JwsGroup {
  readonly public?: object;
  readonly private?: object;
  readonly tests: readonly (Case & { readonly jws: unknown })[];
}

const bytesOf = (text: string) =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
/** Wycheproof writes coordinates as signed integers: perhaps with a zero before them, perhaps too short. */
const coordinate = (text: string) => base64url(bytesOf(text.replace(/^(00)+/, '').padStart(64, '0')));

async function keyOf(jwk: unknown) {
  const read = readP256PublicJwk(jwk);
  return read === null ? null : importP256(read);
}

test('ECDSA P-256 with SHA-256: every case of Wycheproof is judged as it says', { skip: SKIP }, async () => {
  const file = 'wycheproof/ecdsa_secp256r1_sha256_p1363_test.json';
  let judged = 0;
  for (const { publicKey, tests } of published<{ testGroups: EcdsaGroup[] }>(file).testGroups) {
    const key = await keyOf({
      kty: 'EC',
      crv: 'P-256',
      x: coordinate(publicKey.wx),
      y: coordinate(publicKey.wy),
    });
    assert.ok(key);
    for (const { tcId, msg, sig, result } of tests) {
      assert.notEqual(result, 'acceptable');
      assert.equal(await verifyEs256(key, bytesOf(msg), bytesOf(sig)), result === 'valid', `tcId ${tcId}`);
      judged++;
    }
  }
  assert.equal(judged, 262);
});

test('JWS: of all cases, only the valid ones of ES256 are signed bytes', { skip: SKIP }, async () => {
  const { testGroups } = published<{ testGroups: JwsGroup[] }>('wycheproof/json_web_signature_test.json');
  const accepted: number[] = [];
  const expected: number[] = [];
  for (const { public: publicKey, tests } of testGroups) {
    const key = await keyOf(publicKey);
    for (const { tcId, jws, result } of tests) {
      if (key !== null && result === 'valid') expected.push(tcId);
      if (key !== null && typeof jws === 'string' && (await verifySignedBytes(jws, key)) !== null)
        accepted.push(tcId);
    }
  }
  assert.deepEqual(accepted, [18, 378]);
  assert.deepEqual(accepted, expected);
});

test('JWS: every invalid case is refused with every P-256 key there is', { skip: SKIP }, async () => {
  const { testGroups } = published<{ testGroups: JwsGroup[] }>('wycheproof/json_web_signature_test.json');
  const keys = (await Promise.all(testGroups.map((group) => keyOf(group.public)))).filter(
    (key) => key !== null,
  );
  assert.equal(keys.length, 2);
  const notoriously = new Set([360, 365, 367, 368, 370, 375]);
  for (const { tcId, jws, result } of testGroups.flatMap(({ tests }) => tests)) {
    if (result !== 'invalid' || [354, 356].includes(tcId)) continue;
    for (const key of keys)
      assert.equal(await verifyJws(String(jws), key, { typ: null }), null, `tcId ${tcId}`);
    notoriously.delete(tcId);
  }
  assert.equal(notoriously.size, 0);
});

test('JWS: a key that is for encryption, or may not verify, is no key for signatures', { skip: SKIP }, () => {
  const { testGroups } = published<{ testGroups: JwsGroup[] }>('wycheproof/json_web_signature_test.json');
  const groups = testGroups.filter(({ tests }) => tests.some(({ tcId }) => tcId === 354 || tcId === 356));
  assert.equal(groups.length, 2);
  for (const group of groups) assert.equal(readP256PublicJwk(group.public), null);
});
