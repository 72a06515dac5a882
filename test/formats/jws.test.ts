import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isCompactJws, readJws, signJws, verifyJws, verifySignedBytes } from '../../src/formats/jws.ts';
import { base64url, utf8 } from '../../src/kernel/bytes.ts';
import { changedAt, freshKey } from './support/keys.ts';

const TYP = 'test+jwt';
const PAYLOAD = { sub: 'somebody', n: 1 };
const key = await freshKey();
const good = await signJws(key.signer, { typ: TYP }, PAYLOAD);

async function signedWithHeader(header: object): Promise<string> {
  const input = `${base64url(utf8(JSON.stringify(header)))}.${base64url(utf8(JSON.stringify(PAYLOAD)))}`;
  return `${input}.${base64url(await key.signer.sign(utf8(input)))}`;
}

test('what a signer signed verifies with its key', async () => {
  const jws = await verifyJws(good, key.publicKey, { typ: TYP });
  assert.deepEqual(jws, { header: { typ: TYP, alg: 'ES256', kid: 'test-key' }, payload: PAYLOAD });
  assert.deepEqual(readJws(good), jws);
});

test('a chain is carried in the header where there is one', async () => {
  const text = await signJws({ ...key.signer, x5c: ['AAAA'] }, { typ: TYP }, PAYLOAD);
  assert.deepEqual(readJws(text)?.header.x5c, ['AAAA']);
  assert.equal(Object.hasOwn(readJws(good)!.header, 'x5c'), false);
});

test('a device signer does not name its key, and other header members are kept', async () => {
  const text = await signJws({ sign: key.signer.sign }, { typ: TYP, jwk: { ...key.jwk } }, PAYLOAD);
  assert.deepEqual(readJws(text)?.header, { typ: TYP, jwk: { ...key.jwk }, alg: 'ES256' });
});

test('the header cannot be talked into another algorithm or key name', async () => {
  const text = await signJws(key.signer, { typ: TYP, alg: 'none', kid: 'other' }, PAYLOAD);
  assert.deepEqual(readJws(text)?.header, { typ: TYP, alg: 'ES256', kid: 'test-key' });
});

test('a signer that answers anything but 64 bytes is a bug', async () => {
  await assert.rejects(signJws({ sign: async () => new Uint8Array(70) }, { typ: TYP }, PAYLOAD), /64 bytes/);
});

test('another key, another typ and a missing typ are refused', async () => {
  const other = await freshKey();
  const untyped = await signedWithHeader({ alg: 'ES256' });
  assert.equal(await verifyJws(good, other.publicKey, { typ: TYP }), null);
  assert.equal(await verifyJws(good, key.publicKey, { typ: 'TEST+jwt' }), null);
  assert.equal(await verifyJws(untyped, key.publicKey, { typ: TYP }), null);
  assert.notEqual(await verifyJws(untyped, key.publicKey, { typ: null }), null);
});

test('crit is refused, even for extensions that exist', async () => {
  const text = await signedWithHeader({ alg: 'ES256', typ: TYP, b64: true, crit: ['b64'] });
  assert.equal(await verifyJws(text, key.publicKey, { typ: TYP }), null);
});

test('algorithms other than ES256 are refused, "none" among them', async () => {
  for (const alg of ['none', 'HS256', 'ES384', 'RS256', 'es256', undefined]) {
    const text = await signedWithHeader({ alg, typ: TYP });
    assert.equal(await verifyJws(text, key.publicKey, { typ: TYP }), null, String(alg));
  }
});

test('a payload that is no JSON object is bytes and nothing more', async () => {
  const input = `${base64url(utf8('{"alg":"ES256"}'))}.${base64url(utf8('foo'))}`;
  const text = `${input}.${base64url(await key.signer.sign(utf8(input)))}`;
  assert.deepEqual(await verifySignedBytes(text, key.publicKey), utf8('foo'));
  assert.equal(await verifyJws(text, key.publicKey, { typ: null }), null);
});

test('padding, white space and missing parts are not compact form', () => {
  assert.equal(isCompactJws(good), true);
  for (const text of ['', 'a', 'a.b', '.b.c', `${good} `, `${good}=`, `${good}.x`, ` ${good}`, `${good}\n`])
    assert.equal(isCompactJws(text), false, JSON.stringify(text));
});

test('a JWS with any character changed is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), async (index) => {
      assert.equal(await verifyJws(changedAt(good, index), key.publicKey, { typ: TYP }), null);
    }),
  );
});

test('any payload survives signing and verifying', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (members) => {
      const payload = JSON.parse(JSON.stringify(members));
      const text = await signJws(key.signer, { typ: TYP }, payload);
      assert.deepEqual((await verifyJws(text, key.publicKey, { typ: TYP }))?.payload, payload);
    }),
    { numRuns: 30 },
  );
});

test('random text is never a JWS and never throws', async () => {
  const text = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[A-Za-z0-9_-]{1,9}\.[A-Za-z0-9_-]{0,9}\.[A-Za-z0-9_-]{0,9}$/),
  );
  await fc.assert(
    fc.asyncProperty(text, async (random) => {
      assert.equal(readJws(random), null);
      assert.equal(await verifyJws(random, key.publicKey, { typ: null }), null);
    }),
  );
});
