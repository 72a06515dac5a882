import assert from 'node:assert/strict';
import { constants, createPublicKey, privateDecrypt, randomBytes, verify, type webcrypto } from 'node:crypto';
import { before, test } from 'node:test';
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { blind, finalize } from '../../../src/formats/blind-rsa/blind.ts';
import { readRsaSpki } from '../../../src/formats/blind-rsa/public-key.ts';
import { bytesOf } from '../../../src/formats/modular.ts';
import { importPassKey, passHolds, passMessage, readPass, showPass } from '../../../src/formats/pass.ts';
import { makePass, makePassKey } from '../../support/passes.ts';

const PSS = { name: 'RSA-PSS', hash: 'SHA-384' };
const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

/** Code that is none of ours, and knows neither our arithmetic nor a native private operation. */
const theirs = RSABSSA.SHA384.PSS.Deterministic();

const issuer = makePassKey();
const key = readRsaSpki(issuer.spki)!;
let theirPublic: webcrypto.CryptoKey;
let theirPrivate: webcrypto.CryptoKey;
before(async () => {
  const pkcs8 = Uint8Array.from(issuer.privateKey.export({ type: 'pkcs8', format: 'der' }));
  theirPrivate = await crypto.subtle.importKey('pkcs8', pkcs8, PSS, true, ['sign']);
  theirPublic = await crypto.subtle.importKey('spki', Uint8Array.from(issuer.spki), PSS, true, ['verify']);
});

/** As the threads sign that sign passes. */
function signNatively(blinded: Uint8Array): Uint8Array {
  const padding = constants.RSA_NO_PADDING;
  return new Uint8Array(privateDecrypt({ key: issuer.privateKey, padding }, blinded));
}

function holdsNatively(message: Uint8Array, signature: Uint8Array): boolean {
  const publicKey = createPublicKey({ key: Buffer.from(issuer.spki), format: 'der', type: 'spki' });
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify('sha384', message, { key: publicKey, padding, saltLength: 48 }, signature);
}

test('it is the same scheme by its name in RFC 9474', () => {
  assert.equal(theirs.toString(), 'RSABSSA-SHA384-PSS-Deterministic');
});

test('what is blinded here and signed there is finalized here, and verifies there and natively', async () => {
  for (const message of [random(53), random(1), new Uint8Array(0)]) {
    const blinding = blind(key, message, random);
    const signature = finalize(key, blinding, await theirs.blindSign(theirPrivate, blinding.blinded));
    assert.ok(signature);
    assert.equal(await theirs.verify(theirPublic, signature, message), true);
    assert.equal(holdsNatively(message, signature), true);
    assert.equal(await theirs.verify(theirPublic, signature, random(53)), false);
  }
});

test('what is blinded here and signed natively is finalized there, given the inverse', async () => {
  const message = random(53);
  const blinding = blind(key, message, random);
  const inverse = bytesOf(blinding.inverse, key.length);
  const signed = signNatively(blinding.blinded);
  assert.deepEqual(
    await theirs.finalize(theirPublic, message, signed, inverse),
    finalize(key, blinding, signed),
  );
});

test('there and here sign the same value alike', async () => {
  const { blinded } = blind(key, random(53), random);
  assert.deepEqual(await theirs.blindSign(theirPrivate, blinded), signNatively(blinded));
});

test('what is blinded there and signed here is finalized there, and holds here as a pass', async () => {
  const held = await makePass(issuer);
  const { deviceKey } = held.stocked;
  const { blindedMsg, inv } = await theirs.blind(theirPublic, passMessage(deviceKey));
  const signed = signNatively(blindedMsg);
  const signature = await theirs.finalize(theirPublic, passMessage(deviceKey), signed, inv);
  assert.notDeepEqual(signature, held.stocked.signature, 'the salt of each is its own');
  assert.equal(holdsNatively(passMessage(deviceKey), signature), true);

  const digits = await showPass({ ...held.stocked, signature }, new Date(), held.sign);
  assert.equal(await passHolds(readPass(digits)!, await importPassKey(issuer.spki)), true);
});

test('a signature that is off by one bit is refused here and there', async () => {
  const message = random(53);
  const blinding = blind(key, message, random);
  const signed = signNatively(blinding.blinded);
  const signature = finalize(key, blinding, signed)!;
  const inverse = bytesOf(blinding.inverse, key.length);
  const wrong = signed.with(200, signed[200]! ^ 1);
  assert.equal(finalize(key, blinding, wrong), null);
  await assert.rejects(theirs.finalize(theirPublic, message, wrong, inverse), /invalid signature/);
  const off = signature.with(200, signature[200]! ^ 1);
  assert.equal(await theirs.verify(theirPublic, off, message), false);
  assert.equal(holdsNatively(message, off), false);
});
