import assert from 'node:assert/strict';
import {
  constants,
  type createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
  randomBytes,
  verify,
} from 'node:crypto';
import { test } from 'node:test';
import { blind, finalize } from '../../../src/formats/blind-rsa/blind.ts';
import { readRsaSpki } from '../../../src/formats/blind-rsa/public-key.ts';
import { bytesOf, inverse, numberOf } from '../../../src/formats/modular.ts';
import { utf8 } from '../../../src/kernel/bytes.ts';

const MESSAGE = utf8('a message that nobody can guess');
const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

function makeKey() {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = readRsaSpki(new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' })));
  assert.ok(key);
  const sign = (blinded: Uint8Array): Uint8Array =>
    privateDecrypt({ key: pair.privateKey, padding: constants.RSA_NO_PADDING }, blinded);
  return { key, sign, publicKey: pair.publicKey };
}

const { key, sign, publicKey } = makeKey();

test('a blinded message that was signed is, unblinded, an RSA-PSS signature over the message', () => {
  const blinding = blind(key, MESSAGE, random);
  const signature = finalize(key, blinding, sign(blinding.blinded));
  assert.ok(signature);
  const pss = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
  assert.equal(verify('sha384', MESSAGE, pss, signature), true);
  assert.equal(verify('sha384', utf8('another'), pss, signature), false);
});

test('the same message is blinded to other bytes each time', () => {
  const blinded = Array.from({ length: 5 }, () => numberOf(blind(key, MESSAGE, random).blinded));
  assert.equal(new Set(blinded).size, 5);
});

test('for every blinded value and every signature over any message a blinding factor exists', () => {
  const [one, other] = [blind(key, MESSAGE, random), blind(key, utf8('another message'), random)];
  // The factor that would make the first blinded value of the second message: (blinded / encoded) ^ d.
  const wanted = numberOf(one.blinded) * inverse(other.encoded, key.n)!;
  const factor = numberOf(sign(bytesOf(wanted % key.n, 256)));
  const signature = (numberOf(sign(one.blinded)) * inverse(factor, key.n)!) % key.n;
  assert.deepEqual(
    finalize(key, other, sign(other.blinded)),
    bytesOf(signature, 256),
    'what was signed for one message unblinds, by that factor, to the signature over the other',
  );
});

test('what was not signed with the key, or not over what was blinded, is no signature', () => {
  const blinding = blind(key, MESSAGE, random);
  const good = sign(blinding.blinded);
  const flipped = Uint8Array.from(good, (byte, i) => (i === 200 ? byte ^ 1 : byte));
  const another = sign(blind(key, MESSAGE, random).blinded);
  const foreign = makeKey().sign(bytesOf(numberOf(blinding.blinded) >> 1n, 256));
  for (const wrong of [flipped, another, foreign, good.subarray(1), bytesOf(key.n, 256), new Uint8Array(256)])
    assert.equal(finalize(key, blinding, wrong), null);
});

test('a source of randomness that gives nothing but zeros or ones is refused', () => {
  for (const byte of [0, 255])
    assert.throws(() => blind(key, MESSAGE, (length) => new Uint8Array(length).fill(byte)), /not random/);
});

test('a key is read only if it is rsaEncryption, 2048 bit, with e = 65537', () => {
  const der = (pair: { publicKey: ReturnType<typeof createPublicKey> }) =>
    new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }));
  const good = der({ publicKey });
  assert.ok(readRsaSpki(good));
  const wrong = [
    der(generateKeyPairSync('rsa', { modulusLength: 1024 })),
    der(generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 })),
    der(generateKeyPairSync('rsa-pss', { modulusLength: 2048 })),
    der(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
    good.subarray(0, -1),
    Uint8Array.of(...good, 0),
    good.with(33, good[33]! & 0x7f),
    good.with(288, good[288]! & 0xfe),
  ];
  for (const one of wrong) assert.equal(readRsaSpki(one), null);
});
