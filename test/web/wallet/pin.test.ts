import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { fits, keyOf, type Lock, makeLock } from '../../../src/web/wallet/lock.ts';
import { digitsIn, isEasy, makePinLock, pinGuard, stretched } from '../../../src/web/wallet/pin.ts';
import { seal, unseal } from '../../../src/web/wallet/seal.ts';

const random = (length: number) => new Uint8Array(randomBytes(length));
const passkey = 'pk';
/** Few enough for a test; that a phone takes many is a rule of its own below. */
const ROUNDS = 10;

/** A lock of each kind, with the PIN's work cut down. */
async function lockOf(kind: Lock['kind'], secret: Uint8Array): Promise<Lock> {
  const pin = await makePinLock(kind === 'gate' ? null : secret, random, ROUNDS);
  return kind === 'gate'
    ? { kind, passkey, key: await pinGuard(), pin }
    : { kind, passkey, salt: random(16), pin };
}

for (const kind of ['sealed', 'gate'] as const) {
  test(`what is sealed behind a ${kind} lock under one secret and PIN opens under these and no others`, async () => {
    for (let round = 0; round < 40; round++) {
      const secret = random(32);
      const lock = await lockOf(kind, secret);
      const pin = somePin();
      const key = (await keyOf(lock, secret, pin)) ?? assert.fail('there is no key');
      const sealed = await seal(key, 'history', round, random);
      const opensWith = async (other: Lock, touch: Uint8Array, digits: string) => {
        const tried = await keyOf(other, touch, digits);
        return tried !== null && (await unseal(tried, 'history', sealed)) === round;
      };
      assert.equal(await opensWith(lock, secret, pin), true);
      assert.equal(await opensWith(lock, secret, nextTo(pin)), false);
      assert.equal(await opensWith(lock, secret, otherThan(pin)), false);
      assert.equal(await opensWith(await lockOf(kind, secret), secret, pin), false);
      // Where passkeys yield nothing, the key that never leaves the browser stands for their secret.
      if (kind === 'sealed') assert.equal(await opensWith(lock, random(32), pin), false);
    }
  });
}

describe('a lock with a PIN', () => {
  const secret = new Uint8Array(32).fill(1);

  test('takes six hundred thousand rounds for each try, and salts them anew', async () => {
    const [one, two] = [await makePinLock(secret, random), await makePinLock(secret, random)];
    assert.ok(one.rounds >= 600_000);
    assert.notDeepEqual(one.salt, two.salt);
    assert.notDeepEqual(await stretched('280519', one), await stretched('280519', two));
  });

  test('yields no key without its PIN, nor to the passkey’s secret in the PIN’s place', async () => {
    const lock = await lockOf('sealed', secret);
    assert.equal(await keyOf(lock, secret, null), null);
    assert.equal(await keyOf(lock, null, '280519'), null);
    const { pin: _, ...bare } = lock;
    const key = (await keyOf(lock, secret, '280519')) ?? assert.fail();
    const touchAlone = (await keyOf(bare, secret, null)) ?? assert.fail();
    assert.equal(await unseal(touchAlone, 'history', await seal(key, 'history', 1, random)), null);
  });

  test('tells a touch of its passkey from that of another, whatever the PIN', async () => {
    const lock = await lockOf('sealed', secret);
    assert.equal(await fits(lock, { passkey, secret }), true);
    assert.equal(await fits(lock, { passkey, secret: random(32) }), false);
    assert.equal(await fits(lock, { passkey, secret: null }), false);
    assert.equal(await fits(lock, { passkey: 'other', secret }), false);
  });

  test('makes keys that cannot be read out', async () => {
    const sealed = await makeLock({ random }, { passkey, secret, pin: '280519' });
    const gate = await makeLock({ random }, { passkey, secret: null, pin: '280519' });
    assert.ok(gate.lock.kind === 'gate');
    for (const key of [sealed.key, gate.key, gate.lock.key]) {
      assert.equal(key.extractable, false);
      await assert.rejects(crypto.subtle.exportKey('raw', key), /not extractable/);
    }
    await assert.rejects(seal(gate.lock.key, 'history', 1, random));
  });
});

describe('a PIN', () => {
  for (const pin of ['000000', '777777', '123456', '654321', '890123', '210987']) {
    test(`${pin} is too easy`, () => assert.equal(isEasy(pin), true));
  }
  for (const pin of ['280519', '123457', '112233']) {
    test(`${pin} is not`, () => assert.equal(isEasy(pin), false));
  }

  test('is read in whichever digits it was typed, and nothing else of it', () => {
    assert.equal(digitsIn('٢٨٠٥١٩'), '280519');
    assert.equal(digitsIn('۲۸۰۵۱۹'), '280519');
    assert.equal(digitsIn(' 28-05 a19 77'), '280519');
  });
});

function somePin(): string {
  return String(randomBytes(4).readUInt32BE() % 1_000_000).padStart(6, '0');
}

/** One that differs by its last digit. */
function nextTo(pin: string): string {
  return `${pin.slice(0, -1)}${(Number(pin.at(-1)) + 1) % 10}`;
}

function otherThan(pin: string): string {
  for (let other = somePin(); ; other = somePin()) if (other !== pin) return other;
}
