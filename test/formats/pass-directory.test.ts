import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type DirectoryKey,
  listedKey,
  readListedKeys,
  rememberKeys,
} from '../../src/formats/pass-directory.ts';
import { base64url } from '../../src/kernel/bytes.ts';
import { makePassKey } from '../support/passes.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const DAY = 86_400_000;
const [first, second] = [makePassKey(), makePassKey()];

/** A key of today, which may differ. */
function key(change: Partial<DirectoryKey> = {}): DirectoryKey {
  return {
    keyId: first.keyId,
    spki: first.spki,
    claim: 'age_over_18',
    notBefore: new Date('2026-11-22T00:00:00Z'),
    expiresAt: new Date('2026-11-24T00:00:00Z'),
    withdrawnAt: null,
    ...change,
  };
}
const other = { keyId: second.keyId, spki: second.spki };
const read = (...keys: object[]) => readListedKeys(keys as never);

test('a directory is read as it was written', () => {
  const keys = [key(), key({ ...other, claim: 'status_student', withdrawnAt: NOW })];
  assert.deepEqual(read(...keys.map(listedKey)), keys);
});

test('a directory with anything in it that is no key is none', () => {
  const good = listedKey(key());
  const spki = base64url(first.spki.subarray(1));
  const wrong: [string, object][] = [
    ['another id', { key_id: second.keyId }],
    ['another key', { spki: base64url(second.spki) }],
    ['half a key', { spki }],
    ['no base64url', { spki: `${good.spki}=` }],
    ['a claim of identity', { claim: 'family_name' }],
    ['no claim', { claim: 'AGE' }],
    ['an end before its beginning', { expires_at: good.not_before }],
    ['a time that is none', { not_before: '0' }],
    ['a time beyond the calendar', { expires_at: 1e15 }],
    ['a withdrawal at no time', { withdrawn_at: 'today' }],
  ];
  assert.notEqual(read(good), null);
  for (const [what, change] of wrong) assert.equal(read({ ...good, ...change }), null, what);
  assert.equal(readListedKeys({ 0: good } as never), null);
  assert.equal(readListedKeys([null]), null);
});

test('two keys for one claim and window are refused, and one id twice', () => {
  assert.equal(read(listedKey(key()), listedKey(key(other))), null);
  assert.equal(read(listedKey(key()), listedKey(key({ claim: 'age_over_21' }))), null);
  const tomorrow = { notBefore: new Date(key().notBefore.getTime() + DAY) };
  assert.notEqual(read(listedKey(key()), listedKey(key({ ...other, ...tomorrow }))), null);
});

test('a key that was seen may not be changed, left out before its time, or come back from withdrawal', () => {
  const seen = rememberKeys([], [key()], NOW) ?? [];
  const grown = [key(), key({ ...other, claim: 'age_over_21' })];
  assert.equal(rememberKeys(seen, grown, NOW)?.length, 2);
  assert.equal(rememberKeys(seen, [key(other)], NOW), null, 'changed');
  assert.equal(rememberKeys(seen, [key({ expiresAt: new Date('2026-11-25') })], NOW), null, 'another end');
  assert.equal(rememberKeys(seen, [], NOW), null, 'left out');
  const withdrawn =
    rememberKeys(seen, [key({ withdrawnAt: NOW })], NOW) ?? assert.fail('it may be withdrawn');
  assert.equal(rememberKeys(withdrawn, [key()], NOW), null, 'back from withdrawal');
  const over = new Date('2026-11-24T00:00:00Z');
  assert.deepEqual(rememberKeys(seen, [], over), [], 'forgotten when it is over');
});

test('a directory that speaks of a part may leave the others out, and they stay remembered', () => {
  const seen = rememberKeys([], [key(), key({ ...other, claim: 'age_over_21' })], NOW) ?? [];
  const onlyAdults = ({ claim }: { claim: string }) => claim === 'age_over_18';
  assert.equal(rememberKeys(seen, [key()], NOW, onlyAdults)?.length, 2);
  assert.equal(rememberKeys(seen, [], NOW, onlyAdults), null);
});
