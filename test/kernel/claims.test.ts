import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  CLAIM_SHAPE,
  DEFAULT_AGES,
  DEFAULT_STATUSES,
  IDENTITY_CLAIMS,
  isIdentity,
  partsOf,
  readClaim,
} from '../../src/kernel/claims.ts';

const vocabulary = { ages: DEFAULT_AGES, statuses: DEFAULT_STATUSES };
const ours = [
  ...DEFAULT_AGES.map((age) => `age_over_${age}`),
  ...DEFAULT_STATUSES.map((status) => `status_${status}`),
  ...IDENTITY_CLAIMS,
];

test('every claim of the vocabulary is read, and has the shape of a claim', () => {
  for (const name of ours) {
    assert.equal(readClaim(name, vocabulary), name);
    assert.match(name, CLAIM_SHAPE);
  }
});

test('an age or a status that the vocabulary lacks is no claim, until it is added', () => {
  assert.equal(readClaim('age_over_23', vocabulary), null);
  assert.equal(readClaim('age_over_23', { ...vocabulary, ages: [23] }), 'age_over_23');
  assert.equal(readClaim('status_nurse', vocabulary), null);
  assert.equal(readClaim('status_nurse', { ...vocabulary, statuses: ['nurse'] }), 'status_nurse');
  assert.equal(readClaim('age_over_18', { ages: [], statuses: [] }), null);
});

test('names that only look like claims are none', () => {
  for (const name of [
    '',
    'age_over_',
    'age_over_018',
    'age_over_1e',
    'age_over_-18',
    'age_over_18\n',
    ' age_over_18',
    'AGE_OVER_18',
    'age_equal_or_over',
    'status_',
    'status_Student',
    'student',
    'status',
    'given_names',
    '__proto__',
    'constructor',
    'toString',
  ]) {
    assert.equal(readClaim(name, vocabulary), null, JSON.stringify(name));
  }
});

test('any text is read as itself or not at all', () => {
  const near = fc
    .constantFrom('age_over_', 'status_', 'given_name', 'birth_date')
    .chain((start) => fc.string({ maxLength: 3 }).map((end) => start + end));
  fc.assert(
    fc.property(fc.oneof(fc.string(), near), (name) => {
      const claim = readClaim(name, vocabulary);
      assert.equal(claim, ours.includes(name) ? name : null);
    }),
  );
});

test('a claim taken apart says its kind', () => {
  assert.deepEqual(partsOf('age_over_18'), { kind: 'age', years: 18 });
  assert.deepEqual(partsOf('status_large_family'), { kind: 'status', type: 'large_family' });
  assert.deepEqual(partsOf('birth_date'), { kind: 'identity', name: 'birth_date' });
  assert.equal(partsOf('shoe_size'), null);
});

test('only names, numbers and pictures tell who somebody is', () => {
  for (const name of IDENTITY_CLAIMS) assert.equal(isIdentity(name), true);
  assert.equal(isIdentity('age_over_18'), false);
  assert.equal(isIdentity('status_student'), false);
});
