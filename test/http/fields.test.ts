import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { z } from 'zod';
import {
  claimField,
  dateField,
  idField,
  idParams,
  instantField,
  listBody,
  nameField,
  pageAsked,
  pageQuery,
} from '../../src/http/fields.ts';
import { minter } from '../../src/kernel/ids.ts';
import { seeded } from '../support/random.ts';

const mint = minter({ now: () => new Date('2026-11-22T10:00:00Z'), random: seeded(1) });

function takes(schema: z.ZodType, value: unknown): boolean {
  return schema.safeParse(value).success;
}

test('an id is one of its noun', () => {
  const id = mint('person');
  assert.ok(takes(idField('person'), id));
  assert.ok(takes(idParams('person'), { id }));
  for (const wrong of [mint('wallet'), '', id.slice(1), `${id}\n`, 7, null]) {
    assert.ok(!takes(idField('person'), wrong), String(wrong));
  }
});

test('an instant is RFC 3339 in UTC', () => {
  for (const right of ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00.123Z']) {
    assert.ok(takes(instantField, right), right);
  }
  for (const wrong of [
    '2026-11-22',
    '2026-11-22T10:00:00',
    '2026-11-22T10:00:00+01:00',
    '2026-02-30T10:00:00Z',
    0,
  ]) {
    assert.ok(!takes(instantField, wrong), String(wrong));
  }
});

test('a date is a day that exists', () => {
  assert.ok(takes(dateField, '2024-02-29'));
  for (const wrong of ['2026-02-29', '2026-11-22T00:00', '22.11.2026', '', 20261122]) {
    assert.ok(!takes(dateField, wrong), String(wrong));
  }
});

test('a name has some characters that can be seen, and none of control', () => {
  const name = nameField(5);
  assert.equal(name.parse('  Ann '), 'Ann');
  for (const right of ['Ann', '李', "O'Neil".slice(0, 5)]) assert.ok(takes(name, right), right);
  for (const wrong of ['', '   ', 'Annika', 'A\nB', 'A\0B', 'A\u0085B', 7])
    assert.ok(!takes(name, wrong), String(wrong));
});

test('a claim has the shape of one', () => {
  for (const right of ['age_over_18', 'status_student', 'birth_date']) assert.ok(takes(claimField, right));
  for (const wrong of ['', 'Age', 'age-over', '__proto__', 'x'.repeat(50)])
    assert.ok(!takes(claimField, wrong));
});

test('a list is asked for in parts of 1 to 100, 20 if nothing is said', () => {
  assert.deepEqual(pageAsked(pageQuery.parse({})), { limit: 20, after: null });
  assert.deepEqual(pageAsked(pageQuery.parse({ limit: '100', starting_after: 'x' })), {
    limit: 100,
    after: 'x',
  });
  for (const wrong of ['0', '101', '', '-1', '1.5', 'ten', 'NaN', 'Infinity', ['1', '2']]) {
    assert.ok(!takes(pageQuery, { limit: wrong }), String(wrong));
  }
  assert.ok(!takes(pageQuery, { starting_after: 'x'.repeat(65) }));
  assert.ok(!takes(pageQuery, { page: '1' }));
});

test('the next cursor is the last id shown, where there is more', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ id: fc.string() })), fc.boolean(), (rows, hasMore) => {
      const body = listBody({ rows, hasMore }, ({ id }) => id);
      assert.deepEqual(
        body.data,
        rows.map(({ id }) => id),
      );
      assert.equal(body.object, 'list');
      assert.equal(body.has_more, hasMore);
      assert.equal(body.next_cursor, hasMore ? (rows.at(-1)?.id ?? null) : null);
    }),
  );
});
