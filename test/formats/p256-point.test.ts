import assert from 'node:assert/strict';
import { createECDH, ECDH } from 'node:crypto';
import { test } from 'node:test';
import { bytesOf } from '../../src/formats/modular.ts';
import { compressPoint, decompressPoint, importPoint } from '../../src/formats/p256-point.ts';

const P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;

function somePoint(): Uint8Array {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  return new Uint8Array(pair.getPublicKey());
}

test('points are compressed and decompressed as Node does', () => {
  for (let i = 0; i < 20; i++) {
    const whole = somePoint();
    const compressed = compressPoint(whole.subarray(1, 33), whole.subarray(33));
    assert.deepEqual(
      Buffer.from(compressed),
      ECDH.convertKey(whole, 'prime256v1', undefined, undefined, 'compressed'),
    );
    assert.deepEqual(decompressPoint(compressed), whole);
  }
});

test('what is no point of the curve is refused: not on it, at infinity, too large, of another form', async () => {
  const good = compressPoint(somePoint().subarray(1, 33), Uint8Array.of(0));
  // Of x = 0, 1, 2, … some have no y.
  const missing = Array.from({ length: 20 }, (_, x) => Uint8Array.of(2, ...bytesOf(BigInt(x), 32))).filter(
    (point) => decompressPoint(point) === null,
  );
  assert.ok(missing.length > 3);
  const wrong = [
    ...missing,
    new Uint8Array(33),
    Uint8Array.of(0),
    Uint8Array.of(2, ...bytesOf(P, 32)),
    Uint8Array.of(2, ...bytesOf(P + 5n, 32)),
    Uint8Array.of(4, ...good.subarray(1)),
    good.subarray(1),
    Uint8Array.of(...good, 0),
    somePoint(),
  ];
  for (const point of wrong) {
    assert.equal(decompressPoint(point), null);
    assert.equal(await importPoint(point), null);
  }
});

test('a point is imported as a key in either parity', async () => {
  const whole = somePoint();
  for (const parity of [0, 1])
    assert.ok(await importPoint(compressPoint(whole.subarray(1, 33), Uint8Array.of(parity))));
});
