import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { claimField, dateField, idField, instantField, nameField } from '../../src/http/fields.ts';
import { parse } from '../../src/http/parse.ts';
import { problem } from '../../src/http/problem.ts';
import { Fault } from '../../src/kernel/fault.ts';

type Place = Parameters<typeof parse>[2];

function faultOn(schema: z.ZodType, value: unknown, place: Place = 'body'): Fault {
  try {
    parse(schema, value, place);
  } catch (thrown) {
    assert.ok(thrown instanceof Fault, String(thrown));
    assert.equal(thrown.kind, 'invalid_request');
    return thrown;
  }
  assert.fail('was not refused');
}

function wrong(schema: z.ZodType, value: unknown, place: Place = 'body'): string[] {
  return (faultOn(schema, value, place).more.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
}

const order = z.strictObject({
  name: z.string().max(5),
  lines: z.array(z.strictObject({ count: z.number().int() })).default([]),
});

test('what fits comes back as the schema has it', () => {
  assert.deepEqual(parse(order, { name: 'tea' }, 'body'), { name: 'tea', lines: [] });
});

test('each wrong field is named by its pointer and the rule that it breaks', () => {
  assert.deepEqual(wrong(order, {}), ['/name invalid_type']);
  assert.deepEqual(wrong(order, { name: 'coffee' }), ['/name too_big']);
  assert.deepEqual(wrong(order, { name: 'tea', lines: [{ count: 1 }, { count: 'two' }] }), [
    '/lines/1/count invalid_type',
  ]);
  assert.deepEqual(wrong(order, { name: 7, lines: 'none' }), ['/name invalid_type', '/lines invalid_type']);
});

test('a field that is not in the contract is refused by its own pointer', () => {
  assert.deepEqual(wrong(order, { name: 'tea', milk: 1, sugar: 2 }), [
    '/milk unknown_field',
    '/sugar unknown_field',
  ]);
  assert.deepEqual(wrong(order, { name: 'tea', lines: [{ count: 1, size: 2 }] }), [
    '/lines/0/size unknown_field',
  ]);
});

test('a pointer is escaped as RFC 6901 has it', () => {
  assert.deepEqual(wrong(order, { name: 'tea', 'a/b~c': 1 }), ['/a~1b~0c unknown_field']);
});

test('the name of an unknown field is cut, however long it is', () => {
  assert.deepEqual(wrong(order, { name: 'tea', ['x'.repeat(1_000)]: 1 }), [
    `/${'x'.repeat(64)} unknown_field`,
  ]);
});

test('what is wrong outside the body is named by its place', () => {
  assert.deepEqual(wrong(order, {}, 'query'), ['#query/name invalid_type']);
  assert.deepEqual(wrong(order, {}, 'path'), ['#path/name invalid_type']);
  assert.deepEqual(wrong(order, {}, 'header'), ['#header/name invalid_type']);
});

test('no more than twenty wrong fields are told', () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, i]));
  const fault = faultOn(order, { ...many, name: 'tea' });
  assert.equal(fault.more.errors?.length, 20);
  assert.equal(fault.message, 'The body has 20 wrong fields.');
  assert.equal(faultOn(order, {}).message, 'The body has a wrong field.');
});

test('a body that is no object is refused as a whole', () => {
  for (const body of [undefined, null, 'text', 7, []])
    assert.deepEqual(wrong(order, body), [' invalid_type']);
});

/** Every kind of field that contracts use. */
const everything = z.strictObject({
  text: z.string().max(3),
  form: z.string().regex(/^\d$/),
  word: z.enum(['a', 'b']),
  one: z.literal('x'),
  number: z.coerce.number(),
  whole: z.number().int().multipleOf(2),
  list: z.array(z.string().max(2)).max(1),
  table: z.record(z.string(), z.number()),
  union: z.union([z.number(), z.strictObject({ a: z.number() })]),
  choice: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('a') }),
    z.object({ kind: z.literal('b') }),
  ]),
  date: dateField,
  instant: instantField,
  id: idField('person'),
  claim: claimField,
  name: nameField(3),
  address: z.url(),
});

test('no answer repeats a value that was wrong, wherever it stood', () => {
  const secret = fc.string({ unit: fc.constantFrom(...'QXZJ'), minLength: 6, maxLength: 40 });
  const places = [
    (text: string) => text,
    (text: string) => [text, text],
    (text: string) => ({ kind: text, a: text }),
  ];
  fc.assert(
    fc.property(secret, fc.constantFrom(...places), (text, put) => {
      const body = Object.fromEntries(Object.keys(everything.shape).map((name) => [name, put(text)]));
      const answer = JSON.stringify(problem(faultOn(everything, { ...body, more: put(text) }), 'req_1'));
      assert.ok(!answer.includes(text), answer);
    }),
  );
});
