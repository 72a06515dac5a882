import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Claim } from '../../../src/kernel/claims.ts';
import { choicesOf, findChoice, wantedBy } from '../../../src/web/wallet/choice.ts';

const ADULT: readonly Claim[] = [
  'age_over_12',
  'age_over_18',
  'age_over_21',
  'status_student',
  'given_name',
  'family_name',
  'birth_date',
  'portrait',
  'document_number',
];
const ids = (claims: readonly Claim[]) => choicesOf(claims).usual.map(({ id }) => id);

describe('what a holder can show', () => {
  test('begins with the least: an age, a status, an age with a face, a name with a face', () => {
    assert.deepEqual(ids(ADULT), [
      'age_over_18',
      'status_student',
      'age_over_18+portrait',
      'given_name+family_name+portrait',
    ]);
  });

  test('never holds a birthday or a document number', () => {
    const { usual, more } = choicesOf(ADULT);
    const claims = [...usual, ...more].flatMap((choice) => choice.claims);
    assert.ok(!claims.includes('birth_date') && !claims.includes('document_number'));
  });

  test('keeps the other ages apart, in their order', () => {
    assert.deepEqual(
      choicesOf(ADULT).more.map(({ id }) => id),
      ['age_over_12', 'age_over_21'],
    );
  });

  test('is the highest age that is reached where 18 is not', () => {
    assert.deepEqual(ids(['age_over_16', 'age_over_12', 'age_over_14']), ['age_over_16']);
  });

  test('is nothing where nothing was issued', () => assert.deepEqual(ids([]), []));

  test('is a name alone where there is no portrait', () => {
    assert.deepEqual(ids(['given_name', 'family_name']), ['given_name+family_name']);
  });

  test('is found by its id, and only if the holder has it', () => {
    assert.equal(findChoice(ADULT, 'age_over_21')?.type, 'age');
    assert.equal(findChoice(ADULT, 'age_over_25'), null);
    assert.equal(findChoice(ADULT, 'birth_date'), null);
  });

  test('asks for the disclosures of its claims and no other', () => {
    const [over18, student, withFace] = choicesOf(ADULT).usual;
    assert.ok(wantedBy(over18!)(['age_equal_or_over', '18']));
    assert.ok(!wantedBy(over18!)(['age_equal_or_over', '21']));
    assert.ok(!wantedBy(over18!)(['age_equal_or_over']));
    assert.ok(wantedBy(student!)(['status_student']));
    assert.deepEqual([['portrait'], ['age_equal_or_over', '18'], ['given_name']].map(wantedBy(withFace!)), [
      true,
      true,
      false,
    ]);
  });
});
