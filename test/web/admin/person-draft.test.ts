import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createPerson } from '../../../src/people/endpoints.ts';
import {
  bodyOf,
  EMPTY,
  type PersonDraft,
  statusesLeft,
  withStatus,
  wrongBefore,
} from '../../../src/web/admin/people/person-draft.ts';

const ADA: PersonDraft = {
  ...EMPTY,
  givenName: ' Ada ',
  familyName: 'Lovelace',
  birthDate: '1992-12-10',
  statuses: [{ row: 1, type: 'student', until: '2027-07-31' }],
};

describe('a person as an officer writes them down', () => {
  test('is what the contract takes, and nothing is wrong with it', () => {
    assert.deepEqual(createPerson.body.schema.parse(bodyOf(ADA)), {
      given_name: 'Ada',
      family_name: 'Lovelace',
      birth_date: '1992-12-10',
      statuses: [{ type: 'student', until: '2027-07-31' }],
    });
    assert.deepEqual(wrongBefore(ADA), {});
  });

  for (const [pointer, changed] of [
    ['/given_name', { givenName: ' ' }],
    ['/family_name', { familyName: '' }],
    ['/birth_date', { birthDate: '' }],
    ['/statuses/0/until', { statuses: [{ row: 1, type: 'student', until: '' }] }],
  ] as const) {
    test(`is wrong at ${pointer} where that is missing`, () =>
      assert.deepEqual(Object.keys(wrongBefore({ ...ADA, ...changed })), [pointer]));
  }

  test('has each status once, in a row of its own', () => {
    const more = withStatus(ADA, 'veteran');
    assert.deepEqual(
      more.statuses.map(({ row, type }) => [row, type]),
      [
        [1, 'student'],
        [2, 'veteran'],
      ],
    );
    assert.deepEqual(statusesLeft(['student', 'veteran', 'nurse'], more), ['nurse']);
  });
});
