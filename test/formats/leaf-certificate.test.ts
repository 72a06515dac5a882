import 'reflect-metadata';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  BasicConstraintsExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import fc from 'fast-check';
import { fromBase64, fromPem, readLeaf } from '../../src/formats/leaf-certificate.ts';
import { makeLeafCertificate, makeRootCertificate, toPem, verifyChain } from '../../src/formats/x509.ts';
import { freshKey, random } from './support/keys.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const YEAR = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-01-01T00:00:00Z') };
const URL_OF_SERVICE = 'https://id.example/a';

const [rootKey, leafKey, otherKey] = [await freshKey(), await freshKey(), await freshKey()];
const rootRequest = { keys: rootKey, name: 'Root, Test', ...YEAR, serial: random(16) };
const root = await makeRootCertificate(rootRequest);
const leafRequest = {
  root,
  rootKey: rootKey.privateKey,
  publicKey: leafKey.publicKey,
  subject: 'Issuer',
  issuerUri: URL_OF_SERVICE,
  dnsName: 'id.example',
  ...YEAR,
  serial: random(16),
};
const leaf = await makeLeafCertificate(leafRequest);
const der = (base64: string) => fromBase64(base64) ?? assert.fail('it is no base64');
const [rootDer, leafDer] = [der(root), der(leaf)];
const read = (bytes: Uint8Array, by = rootDer, now = NOW) => readLeaf(bytes, by, now);

/** A leaf that our own maker would not make. */
async function odd(
  extensions: readonly Extension[],
  more: { subject?: string; by?: typeof rootKey; hash?: string; notAfter?: Date } = {},
): Promise<string> {
  const made = await X509CertificateGenerator.create({
    subject: more.subject ?? 'CN=Issuer',
    issuer: 'CN="Root, Test"',
    publicKey: leafKey.publicKey,
    signingKey: (more.by ?? rootKey).privateKey,
    ...YEAR,
    ...(more.notAfter && { notAfter: more.notAfter }),
    signingAlgorithm: { name: 'ECDSA', hash: more.hash ?? 'SHA-256' },
    extensions: [...extensions],
  });
  return made.toString('base64');
}

const maySign = new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true);
const noCa = new BasicConstraintsExtension(false, undefined, true);
const names = new SubjectAlternativeNameExtension([{ type: 'url', value: URL_OF_SERVICE }]);

test('a leaf under the pinned root attests its key and its URIs', async () => {
  assert.deepEqual(await read(leafDer), { jwk: leafKey.jwk, uris: [URL_OF_SERVICE] });
});

test('a root is pinned as it is published, in PEM', async () => {
  const pinned = fromPem(toPem(root)) ?? assert.fail('it is no PEM');
  assert.deepEqual(pinned, rootDer);
  for (const pem of ['', root, toPem(root) + toPem(root), toPem(root).replace('BEGIN', 'BEGUN')]) {
    assert.equal(fromPem(pem), null);
  }
});

test('a leaf with any bit flipped is refused', async () => {
  for (let bit = 0; bit < 8 * leafDer.length; bit++) {
    const flipped = leafDer.slice();
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(await read(flipped), null, `bit ${bit}`);
  }
});

test('a leaf that is cut short, padded, or wrapped is refused', async () => {
  for (let length = 0; length < leafDer.length; length++) {
    assert.equal(await read(leafDer.subarray(0, length)), null, `${length} bytes`);
  }
  for (const more of [[0], [0, 0], [...leafDer]]) {
    assert.equal(await read(Uint8Array.of(...leafDer, ...more)), null);
  }
  const [tag = 0, form = 0, high = 0, low = 0, ...rest] = leafDer;
  assert.equal(form, 0x82);
  assert.equal(
    await read(Uint8Array.of(tag, 0x83, 0, high, low, ...rest)),
    null,
    'a length that is not minimal',
  );
  assert.equal(await read(Uint8Array.of(tag, 0x80, ...rest, 0, 0)), null, 'a length that is not definite');
});

test('leaf and root are valid from their first moment to their last', async () => {
  assert.notEqual(await read(leafDer, rootDer, YEAR.notBefore), null);
  assert.notEqual(await read(leafDer, rootDer, YEAR.notAfter), null);
  assert.equal(await read(leafDer, rootDer, new Date(YEAR.notBefore.getTime() - 1_000)), null);
  assert.equal(await read(leafDer, rootDer, new Date(YEAR.notAfter.getTime() + 1_000)), null);
  const lapsed = await makeRootCertificate({ ...rootRequest, notAfter: new Date('2026-06-01T00:00:00Z') });
  assert.equal(await read(leafDer, der(lapsed)), null);
  const short = await makeLeafCertificate({ ...leafRequest, notAfter: new Date('2026-06-01T00:00:00Z') });
  assert.equal(await read(der(short)), null);
});

test('a time after 2049 is written in another way, and read', async () => {
  const notAfter = new Date('2051-02-03T04:05:06Z');
  const late = await makeRootCertificate({ ...rootRequest, notAfter });
  const leafOfIt = await makeLeafCertificate({ ...leafRequest, root: late, notAfter });
  assert.notEqual(await read(der(leafOfIt), der(late), notAfter), null);
  assert.equal(await read(der(leafOfIt), der(late), new Date(notAfter.getTime() + 1_000)), null);
});

test('another root is refused, also under the same name', async () => {
  const impostor = await makeRootCertificate({ ...rootRequest, keys: otherKey });
  assert.equal(await read(leafDer, der(impostor)), null);
  const renamed = await makeRootCertificate({ ...rootRequest, name: 'Root' });
  assert.equal(await read(leafDer, der(renamed)), null);
  assert.equal(await read(leafDer, leafDer), null);
});

test('an authority is no leaf, and a leaf no authority', async () => {
  assert.equal(await read(rootDer), null);
  const authority = await odd([new BasicConstraintsExtension(true, 0, true), maySign]);
  assert.equal(await read(der(authority)), null);
});

describe('agrees with the heavy implementation that', () => {
  const wrong: [string, () => Promise<string>, boolean][] = [
    ['a leaf of our own maker is good', async () => leaf, true],
    ['a leaf without constraints is good', () => odd([maySign, names]), true],
    ['a leaf without names is good', () => odd([noCa, maySign]), true],
    [
      'an extension that is not critical is passed over',
      () => odd([maySign, new Extension('1.2.3.4', false, Uint8Array.of(5, 0))]),
      true,
    ],
    [
      'a critical extension that is not understood is refused',
      () => odd([maySign, new Extension('1.2.3.4', true, Uint8Array.of(5, 0))]),
      false,
    ],
    ['a leaf without a key usage is refused', () => odd([noCa, names]), false],
    [
      'a leaf for another use is refused',
      () => odd([noCa, new KeyUsagesExtension(KeyUsageFlags.keyAgreement, true)]),
      false,
    ],
    ['an authority is refused', () => odd([new BasicConstraintsExtension(true, 0, true), maySign]), false],
    ['a self-issued leaf is refused', () => odd([noCa, maySign], { subject: 'CN="Root, Test"' }), false],
    ['a leaf that another key signed is refused', () => odd([noCa, maySign], { by: otherKey }), false],
    [
      'an expired leaf is refused',
      () => odd([noCa, maySign], { notAfter: new Date('2026-02-01T00:00:00Z') }),
      false,
    ],
  ];
  for (const [name, make, good] of wrong) {
    test(name, async () => {
      const certificate = await make();
      assert.equal((await verifyChain([certificate], [root], NOW)) !== null, good, 'the heavy one');
      assert.equal((await read(der(certificate))) !== null, good, 'the light one');
    });
  }

  test('whatever it refuses is refused here: it is never the laxer of the two', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(leafDer.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = leafDer.slice();
        changed[at]! ^= mask;
        const light = await read(changed);
        const heavy = await verifyChain([Buffer.from(changed).toString('base64')], [root], NOW);
        assert.ok(light === null || heavy !== null);
      }),
      { numRuns: 200 },
    );
  });
});

test('a signature with another hash is refused', async () => {
  assert.equal(await read(der(await odd([noCa, maySign], { hash: 'SHA-384' }))), null);
});

test('what is no certificate is refused and nothing is thrown', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
      assert.equal(await read(bytes), null);
      assert.equal(await read(leafDer, Uint8Array.from(bytes)), null);
    }),
    { numRuns: 300 },
  );
});
