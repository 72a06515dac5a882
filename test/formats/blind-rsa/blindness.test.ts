import assert from 'node:assert/strict';
import { constants, privateDecrypt, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { type Blinding, blind, blindEncoded, finalize } from '../../../src/formats/blind-rsa/blind.ts';
import { EXPONENT, readRsaSpki } from '../../../src/formats/blind-rsa/public-key.ts';
import { bytesOf, inverse, numberOf, power } from '../../../src/formats/modular.ts';
import { makePassKey } from '../../support/passes.ts';

/** Requests of one key: every blinded value is paired with every finished signature. */
const REQUESTS = 6;

const issuer = makePassKey();
const key = readRsaSpki(issuer.spki)!;
const { n, length } = key;
const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count));

/** What the issuer sees of a request, and what the shop sees of the signature that came of it. */
interface Request {
  readonly blinded: bigint;
  readonly blindSignature: bigint;
  readonly encoded: bigint;
  readonly signature: bigint;
}

const requests = Array.from({ length: REQUESTS }, () => requested(blind(key, random(53), random)));

function requested(blinding: Blinding): Request {
  const padding = constants.RSA_NO_PADDING;
  const signed = privateDecrypt({ key: issuer.privateKey, padding }, blinding.blinded);
  const signature = finalize(key, blinding, signed)!;
  const [blinded, blindSignature] = [numberOf(blinding.blinded), numberOf(signed)];
  return { blinded, blindSignature, encoded: blinding.encoded, signature: numberOf(signature) };
}

/** The blinding factor by which this blinded value would have become that signature. */
function factorBetween({ blindSignature }: Request, signature: bigint): bigint {
  return (blindSignature * inverse(signature, n)!) % n;
}

const pairs = requests.flatMap((asked) => requests.map((shown) => [asked, shown] as const));

describe('what the issuer saw and what a shop was shown', () => {
  test('are joined by a blinding factor whichever of each are paired, so none tells them apart', () => {
    for (const [asked, shown] of pairs) {
      const factor = factorBetween(asked, shown.signature);
      assert.ok(factor > 0n && factor < n && inverse(factor, n) !== null, 'it could have been drawn');
      assert.equal((shown.encoded * power(factor, EXPONENT, n)) % n, asked.blinded);
    }
  });

  test('come of each other in the wallet, had it drawn that factor', () => {
    for (const [asked, shown] of pairs) {
      const factor = bytesOf(factorBetween(asked, shown.signature), length);
      const blinding = blindEncoded(key, bytesOf(shown.encoded, length), () => factor);
      assert.deepEqual(blinding.blinded, bytesOf(asked.blinded, length));
      const signature = finalize(key, blinding, bytesOf(asked.blindSignature, length));
      assert.deepEqual(signature, bytesOf(shown.signature, length));
    }
  });

  test('are joined by another factor in every pair', () => {
    const factors = pairs.map(([asked, shown]) => factorBetween(asked, shown.signature));
    assert.equal(new Set(factors).size, REQUESTS * REQUESTS);
  });

  test('are joined by none where the signature is not one over that message', () => {
    for (const [asked, shown] of pairs) {
      const factor = factorBetween(asked, shown.signature ^ 1n);
      assert.notEqual((shown.encoded * power(factor, EXPONENT, n)) % n, asked.blinded);
    }
  });
});
