import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkDigitsHold, readDigits, withCheckDigits } from '../../src/formats/digits.ts';

const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((list) => list.join(''));

test('ASCII spaces and dashes are ignored wherever they stand', () => {
  assert.equal(readDigits('1234'), '1234');
  assert.equal(readDigits(' 12-34 - 5 '), '12345');
});

test('anything else that is not 0 to 9 makes it malformed', () => {
  for (const text of [
    '12a4',
    '12.4',
    '12\t4',
    '12\n',
    '12\u00a04',
    '12–4',
    '١٢٣',
    '１２',
    '+12',
    '1e3',
    '12_4',
    '\ufeff12',
  ])
    assert.equal(readDigits(text), null, JSON.stringify(text));
});

test('no digits at all are malformed', () => {
  for (const text of ['', ' ', '-', ' - ']) assert.equal(readDigits(text), null);
});

test('1,024 digits are read and one more is not', () => {
  assert.equal(readDigits('1'.repeat(1_024))?.length, 1_024);
  assert.equal(readDigits('1'.repeat(1_025)), null);
  assert.equal(readDigits(`1${' '.repeat(4_096)}`), null);
});

test('any text is digits or null, and never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.match(readDigits(text) ?? '0', /^[0-9]+$/);
    }),
  );
});

test("the check digits of the standard's own example are 44", () => {
  assert.equal(withCheckDigits('794'), '79444');
});

test('numbers with their check digits are 1 modulo 97', () => {
  fc.assert(
    fc.property(digits(1, 60), (body) => {
      const whole = withCheckDigits(body);
      assert.equal(whole.length, body.length + 2);
      assert.equal(BigInt(whole) % 97n, 1n);
      assert.equal(checkDigitsHold(whole), true);
    }),
  );
});

test('one digit changed, or two neighbours swapped, is noticed', () => {
  fc.assert(
    fc.property(digits(2, 40), fc.nat(), fc.integer({ min: 1, max: 9 }), (body, seed, by) => {
      const whole = withCheckDigits(body);
      const i = seed % (whole.length - 1);
      const changed = whole.slice(0, i) + ((Number(whole[i]) + by) % 10) + whole.slice(i + 1);
      const swapped = whole.slice(0, i) + whole[i + 1] + whole[i] + whole.slice(i + 2);
      assert.equal(checkDigitsHold(changed), false);
      assert.equal(checkDigitsHold(swapped), whole[i] === whole[i + 1]);
    }),
  );
});

test('what is not digits has no check digits that hold', () => {
  for (const text of ['', 'a', '1 ', '-96', '1.0']) assert.equal(checkDigitsHold(text), false);
});
