import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressKeys } from '../../src/http/address-key.ts';
import { seeded } from '../support/random.ts';

/** Keys of a process whose clock the test turns. */
function keysAt(start: string, seed = 1) {
  let at = new Date(start);
  const key = addressKeys({ now: () => at, random: seeded(seed) });
  return { key, turnTo: (time: string) => (at = new Date(time)) };
}

const { key } = keysAt('2026-11-22T10:00:00Z');

test('an IPv4 address counts by itself, also where the system writes it as IPv6', () => {
  assert.equal(key('192.0.2.1'), key('192.0.2.1'));
  assert.equal(key('::ffff:192.0.2.1'), key('192.0.2.1'));
  assert.equal(key('::FFFF:192.0.2.1'), key('192.0.2.1'));
  assert.notEqual(key('192.0.2.1'), key('192.0.2.2'));
});

test('IPv6 addresses of one /64 count together, however they are shortened', () => {
  const one = key('2001:db8:1:2:3:4:5:6');
  for (const same of [
    '2001:db8:1:2::',
    '2001:db8:1:2::1',
    '2001:db8:1:2:ffff:ffff:ffff:ffff',
    '2001:db8:1:2:0:0:0:1',
  ])
    assert.equal(key(same), one, same);
  assert.equal(key('2001:db8::1'), key('2001:db8:0:0:9::'));
  assert.equal(key('::1'), key('0:0:0:0:5:6:7:8'));
});

test('those of another /64 do not', () => {
  const all = [
    '2001:db8:1:2::1',
    '2001:db8:1:3::1',
    '2001:db8:2:2::1',
    '2001:db8::1:2:0:1',
    '1:2::',
    '::1:2:0:0:0:0',
  ];
  assert.equal(new Set(all.map(key)).size, all.length);
});

test('two addresses count together if and only if their first 64 bits are the same', () => {
  const group = fc.constantFrom('0', '1', 'a');
  const address = fc.tuple(group, group, group, group, group, group, group, group);
  const short = (groups: readonly string[]) => {
    const text = new URL(`http://[${groups.join(':')}]`).hostname;
    return text.slice(1, -1);
  };
  fc.assert(
    fc.property(address, address, (one, other) => {
      const same = one.slice(0, 4).join() === other.slice(0, 4).join();
      assert.equal(key(short(one)) === key(short(other)), same);
    }),
  );
});

test('the same address is another key on another day, and the same one until midnight', () => {
  const { key, turnTo } = keysAt('2026-11-22T00:00:00.000Z');
  const today = key('192.0.2.1');
  turnTo('2026-11-22T23:59:59.999Z');
  assert.equal(key('192.0.2.1'), today);
  turnTo('2026-11-23T00:00:00.000Z');
  const tomorrow = key('192.0.2.1');
  assert.notEqual(tomorrow, today);
  turnTo('2026-11-22T12:00:00.000Z');
  assert.ok(![today, tomorrow].includes(key('192.0.2.1')));
});

test('two processes give one address different keys, and none shows the address', () => {
  const other = keysAt('2026-11-22T10:00:00Z', 2).key;
  assert.notEqual(other('192.0.2.1'), key('192.0.2.1'));
  assert.match(key('192.0.2.1'), /^[\w-]{43}$/);
});

test('what is no address has a key too', () => {
  for (const text of ['', ':', '::', ':::', 'unknown', '1:2:3:4:5:6:7:8:9', 'fe80::1%eth0']) {
    assert.match(key(text), /^[\w-]{43}$/, text);
  }
});
