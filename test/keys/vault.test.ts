import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { Secret } from '../../src/kernel/secret.ts';
import { open, seal } from '../../src/keys/sealed.ts';
import { openVault } from '../../src/keys/vault.ts';
import { seeded } from '../support/random.ts';

const key = new Uint8Array(32).fill(7);
const bytes = fc.uint8Array({ maxLength: 200 });
const contexts = fc.string({ maxLength: 30 });

function vaultOf(master: number) {
  return openVault(new Secret(new Uint8Array(32).fill(master)), seeded(master));
}

test('sealed bytes open with the same key and context', () => {
  fc.assert(
    fc.property(bytes, contexts, fc.nat(), (plain, context, seed) => {
      const sealed = seal(key, plain, context, seeded(seed));
      assert.equal(sealed.length, plain.length + 28);
      assert.deepEqual(open(key, sealed, context), Uint8Array.from(plain));
    }),
  );
});

test('they do not open with another key or another context', () => {
  fc.assert(
    fc.property(bytes, contexts, contexts, fc.nat({ max: 255 }), (plain, context, other, bit) => {
      const sealed = seal(key, plain, context, seeded(1));
      const otherKey = Uint8Array.from(key);
      otherKey[bit >> 3]! ^= 1 << (bit & 7);
      assert.equal(open(otherKey, sealed, context), null);
      if (other !== context) assert.equal(open(key, sealed, other), null);
    }),
  );
});

test('any flipped bit, any cut and any byte more is noticed', () => {
  fc.assert(
    fc.property(bytes, fc.nat(), (plain, at) => {
      const sealed = seal(key, plain, 'here', seeded(1));
      const flipped = Uint8Array.from(sealed);
      const bit = at % (8 * sealed.length);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      assert.equal(open(key, flipped, 'here'), null);
      assert.equal(open(key, sealed.subarray(0, at % sealed.length), 'here'), null);
      assert.equal(open(key, sealed.subarray(1), 'here'), null);
      assert.equal(open(key, Uint8Array.of(...sealed, 0), 'here'), null);
    }),
  );
});

test('the same bytes are sealed differently each time', () => {
  const random = seeded(1);
  const [one, other] = [seal(key, key, 'here', random), seal(key, key, 'here', random)];
  assert.notDeepEqual(one.subarray(0, 12), other.subarray(0, 12));
  assert.notDeepEqual(one.subarray(12), other.subarray(12));
});

test('what a vault sealed it opens in the same context only', () => {
  const vault = vaultOf(7);
  const sealed = vault.seal(Uint8Array.of(1, 2, 3), 'person per_1');
  assert.deepEqual(vaultOf(7).open(sealed, 'person per_1'), Uint8Array.of(1, 2, 3));
  assert.throws(() => vault.open(sealed, 'person per_2'), /damaged, or another master key/);
});

test('the trouble with a wrong master key names no secret and nobody', () => {
  const sealed = vaultOf(7).seal(Buffer.from('Ann Example'), 'person per_0123');
  assert.throws(
    () => vaultOf(8).open(sealed, 'person per_0123'),
    (thrown) => {
      assert.ok(thrown instanceof Error);
      assert.equal(thrown.message, 'cannot open person: damaged, or another master key');
      assert.doesNotMatch(inspect(thrown, { depth: 9, showHidden: true }), /per_0123|Example|0808/);
      return true;
    },
  );
});

test('a vault shows nothing of its keys', () => {
  const vault = openVault(new Secret(Buffer.alloc(32, 'K')), seeded(1));
  vault.mac('nonce', 'x');
  assert.doesNotMatch(inspect(vault, { depth: 9, showHidden: true }), /KKKK|4b 4b|Uint8Array/);
});

test('the master key itself seals nothing', () => {
  const sealed = vaultOf(7).seal(Uint8Array.of(1), 'here');
  assert.equal(open(new Uint8Array(32).fill(7), sealed, 'here'), null);
});

test('a keyed hash is the same for the same value, and 32 bytes of base64url', () => {
  const mac = vaultOf(7).mac('nonce', 'value');
  assert.equal(vaultOf(7).mac('nonce', 'value'), mac);
  assert.match(mac, /^[\w-]{43}$/);
});

test('hashes of one value for two purposes, or under two master keys, are unrelated', () => {
  const purposes = ['people search', 'transaction code', 'pairing code', 'nonce', 'offer code'] as const;
  const macs = [7, 8].flatMap((master) => purposes.map((purpose) => vaultOf(master).mac(purpose, 'value')));
  assert.equal(new Set(macs).size, 10);
});

test('no two lists of parts are hashed alike', () => {
  const vault = vaultOf(7);
  const parts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\0', 'é'), maxLength: 3 }), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      assert.equal(vault.mac('nonce', ...one) === vault.mac('nonce', ...other), same);
    }),
  );
  assert.notEqual(vault.mac('nonce', 'ab', 'c'), vault.mac('nonce', 'a', 'bc'));
  assert.notEqual(vault.mac('nonce', 'ab'), vault.mac('nonce', 'ab', ''));
});
