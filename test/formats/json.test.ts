import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isJsonObject, jsonOfBase64url, member } from '../../src/formats/json.ts';
import { base64url, utf8 } from '../../src/kernel/bytes.ts';

test('only objects are objects: not arrays, null, or primitives', () => {
  assert.equal(isJsonObject({}), true);
  for (const value of [[], null, 'a', 1, true, undefined]) assert.equal(isJsonObject(value), false);
});

test('a member is never inherited', () => {
  assert.equal(member({ a: 1 }, 'a'), 1);
  assert.equal(member({}, 'toString'), undefined);
});

test('any JSON survives the way through base64url', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      assert.deepEqual(jsonOfBase64url(base64url(utf8(json))), JSON.parse(json));
    }),
  );
});

test('what is not base64url of JSON is undefined', () => {
  for (const text of ['', '=', 'e30=', ' e30', base64url(utf8('{')), base64url(Uint8Array.of(0xff))])
    assert.equal(jsonOfBase64url(text), undefined);
});
