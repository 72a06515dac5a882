import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withCheckDigits } from '../../src/formats/digits.ts';
import { mintTicket, readTicket } from '../../src/formats/ticket.ts';
import { random } from './support/keys.ts';

const good = withCheckDigits(`1${'0123456789'.repeat(3)}0`);

test('a ticket is 34 digits, begins with 1, and is read back', () => {
  for (let i = 0; i < 200; i++) {
    const ticket = mintTicket(random);
    assert.match(ticket, /^1[0-9]{33}$/);
    assert.equal(readTicket(ticket), ticket);
  }
});

test('two tickets are not alike', () => {
  assert.equal(new Set(Array.from({ length: 200 }, () => mintTicket(random))).size, 200);
});

test('every digit is as likely as every other: bytes of 250 and more are thrown away', () => {
  const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  let at = 0;
  const counting = (length: number) => Uint8Array.from({ length }, () => every[at++ % 256] ?? 0);
  const used = Array.from({ length: 250 }, () => mintTicket(counting).slice(1, 32)).join('');
  const counts = Array.from({ length: 10 }, (_, digit) => used.split(String(digit)).length - 1);
  assert.equal(Math.max(...counts) - Math.min(...counts) <= 40, true, counts.join());
  const high = [...Array(31).fill(255), ...Array(31).fill(249)];
  const first = mintTicket((length) => Uint8Array.from(high.splice(0, length)));
  assert.equal(first, withCheckDigits(`1${'9'.repeat(31)}`));
});

test('randomness that never gives a usable byte is a bug, not an endless loop', () => {
  assert.throws(() => mintTicket((length) => new Uint8Array(length).fill(255)), /not random/);
});

test('a good ticket is read', () => assert.equal(readTicket(good), good));

test('one digit less, one more, another mark and wrong check digits are refused', () => {
  assert.equal(readTicket(good.slice(0, 33)), null);
  assert.equal(readTicket(`${good}0`), null);
  assert.equal(readTicket(withCheckDigits(`2${good.slice(1, 32)}`)), null);
  assert.equal(readTicket(good.slice(0, 32) + (good.endsWith('00') ? '01' : '00')), null);
  assert.equal(readTicket(` ${good.slice(1)}`), null);
});

test('random text is never a ticket', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.equal(readTicket(text), null)));
});
