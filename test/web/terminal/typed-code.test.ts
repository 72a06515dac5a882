import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mintTicket } from '../../../src/formats/ticket.ts';
import { testToken } from '../../../src/judgement/test-token.ts';
import { digitsIn, grouped, groupsOf, readTyped } from '../../../src/web/terminal/typed-code.ts';

const TICKET = mintTicket((length) => Uint8Array.from({ length }, (_, i) => 17 * i + 5));

describe('a code that is typed', () => {
  test('is whole with its last digit, spaces and dashes and all', () => {
    assert.deepEqual(readTyped(grouped(TICKET), true), { is: 'whole', digits: TICKET });
    assert.deepEqual(readTyped(TICKET.replace(/(.{7})/g, '$1-'), true), { is: 'whole', digits: TICKET });
  });

  test('says how many digits are missing', () => {
    assert.deepEqual(readTyped('', true), { is: 'unfinished', digits: '', missing: 34 });
    assert.deepEqual(readTyped(TICKET.slice(0, 30), true), {
      is: 'unfinished',
      digits: TICKET.slice(0, 30),
      missing: 4,
    });
  });

  test('is wrong if any one digit is, wherever it stands', () => {
    for (let i = 1; i < TICKET.length; i++) {
      const other = String((Number(TICKET.charAt(i)) + 1) % 10);
      const typed = readTyped(TICKET.slice(0, i) + other + TICKET.slice(i + 1), true);
      assert.deepEqual([typed.is, typed.is === 'wrong' && typed.why], ['wrong', 'digit'], `at ${i}`);
    }
  });

  test('is wrong with the first digit if no code begins with it', () => {
    assert.deepEqual(readTyped('5', true), { is: 'wrong', digits: '5', why: 'beginning' });
    assert.deepEqual(readTyped('1', false), { is: 'wrong', digits: '1', why: 'beginning' });
  });

  test('is named where it is a test code at a till that sells', () => {
    assert.deepEqual(readTyped('9', true), { is: 'wrong', digits: '9', why: 'test_code' });
    assert.equal(readTyped(testToken('expired'), false).is, 'whole');
  });

  test('takes no more digits than a code has', () => {
    assert.equal(readTyped(`${TICKET}99`, true).digits, TICKET);
  });

  test('may be in Arabic or Persian numerals', () => assert.equal(digitsIn('١٢٣۴۵ x6'), '123456'));

  test('is shown in fours, with room for what is to come', () => {
    assert.equal(grouped('123456789'), '1234 5678 9');
    const groups = groupsOf('12345');
    assert.equal(groups.length, 9);
    assert.deepEqual(groups.slice(0, 2), [
      { text: '1234', size: 4 },
      { text: '5', size: 4 },
    ]);
    assert.deepEqual(groups.at(-1), { text: '', size: 2 });
  });
});
