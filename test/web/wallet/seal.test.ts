import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { seal, sealingKey, unguardedKey, unseal } from '../../../src/web/wallet/seal.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));
const secret = new Uint8Array(32).fill(1);
const salt = new Uint8Array(16).fill(2);

describe('what the phone seals', () => {
  test('opens under the same secret and salt, and the name it was sealed under', async () => {
    const sealed = await seal(await sealingKey(secret, salt), 'history', { a: ['ä'] }, random);
    assert.deepEqual(await unseal(await sealingKey(secret, salt), 'history', sealed), { a: ['ä'] });
  });

  for (const [differing, key, name] of [
    ['secret', sealingKey(new Uint8Array(32).fill(3), salt), 'history'],
    ['salt', sealingKey(secret, new Uint8Array(16).fill(3)), 'history'],
    ['name', sealingKey(secret, salt), 'session'],
    ['kind of key', unguardedKey(), 'history'],
  ] as const) {
    test(`does not open under another ${differing}`, async () => {
      const sealed = await seal(await sealingKey(secret, salt), 'history', 'here', random);
      assert.equal(await unseal(await key, name, sealed), null);
    });
  }

  test('does not open once a bit of it was touched, nor when it was cut short', async () => {
    const key = await sealingKey(secret, salt);
    const sealed = await seal(key, 'history', 'here', random);
    for (const at of [0, 12, sealed.length - 1]) {
      const touched = sealed.slice();
      touched[at]! ^= 1;
      assert.equal(await unseal(key, 'history', touched), null);
    }
    assert.equal(await unseal(key, 'history', sealed.subarray(0, 5)), null);
  });

  test('looks different each time', async () => {
    const key = await sealingKey(secret, salt);
    assert.notDeepEqual(await seal(key, 'a', 1, random), await seal(key, 'a', 1, random));
  });

  test('is sealed under keys that cannot be read out', async () => {
    for (const key of [await sealingKey(secret, salt), await unguardedKey()]) {
      assert.equal(key.extractable, false);
      await assert.rejects(crypto.subtle.exportKey('raw', key), /not extractable/);
    }
  });
});
