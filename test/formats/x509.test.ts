import 'reflect-metadata';
import assert from 'node:assert/strict';
import { X509Certificate as NodeCertificate } from 'node:crypto';
import { test } from 'node:test';
import {
  BasicConstraintsExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import fc from 'fast-check';
import { makeLeafCertificate, makeRootCertificate, toPem, verifyChain } from '../../src/formats/x509.ts';
import type { TestKey } from './support/keys.ts';
import { freshKey, random } from './support/keys.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const YEAR = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-01-01T00:00:00Z') };
const ISSUER = { subject: 'Issuer', issuerUri: 'https://id.example/a', dnsName: 'id.example' };

const [rootKey, leafKey, middleKey] = [await freshKey(), await freshKey(), await freshKey()];
const rootRequest = { keys: rootKey, name: 'Root, Test', ...YEAR, serial: random(16) };
const root = await makeRootCertificate(rootRequest);
const leafRequest = {
  root,
  rootKey: rootKey.privateKey,
  publicKey: leafKey.publicKey,
  ...ISSUER,
  ...YEAR,
  serial: random(16),
};
const leaf = await makeLeafCertificate(leafRequest);

interface Loose {
  readonly subject: string;
  readonly issuer: string;
  readonly key: TestKey;
  readonly by: TestKey;
  readonly extensions: Extension[];
}

/** A certificate that our own makers would not make. */
async function certificate({ subject, issuer, key, by, extensions }: Loose): Promise<string> {
  const made = await X509CertificateGenerator.create({
    subject,
    issuer,
    publicKey: key.publicKey,
    signingKey: by.privateKey,
    ...YEAR,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions,
  });
  return made.toString('base64');
}

const ca = (pathLength?: number) => new BasicConstraintsExtension(true, pathLength, true);
const mayCertify = new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true);
const maySign = new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true);
const deepRoot = {
  subject: 'CN=Deep',
  issuer: 'CN=Deep',
  key: rootKey,
  by: rootKey,
  extensions: [ca(), mayCertify],
};
const middle = {
  subject: 'CN=Middle',
  issuer: 'CN=Deep',
  key: middleKey,
  by: rootKey,
  extensions: [ca(0), mayCertify],
};
const end = { subject: 'CN=End', issuer: 'CN=Middle', key: leafKey, by: middleKey, extensions: [maySign] };

async function verifiesWith(change: { root?: object; middle?: object; end?: object }): Promise<boolean> {
  const chain = [
    await certificate({ ...end, ...change.end }),
    await certificate({ ...middle, ...change.middle }),
  ];
  return (await verifyChain(chain, [await certificate({ ...deepRoot, ...change.root })], NOW)) !== null;
}

test('a leaf under a trusted root attests its key, URL and host', async () => {
  const expected = { jwk: leafKey.jwk, uris: [ISSUER.issuerUri], dnsNames: [ISSUER.dnsName] };
  assert.deepEqual(await verifyChain([leaf], [root], NOW), expected);
});

test('the right root may be one of several', async () => {
  const other = await makeRootCertificate({ ...rootRequest, keys: await freshKey() });
  assert.notEqual(await verifyChain([leaf], [other, 'garbage', root], NOW), null);
});

test('another implementation reads what we make and says the same', () => {
  const [top, bottom] = [new NodeCertificate(toPem(root)), new NodeCertificate(toPem(leaf))];
  assert.equal(top.ca, true);
  assert.equal(bottom.ca, false);
  assert.equal(bottom.checkIssued(top), true);
  assert.equal(bottom.verify(top.publicKey), true);
  assert.equal(top.subject, 'CN=Root\\, Test');
  assert.equal(bottom.subjectAltName, 'URI:https://id.example/a, DNS:id.example');
});

test('a root that nobody trusts is refused, even with the same name', async () => {
  const impostor = await makeRootCertificate({ ...rootRequest, keys: await freshKey() });
  assert.equal(await verifyChain([leaf], [impostor], NOW), null);
  assert.equal(await verifyChain([leaf], [], NOW), null);
});

test('leaf and root are valid from their first moment to their last', async () => {
  const at = (date: Date) => verifyChain([leaf], [root], date);
  assert.notEqual(await at(YEAR.notBefore), null);
  assert.notEqual(await at(YEAR.notAfter), null);
  assert.equal(await at(new Date(YEAR.notBefore.getTime() - 1_000)), null);
  assert.equal(await at(new Date(YEAR.notAfter.getTime() + 1_000)), null);
  const lapsed = await makeRootCertificate({ ...rootRequest, notAfter: new Date('2026-06-01T00:00:00Z') });
  assert.equal(await verifyChain([leaf], [lapsed], NOW), null);
});

test('a self-signed leaf is refused, trusted or not', async () => {
  const own = { subject: 'CN=Own', issuer: 'CN=Own', key: leafKey, by: leafKey, extensions: [maySign] };
  const selfSigned = await certificate(own);
  assert.equal(await verifyChain([selfSigned], [selfSigned], NOW), null);
});

test('the root inside the chain is refused', async () => {
  assert.equal(await verifyChain([leaf, root], [root], NOW), null);
});

test('a chain through an intermediate holds', async () => assert.equal(await verifiesWith({}), true));

const refused: Record<string, Parameters<typeof verifiesWith>[0]> = {
  'an intermediate without the CA flag': { middle: { extensions: [mayCertify] } },
  'an intermediate that may not certify': { middle: { extensions: [ca(0), maySign] } },
  'an intermediate without key usage': { middle: { extensions: [ca(0)] } },
  'a root whose path length is too short': { root: { extensions: [ca(0), mayCertify] } },
  'a root without the CA flag': { root: { extensions: [mayCertify] } },
  'a leaf that is an authority': { end: { extensions: [ca(0), maySign] } },
  'a leaf that may not sign': { end: { extensions: [mayCertify] } },
  'a leaf without key usage': { end: { extensions: [] } },
  'a leaf that names another issuer': { end: { issuer: 'CN=Muddle' } },
  'a leaf that somebody else signed': { end: { by: leafKey } },
  'a critical extension nobody understands': {
    end: { extensions: [maySign, new Extension('1.2.3.4', true, Uint8Array.of(5, 0))] },
  },
};

for (const [name, change] of Object.entries(refused)) {
  test(`refused in a chain: ${name}`, async () => assert.equal(await verifiesWith(change), false));
}

test('an extension that is not critical may be unknown', async () => {
  const extensions = [maySign, new Extension('1.2.3.4', false, Uint8Array.of(5, 0))];
  assert.equal(await verifiesWith({ end: { extensions } }), true);
});

test('an empty chain, one of five, and certificates too large or not base64 are refused', async () => {
  const chains = [
    [],
    [leaf, leaf, leaf, leaf, leaf],
    ['A'.repeat(8_196)],
    [`${leaf}\n`],
    [toPem(leaf)],
    [`${leaf}AAAA`],
  ];
  for (const x5c of chains) assert.equal(await verifyChain(x5c, [root], NOW), null);
});

test('a leaf with a byte changed in what is signed is refused, and elsewhere attests nothing else', async () => {
  const der = Uint8Array.from(atob(leaf), (character) => character.charCodeAt(0));
  const signed = 8 + ((der[6] ?? 0) << 8) + (der[7] ?? 0);
  const attested = await verifyChain([leaf], [root], NOW);
  await fc.assert(
    fc.asyncProperty(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = btoa(String.fromCharCode(...der.map((byte, i) => (i === at ? byte ^ by : byte))));
      const result = await verifyChain([changed], [root], NOW);
      if (at >= 4 && at < signed) assert.equal(result, null);
      else if (result !== null) assert.deepEqual(result, attested);
    }),
    { numRuns: 300 },
  );
});

test('bytes behind the certificate are refused', async () => {
  assert.equal(await verifyChain([btoa(`${atob(leaf)}\0`)], [root], NOW), null);
});

test('random text is never a chain and never throws', async () => {
  const text = fc.oneof(fc.string(), fc.base64String());
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 4 }), async (x5c) => {
      assert.equal(await verifyChain(x5c, [root], NOW), null);
    }),
  );
});

test('a leaf of something that is no certificate, and a serial number of the wrong length, are bugs', async () => {
  await assert.rejects(makeLeafCertificate({ ...leafRequest, root: 'AAAA' }), /not a certificate/);
  await assert.rejects(makeRootCertificate({ ...rootRequest, serial: random(7) }), /8 to 20 bytes/);
});

test('a serial number is positive whatever its bytes', async () => {
  for (const byte of [0, 255]) {
    const made = await makeRootCertificate({ ...rootRequest, serial: new Uint8Array(20).fill(byte) });
    assert.match(new NodeCertificate(toPem(made)).serialNumber, byte === 0 ? /^40(00){19}$/ : /^7F(FF){19}$/);
  }
});
