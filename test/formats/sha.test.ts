import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { sha256 as portable256, sha384 as portable384, sha512 as portable512 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { sha256, sha384, sha512 } from '../../src/formats/sha.ts';
import { hex, utf8 } from '../../src/kernel/bytes.ts';

const HASHES = [
  { name: 'sha256', ours: sha256, portable: portable256 },
  { name: 'sha384', ours: sha384, portable: portable384 },
  { name: 'sha512', ours: sha512, portable: portable512 },
];

test('hashes are those of FIPS 180-4 for the text abc', () => {
  assert.equal(hex(sha256(utf8('abc'))), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('what Node makes natively and what browsers make in JavaScript are the same', () => {
  for (const { name, ours, portable } of HASHES) {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        assert.equal(hex(ours(bytes)), createHash(name).update(bytes).digest('hex'));
        assert.equal(hex(portable(bytes)), createHash(name).update(bytes).digest('hex'));
      }),
    );
  }
});
