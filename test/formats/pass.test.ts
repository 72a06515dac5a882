import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { importPassKey, PASS_DIGITS, passHolds, readPass, showPass } from '../../src/formats/pass.ts';
import { hex, utf8 } from '../../src/kernel/bytes.ts';
import { type HeldPass, makePass, makePassKey } from '../support/passes.ts';

const NOW = new Date('2026-11-22T10:00:07.500Z');
const issuer = makePassKey();

let held: HeldPass;
let digits: string;
before(async () => {
  held = await makePass(issuer);
  digits = await held.show(NOW);
});

test('a pass that is shown has 871 digits, of which the first is 2', () => {
  assert.match(digits, /^2[0-9]{870}$/);
});

test('a pass reads back as it was shown, its time floored to 10 seconds', () => {
  const pass = readPass(digits)!;
  assert.equal(pass.keyId, held.stocked.keyId);
  assert.deepEqual(pass.deviceKey, held.stocked.deviceKey);
  assert.deepEqual(pass.signature, held.stocked.signature);
  assert.equal(pass.shownAt, Date.parse('2026-11-22T10:00:00Z') / 1_000);
});

test('the layout is the one that is written down: id, device key, signature, time, device signature', () => {
  const body = BigInt(digits.slice(1)).toString(16);
  const { keyId, deviceKey, signature } = held.stocked;
  const time = (Date.parse('2026-11-22T10:00:00Z') / 1_000).toString(16).padStart(8, '0');
  assert.equal(body.length, 1 + 2 * 361);
  assert.equal(body.slice(0, -128), `1${keyId}${hex(deviceKey)}${hex(signature)}${time}`);
});

test('both signatures of a good pass hold', async () => {
  assert.equal(await passHolds(readPass(digits)!, await importPassKey(issuer.spki)), true);
});

test('every bit of the body flipped in turn makes a pass of which something does not hold', async () => {
  const key = await importPassKey(issuer.spki);
  const number = BigInt(digits.slice(1));
  const kept = await Promise.all(
    Array.from({ length: 8 * 361 }, async (_, bit) => {
      const pass = readPass(`2${number ^ (1n << BigInt(bit))}`);
      // Another key id is a signing key that nobody knows.
      return pass !== null && pass.keyId === held.stocked.keyId && (await passHolds(pass, key)) ? [bit] : [];
    }),
  );
  assert.deepEqual(kept.flat(), []);
});

test('the same body spelled otherwise is no pass', () => {
  const other = [
    digits.slice(0, -1),
    `${digits}0`,
    `20${digits.slice(1)}`,
    `1${digits.slice(1)}`,
    `2${'0'.repeat(870)}`,
    `2${'9'.repeat(870)}`,
    `2+${digits.slice(2)}`,
    `2 ${digits.slice(2)}`,
    `2${BigInt(digits.slice(1)) ^ (1n << 2888n)}`,
    `2${BigInt(digits.slice(1)) ^ (3n << 2888n)}`,
  ];
  for (const one of other) assert.equal(readPass(one), null, one.slice(0, 12));
});

test('whatever stands in a body, it has 871 digits and reads back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 361, maxLength: 361 }), (body) => {
      const text = `2${BigInt(`0x01${hex(body)}`)}`;
      assert.equal(text.length, PASS_DIGITS);
      const pass = readPass(text)!;
      assert.equal(hex(pass.deviceSignature), hex(body.subarray(-64)));
      assert.equal(hex(pass.showing), hex(utf8('counterproof show v1')) + hex(body.subarray(0, 297)));
    }),
  );
});

test('a pass signed by another device, or with either form of s, is told apart', async () => {
  const key = await importPassKey(issuer.spki);
  const thief = await makePass(issuer);
  assert.equal(await passHolds(readPass(await showPass(held.stocked, NOW, thief.sign))!, key), false);
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const otherS = await showPass(held.stocked, NOW, async (data) => {
    const signature = await held.sign(data);
    const s = order - BigInt(`0x${hex(signature.subarray(32))}`);
    return Uint8Array.of(
      ...signature.subarray(0, 32),
      ...Buffer.from(s.toString(16).padStart(64, '0'), 'hex'),
    );
  });
  assert.equal(await passHolds(readPass(otherS)!, key), true);
});
