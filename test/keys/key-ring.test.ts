import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { compactVerify, createLocalJWKSet, importJWK } from 'jose';
import { signJws } from '../../src/formats/jws.ts';
import { verifyChain } from '../../src/formats/x509.ts';
import { base64url, utf8 } from '../../src/kernel/bytes.ts';
import { Secret } from '../../src/kernel/secret.ts';
import { ROTATING } from '../../src/keys/issuer-key.ts';
import { type KeyRing, keyRing } from '../../src/keys/key-ring.ts';
import { privateBytes } from '../../src/keys/make-key.ts';
import { destroyOverKeys, ensureKeys, rotateKeys } from '../../src/keys/rotate.ts';
import { openVault } from '../../src/keys/vault.ts';
import { seeded } from '../support/random.ts';
import { DAY, keyedWorld, NOW, the, URL_OF_IT } from './support/keys-world.ts';

function kids(ring: KeyRing, ...purposes: readonly (typeof ROTATING)[number][]): string[] {
  return ring.published(...purposes).map(({ kid }) => kid);
}

for (const purpose of ROTATING) {
  test(`what the active ${purpose} key signs, its published key verifies`, async (t) => {
    const { ring: open } = await keyedWorld(t);
    const ring = await open();
    const signer = ring.signer(purpose);
    assert.equal(signer.kid, the(ring.all(), purpose, 'active').id);
    const jws = await signJws(signer, { typ: 'x' }, { said: 'yes' });
    const jwks = createLocalJWKSet({ keys: ring.published(purpose).map((key) => ({ ...key })) });
    const { payload, protectedHeader } = await compactVerify(jws, jwks);
    assert.equal(new TextDecoder().decode(payload), '{"said":"yes"}');
    assert.equal(protectedHeader.kid, signer.kid);
  });
}

test('a published key has its public parts and no private one', async (t) => {
  const { ring: open, vault } = await keyedWorld(t);
  const ring = await open();
  const published = ring.published('root', ...ROTATING);
  assert.equal(published.length, 7);
  const text = inspect(published, { depth: 9, showHidden: true }) + JSON.stringify(published);
  for (const key of published) {
    assert.deepEqual(Object.keys(key).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    await importJWK({ ...key });
  }
  for (const key of ring.all()) {
    // RFC 5915: in PKCS#8 of P-256 the 32 bytes of the private key stand after these 36.
    const secret = privateBytes(vault, key).subarray(36, 68);
    assert.ok(!text.includes(base64url(secret)));
  }
});

test('keys are published before they sign and as long as something that they signed can be valid', async (t) => {
  const { ring: open, needs, pass } = await keyedWorld(t);
  const ring = await open();
  const [first, second] = [the(ring.all(), 'issuer', 'active').id, the(ring.all(), 'issuer', 'next').id];
  assert.deepEqual(kids(ring, 'issuer'), [first, second]);
  await rotateKeys(needs, 'system');
  await ring.refresh();
  const third = the(ring.all(), 'issuer', 'next').id;
  assert.deepEqual(kids(ring, 'issuer'), [first, second, third]);
  assert.equal(ring.signer('issuer').kid, second);
  assert.equal(ring.signerOf(first)?.kid, first);
  pass(16 * DAY);
  await destroyOverKeys(needs);
  await ring.refresh();
  assert.deepEqual(kids(ring, 'issuer'), [second, third]);
});

test('a destroyed key signs no more, also where it has signed before', async (t) => {
  const { ring: open, needs, pass } = await keyedWorld(t);
  const ring = await open();
  const { kid } = ring.signer('issuer');
  const id = the(ring.all(), 'issuer', 'active').id;
  assert.equal(kid, id);
  await rotateKeys(needs, 'system');
  pass(16 * DAY);
  await destroyOverKeys(needs);
  await ring.refresh();
  assert.equal(ring.signerOf(id), null);
});

test('a ring knows of a rotation once it has read the keys again', async (t) => {
  const { ring: open, needs } = await keyedWorld(t);
  const ring = await open();
  const before = ring.signer('document').kid;
  await rotateKeys(needs, 'system');
  assert.equal(ring.signer('document').kid, before);
  await ring.refresh();
  assert.notEqual(ring.signer('document').kid, before);
});

test('keys of test terminals are published apart', async (t) => {
  const { ring: open } = await keyedWorld(t);
  const ring = await open();
  const tests = kids(ring, 'test');
  assert.equal(tests.length, 2);
  assert.equal(kids(ring, 'issuer', 'document').filter((kid) => tests.includes(kid)).length, 0);
  assert.deepEqual(ring.published(), []);
});

test('a chain is the leaf alone, and leads to the root for the address and its host', async (t) => {
  const { ring: open } = await keyedWorld(t);
  const ring = await open();
  const { x5c } = ring.signer('issuer');
  assert.equal(x5c.length, 1);
  assert.notEqual(x5c[0], ring.root());
  const { publicJwk } = the(ring.all(), 'issuer', 'active');
  assert.deepEqual(await verifyChain(x5c, [ring.root()], NOW), {
    jwk: publicJwk,
    uris: [URL_OF_IT],
    dnsNames: ['id.example'],
  });
});

test('the next key and every later one have chains of their own to the same root', async (t) => {
  const { ring: open, needs } = await keyedWorld(t);
  const ring = await open();
  const root = ring.root();
  for (let i = 0; i < 2; i++) {
    await rotateKeys(needs, 'system');
    await ring.refresh();
    assert.equal(ring.root(), root);
    const chain = await verifyChain(ring.signer('issuer').x5c, [root], NOW);
    assert.deepEqual(chain?.jwk, the(ring.all(), 'issuer', 'active').publicJwk);
  }
});

test("another service's root does not vouch for it", async (t) => {
  const [one, other] = [await keyedWorld(t), await keyedWorld(t)];
  const { x5c } = (await one.ring()).signer('issuer');
  assert.equal(await verifyChain(x5c, [(await other.ring()).root()], NOW), null);
});

test('what signs documents is certified by the root, but for those of test terminals', async (t) => {
  const ring = await (await keyedWorld(t)).ring();
  const { x5c } = ring.signer('document');
  assert.notEqual(await verifyChain(x5c, [ring.root()], NOW), null);
  assert.deepEqual(ring.signer('test').x5c, []);
});

test('certificates are good for verifiers whose clock is an hour behind, and outlive the credentials', async (t) => {
  const ring = await (await keyedWorld(t)).ring();
  const good = async (at: number) =>
    (await verifyChain(ring.signer('issuer').x5c, [ring.root()], new Date(NOW.getTime() + at))) !== null;
  assert.equal(await good(-3_600_000), true);
  assert.equal(await good(-3_601_000), false);
  assert.equal(await good(2 * 365 * DAY), true);
});

test('the certificate of an address with a port names the host without it', async (t) => {
  const ring = await (await keyedWorld(t, 'http://localhost:3000')).ring();
  const chain = await verifyChain(ring.signer('issuer').x5c, [ring.root()], NOW);
  assert.deepEqual(chain?.uris, ['http://localhost:3000']);
  assert.deepEqual(chain?.dnsNames, ['localhost']);
});

test('a ring signs for its own address only, and still publishes the keys of the old one', async (t) => {
  const { needs, keys, vault } = await keyedWorld(t);
  const old = the(await keys.all(), 'issuer', 'active').id;
  const elsewhere = 'https://new.example';
  const lost = await keyRing(keys, vault, elsewhere);
  assert.throws(() => lost.signer('issuer'), /there is no key issuer/);
  await ensureKeys({ ...needs, issuerUrl: elsewhere });
  const ring = await keyRing(keys, vault, elsewhere);
  assert.equal(the(ring.all(), 'issuer', 'active').id, ring.signer('issuer').kid);
  assert.ok(kids(ring, 'issuer').includes(old));
  assert.equal(ring.signerOf(the(await keys.all(), 'issuer', 'active').id)?.kid, ring.signer('issuer').kid);
});

test('keys are kept sealed: another master key opens none of them', async (t) => {
  const { keys, vault, db } = await keyedWorld(t);
  const other = openVault(new Secret(new Uint8Array(32).fill(8)), seeded(1));
  const ring = await keyRing(keys, other, URL_OF_IT);
  assert.throws(() => ring.signer('issuer'), /cannot open issuer_key: damaged, or another master key/);
  const [row] = await db('issuer_keys').where({ purpose: 'issuer', state: 'active' });
  const plain = Buffer.from(privateBytes(vault, the(await keys.all(), 'issuer', 'active')));
  assert.equal(Buffer.from(row.sealed_private).includes(plain.subarray(36, 68)), false);
});

test('a sealed key that is put in the place of another does not open', async (t) => {
  const { keys, db, ring: open } = await keyedWorld(t);
  const all = await keys.all();
  const { sealedPrivate } = the(all, 'issuer', 'next');
  await db('issuer_keys')
    .where({ id: the(all, 'issuer', 'active').id })
    .update({ sealed_private: Buffer.from(sealedPrivate!) });
  const ring = await open();
  assert.throws(() => ring.signer('issuer'), /cannot open/);
});

test('signatures are 64 bytes that fit the key, also many at once', async (t) => {
  const ring = await (await keyedWorld(t)).ring();
  const signer = ring.signer('issuer');
  const many = await Promise.all(Array.from({ length: 20 }, (_, i) => signer.sign(utf8(`${i}`))));
  for (const signature of many) assert.equal(signature.length, 64);
});
