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
      nationality: null,
      document_number: null,
      external_id: null,
      statuses: [{ type: 'student', until: '2027-07-31' }],
    });
    assert.deepEqual(wrongBefore(ADA), {});
  });

  for (const [pointer, changed] of [
    ['/given_name', { givenName: ' ' }],
    ['/family_name', { familyName: '' }],
    ['/birth_date', { birthDate: '' }],
    ['/nationality', { nationality: 'Britain' }],
    ['/statuses/0/until', { statuses: [{ row: 1, type: 'student', until: '' }] }],
  ] as const) {
    test(`is wrong at ${pointer} where that is missing`, () =>
      assert.deepEqual(Object.keys(wrongBefore({ ...ADA, ...changed })), [pointer]));
  }

  test('keeps the portrait on file, takes another in its place, or takes it away', () => {
    const onFile = { ...ADA, keepsPortrait: true };
    const portrait = 'data:image/jpeg;base64,AA==';
    assert.ok(!('portrait' in bodyOf(ADA)));
    assert.ok(!('portrait' in bodyOf(onFile)));
    assert.equal(bodyOf({ ...onFile, portrait }).portrait, portrait);
    assert.equal(bodyOf({ ...onFile, keepsPortrait: false }).portrait, null);
  });

  test('has a nationality in capitals, however it was typed', () => {
    assert.equal(bodyOf({ ...ADA, nationality: ' gb ' }).nationality, 'GB');
  });

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
