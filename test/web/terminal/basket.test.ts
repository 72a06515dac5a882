import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  askedFor,
  EMPTY,
  fixedTo,
  forNext,
  type OfferedPolicy,
  sentIn,
  shelves,
  stillOffered,
  takeSent,
  toggle,
  toggleTill,
} from '../../../src/web/terminal/basket.ts';

const policy = (
  id: string,
  claims: readonly string[],
  presenter: 'none' | 'portrait' = 'none',
): OfferedPolicy => ({
  id,
  title: id,
  claims,
  presenter,
});
const ALCOHOL = policy('alcohol', ['age_over_18']);
const FILM = policy('films_12', ['age_over_12']);
const STUDENT = policy('student_discount', ['status_student']);
const PARCEL = policy('parcel_pickup', ['family_name'], 'portrait');
const POLICIES = [ALCOHOL, FILM, PARCEL, STUDENT];

describe('the basket', () => {
  test('holds several things at once, and lets go of them', () => {
    const both = toggle(toggle(EMPTY, 'alcohol'), 'films_12');
    assert.deepEqual(askedFor(both), ['alcohol', 'films_12']);
    assert.deepEqual(askedFor(toggle(both, 'alcohol')), ['films_12']);
  });

  test('is fixed in a kiosk: neither what the till sends nor a policy that is gone or changed makes it ask less', () => {
    const fixed = fixedTo(['alcohol', 'parcel_pickup']);
    assert.equal(takeSent(fixed, { policies: ['films_12'], reference: null }), fixed);
    assert.equal(forNext(fixed, POLICIES), fixed);
    assert.equal(stillOffered(fixed, []), fixed);
    assert.deepEqual(askedFor(fixed), ['alcohol', 'parcel_pickup']);
  });

  test('is what the till sends from when it sends it, until somebody chooses by hand', () => {
    const sent = takeSent(toggle(EMPTY, 'alcohol'), { policies: ['films_12'], reference: '2231' });
    assert.deepEqual(askedFor(sent), ['films_12']);
    assert.deepEqual(askedFor(toggleTill(sent)), ['alcohol']);
    assert.deepEqual(askedFor(toggle(sent, 'student_discount')), ['alcohol', 'student_discount']);
  });

  test('is empty where it is left to the till and nothing was sent', () =>
    assert.deepEqual(askedFor(toggleTill(EMPTY)), []));

  test('keeps for the next customer what tells nobody who somebody is', () => {
    const all = toggle(toggle(toggle(EMPTY, 'alcohol'), 'parcel_pickup'), 'student_discount');
    assert.deepEqual(askedFor(forNext(all, POLICIES)), ['alcohol', 'student_discount']);
  });

  test('loses what is no longer offered', () =>
    assert.deepEqual(askedFor(stillOffered(toggle(EMPTY, 'gone'), POLICIES)), []));
});

describe('what the till sends', () => {
  test('is read from the address', () =>
    assert.deepEqual(sentIn('#ask=alcohol,films_12&reference=till%204'), {
      policies: ['alcohol', 'films_12'],
      reference: 'till 4',
    }));
  test('is nothing where it names no policy', () => {
    for (const fragment of ['', '#', '#ask=', '#ask=<b>', '#reference=4'])
      assert.equal(sentIn(fragment), null);
  });
});

test('policies stand by the age they ask for, the highest first', () => {
  assert.deepEqual(
    shelves(POLICIES).map(({ age, policies }) => [age, policies.map(({ id }) => id)]),
    [
      [18, ['alcohol']],
      [12, ['films_12']],
      [null, ['parcel_pickup', 'student_discount']],
    ],
  );
});
