import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Lock, newLock, tried, waitLeft, weakness } from '../../../../src/web/terminal/kiosk/lock.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const FRESH = newLock('salt', 'hash', NOW);

/** A lock after so many wrong codes, each tried as soon as it may be, and when the last one was. */
function wrong(times: number): { lock: Lock; at: Date } {
  let [lock, at] = [FRESH, NOW];
  for (let i = 0; i < times; i++) {
    at = new Date(at.getTime() + waitLeft(lock, at));
    lock = tried(lock, at) ?? lock;
  }
  return { lock, at };
}

describe('an exit code', () => {
  for (const code of ['2580', '71939', '90125713', '1357']) {
    test(`may be ${code}`, () => assert.equal(weakness(code), null));
  }
  for (const code of ['', '258', '123456789', '25a0', '２５８０']) {
    test(`has four to eight digits, which "${code}" has not`, () => assert.equal(weakness(code), 'length'));
  }
  for (const code of ['0000', '1234', '98765432', '77777777']) {
    test(`is not what anybody would try first: ${code}`, () => assert.equal(weakness(code), 'simple'));
  }
});

describe('the lock of a kiosk', () => {
  test('lets three codes be tried, then makes each wait twice as long as the one before', () => {
    const waits = [1, 2, 3, 4, 5].map((times) => {
      const { lock, at } = wrong(times);
      return waitLeft(lock, at) / 1_000;
    });
    assert.deepEqual(waits, [0, 0, 30, 60, 120]);
  });

  test('waits for an hour at the most', () => {
    const { lock, at } = wrong(40);
    assert.equal(waitLeft(lock, at), 3_600_000);
  });

  test('takes no try while it waits, not even the right code', () => {
    const { lock } = wrong(3);
    assert.equal(tried(lock, after(29)), null);
    assert.equal(tried(lock, after(30))?.tries, 4);
  });

  test('does not wait longer than it ever would because the clock was set back', () => {
    const { lock } = wrong(3);
    assert.equal(waitLeft(lock, after(-86_400)), 30_000);
  });
});
