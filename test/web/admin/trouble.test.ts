import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Problem } from '../../../src/sdk/problem.ts';
import { troubleOf, type Unanswered, wrongIn } from '../../../src/web/admin/trouble.ts';

const problem: Problem = { status: 409, code: 'conflict', detail: 'A detail.', requestId: null, errors: [] };
const refused = (changed: Partial<Problem>, retryAfter: number | null = null): Unanswered => ({
  kind: 'refused',
  problem: { ...problem, ...changed },
  retryAfter,
  headers: new Headers(),
  servedAt: null,
});

describe('a call without an answer', () => {
  for (const [why, key] of [
    ['unreachable', 'admin.trouble.unreachable'],
    ['timeout', 'admin.trouble.timeout'],
    ['garbled', 'admin.trouble.garbled'],
  ] as const) {
    test(`that was lost as ${why} is told as ${key}`, () =>
      assert.equal(troubleOf({ kind: 'lost', why }).key, key));
  }

  for (const [code, key] of [
    ['conflict', 'admin.trouble.conflict'],
    ['forbidden', 'admin.trouble.forbidden'],
    ['not_found', 'admin.trouble.gone'],
    ['payload_too_large', 'admin.trouble.too_large'],
    ['internal_error', 'admin.trouble.unavailable'],
    [null, 'admin.trouble.unavailable'],
  ] as const) {
    test(`that was refused as ${code} is told as ${key}`, () =>
      assert.equal(troubleOf(refused({ code })).key, key));
  }

  test('because of too many says in how many seconds to try again', () => {
    const { key, values } = troubleOf(refused({ code: 'rate_limited' }, 7));
    assert.deepEqual([key, values], ['admin.trouble.too_many', { count: 7 }]);
  });
});

describe('wrong fields', () => {
  test('are told each in words of its own, and an unknown rule in words for all', () => {
    const errors = [
      { pointer: '/birth_date', code: 'in_the_future' },
      { pointer: '/portrait', code: 'not_a_picture' },
      { pointer: '/given_name', code: 'constructor' },
    ];
    assert.deepEqual(
      Object.entries(wrongIn({ ...problem, errors })).map(([pointer, { key }]) => [pointer, key]),
      [
        ['/birth_date', 'admin.wrong.in_the_future'],
        ['/portrait', 'admin.wrong.not_a_picture'],
        ['/given_name', 'admin.wrong.form'],
      ],
    );
  });
});
