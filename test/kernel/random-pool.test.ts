import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pooled } from '../../src/kernel/random-pool.ts';

/** Fills with numbers that count up, so that a byte given twice would show. */
function counting(): { fill: (bytes: Uint8Array) => void; calls: () => number } {
  let next = 0;
  let calls = 0;
  return {
    fill(bytes) {
      calls += 1;
      const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let at = 0; at + 4 <= bytes.length; at += 4) words.setUint32(at, next++);
    },
    calls: () => calls,
  };
}

test('no byte is given away twice, whatever lengths are asked for', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 200 }), (quarters) => {
      const random = pooled(counting().fill);
      const seen = new Set<number>();
      for (const quarter of quarters) {
        const bytes = random(quarter * 4);
        assert.equal(bytes.length, quarter * 4);
        const words = new DataView(bytes.buffer, bytes.byteOffset);
        for (let at = 0; at < bytes.length; at += 4) {
          const word = words.getUint32(at);
          assert.ok(!seen.has(word), 'a word came twice');
          seen.add(word);
        }
      }
    }),
  );
});

test('a few bytes at a time cost one call to the source for hundreds of them', () => {
  const source = counting();
  const random = pooled(source.fill);
  for (let i = 0; i < 500; i++) random(16);
  assert.equal(source.calls(), 1);
});

test('more than the pool holds comes straight from the source', () => {
  const source = counting();
  assert.equal(pooled(source.fill)(100_000).length, 100_000);
  assert.equal(source.calls(), 1);
});
