import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { CryptoKey } from 'jose';
import { importPoint } from '../../src/formats/p256-point.ts';
import { importPassKey, type Pass, passMessage, readPass } from '../../src/formats/pass.ts';
import { passSignatures, portablePassSignatures } from '../../src/formats/pass-signatures.ts';
import { concat } from '../../src/kernel/bytes.ts';
import { makePass, makePassKey } from '../support/passes.ts';

const issuer = makePassKey();
let pass: Pass;
let signingKey: CryptoKey;
let deviceKey: CryptoKey;
before(async () => {
  pass = readPass(await (await makePass(issuer)).show(new Date('2026-11-22T10:00:00Z')))!;
  signingKey = await importPassKey(issuer.spki);
  deviceKey = (await importPoint(pass.deviceKey))!;
});

/** Bytes that are not the signature, by what is wrong with them. */
function spoiled(signature: Uint8Array): [string, Uint8Array<ArrayBuffer>][] {
  const { length } = signature;
  return [
    ['one bit flipped', concat(signature).with(length - 1, signature[length - 1]! ^ 1)],
    ['one byte less', concat(signature.subarray(1))],
    ['one byte more', concat(signature, Uint8Array.of(0))],
    ['nothing', new Uint8Array()],
    ['nothing but zeros', new Uint8Array(length)],
    ['larger than any modulus', new Uint8Array(length).fill(0xff)],
  ];
}

for (const [where, signatures] of [
  ['Node', passSignatures],
  ['browsers', portablePassSignatures],
] as const) {
  describe(`in ${where}`, () => {
    test('the issuer signature of a pass holds over its device key and nothing else', async () => {
      const [message, signature] = [passMessage(pass.deviceKey), concat(pass.signature)];
      assert.equal(await signatures.pss(signingKey, message, signature), true);
      assert.equal(await signatures.pss(signingKey, pass.showing, signature), false);
      for (const [what, wrong] of spoiled(signature))
        assert.equal(await signatures.pss(signingKey, message, wrong), false, what);
    });

    test('the device signature of a pass holds over what was shown and nothing else', async () => {
      const signature = concat(pass.deviceSignature);
      assert.equal(await signatures.es256(deviceKey, pass.showing, signature), true);
      assert.equal(await signatures.es256(deviceKey, passMessage(pass.deviceKey), signature), false);
      for (const [what, wrong] of spoiled(signature))
        assert.equal(await signatures.es256(deviceKey, pass.showing, wrong), false, what);
    });
  });
}

test('what is native is not what browsers do', () => {
  assert.notEqual(passSignatures, portablePassSignatures);
});
