import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mintTicket } from '../../src/formats/ticket.ts';
import { readToken } from '../../src/judgement/read-token.ts';
import { TEST_OUTCOMES, testToken } from '../../src/judgement/test-token.ts';
import { makePass, makePassKey } from '../support/passes.ts';
import { seeded } from '../support/random.ts';

const ticket = mintTicket(seeded(4));
const malformed = { kind: 'malformed' };

test('a live terminal reads a ticket, also with spaces and dashes', () => {
  assert.deepEqual(readToken(ticket, true), { kind: 'ticket', ticket });
  const grouped = ticket.replace(/(\d{4})/g, '$1 ').replace(' ', '-');
  assert.deepEqual(readToken(` ${grouped}`, true), { kind: 'ticket', ticket });
});

test('a live terminal knows no test token', () => {
  for (const outcome of TEST_OUTCOMES) assert.deepEqual(readToken(testToken(outcome), true), malformed);
});

test('a test terminal reads each test token', () => {
  for (const outcome of TEST_OUTCOMES) {
    assert.deepEqual(readToken(testToken(outcome), false), { kind: 'test', outcome });
  }
});

test('a test terminal knows no ticket', () => assert.deepEqual(readToken(ticket, false), malformed));

test('what is not digits, or not all of them, is malformed at both', () => {
  for (const text of [
    '',
    ' ',
    'ticket',
    `${ticket}.`,
    ticket.slice(1),
    `${ticket}0`,
    `\n${ticket}`,
    `2${ticket}`,
  ]) {
    for (const live of [true, false])
      assert.deepEqual(readToken(text, live), malformed, JSON.stringify(text));
  }
});

test('any text is read as something and never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.nat().map(String)), fc.boolean(), (text, live) => {
      assert.deepEqual(readToken(text, live), malformed);
    }),
  );
});

test('a live terminal reads a pass, and no test terminal does', async () => {
  const digits = await (await makePass(makePassKey())).show(new Date('2026-11-22T10:00:00Z'));
  const read = readToken(digits, true);
  assert.equal(read.kind, 'pass');
  assert.deepEqual(readToken(digits, false), malformed);
  assert.deepEqual(readToken(digits.slice(0, -1), true), malformed);
});
