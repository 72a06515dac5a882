import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { importP256, readP256PublicJwk, thumbprint, verifyEs256 } from '../../src/formats/jwk.ts';
import { base64url, utf8 } from '../../src/kernel/bytes.ts';
import { freshKey } from './support/keys.ts';

const { jwk: good, publicKey, signer } = await freshKey();
const THUMBPRINT = 'aISfTcr9M_Zd09AXGAAeFxnLbFY6lBa87UN515wm5d4';
const DATA = utf8('data');
const signature = await signer.sign(DATA);

test('a P-256 public key is read without its other members', () => {
  const extra = { ...good, kid: 'a', use: 'sig', alg: 'ES256', key_ops: ['verify'] };
  assert.deepEqual(readP256PublicJwk(extra), good);
});

const refused: Record<string, unknown> = {
  'a private key': { ...good, d: good.x },
  'another curve': { ...good, crv: 'P-384' },
  'another kind of key': { ...good, kty: 'OKP' },
  'a short x': { ...good, x: base64url(new Uint8Array(31)) },
  'a long y': { ...good, y: base64url(new Uint8Array(33)) },
  'a padded x': { ...good, x: `${good.x}=` },
  'an x with left-over bits': { ...good, x: `${'A'.repeat(42)}B` },
  'a missing y': { kty: 'EC', crv: 'P-256', x: good.x },
  'a key for encryption': { ...good, use: 'enc' },
  'a key that may not verify': { ...good, key_ops: ['deriveKey'] },
  'a key of another algorithm': { ...good, alg: 'ECDH-ES' },
  'inherited members': Object.create(good),
  'a string': 'key',
  'an array': [good],
  null: null,
};

for (const [name, value] of Object.entries(refused)) {
  test(`refused as a P-256 public key: ${name}`, () => assert.equal(readP256PublicJwk(value), null));
}

test('a point off the curve is not imported', async () => {
  const zero = base64url(new Uint8Array(32));
  assert.notEqual(await importP256(good), null);
  assert.equal(await importP256({ ...good, y: good.x }), null);
  assert.equal(await importP256({ ...good, x: zero, y: zero }), null);
});

test('the thumbprint is that of RFC 7638 over crv, kty, x and y', () => {
  const jwk = readP256PublicJwk({
    kty: 'EC',
    crv: 'P-256',
    x: 'TCAER19Zvu3OHF4j4W4vfSVoHIP1ILilDls7vCeGemc',
    y: 'ZxjiWWbZMQGHVWKVQ4hbSIirsVfuecCE6t4jT9F2HZQ',
  });
  assert.equal(thumbprint(jwk!), THUMBPRINT);
  assert.notEqual(thumbprint(good), THUMBPRINT);
});

test('a signature verifies with its own key and data, at its own length', async () => {
  assert.equal(await verifyEs256(publicKey, DATA, signature), true);
  assert.equal(await verifyEs256((await freshKey()).publicKey, DATA, signature), false);
  assert.equal(await verifyEs256(publicKey, utf8('date'), signature), false);
  assert.equal(await verifyEs256(publicKey, DATA, signature.subarray(0, 63)), false);
  assert.equal(await verifyEs256(publicKey, DATA, Uint8Array.of(...signature, 0)), false);
});

test('random values are never a key and never throw', () => {
  fc.assert(fc.property(fc.anything(), (value) => assert.equal(readP256PublicJwk(value), null)));
});
