import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_AGES, DEFAULT_STATUSES } from '../../src/kernel/claims.ts';
import {
  keyIdOf,
  type PassKey,
  passClaims,
  signsAt,
  windowAt,
  windowsAhead,
} from '../../src/passes/pass-key.ts';
import { makePassKey } from '../support/passes.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const HOUR = 3_600_000;

test('a window of a day begins at midnight in UTC, and its passes live to the end of the next', () => {
  const { date, notBefore, ends, expiresAt } = windowAt(NOW, 1);
  assert.equal(date, '2026-11-22');
  assert.equal(notBefore.toISOString(), '2026-11-22T00:00:00.000Z');
  assert.equal(ends.toISOString(), '2026-11-23T00:00:00.000Z');
  assert.equal(expiresAt.toISOString(), '2026-11-24T00:00:00.000Z');
});

test('every instant lies in one window, and windows follow each other without gaps', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
      fc.integer({ min: 1, max: 14 }),
      (at, days) => {
        const window = windowAt(at, days);
        assert.ok(window.notBefore <= at && at < window.ends);
        assert.deepEqual(windowAt(window.ends, days).notBefore, window.ends);
        assert.deepEqual(windowAt(new Date(window.ends.getTime() - 1), days), window);
      },
    ),
  );
});

test('keys are wanted for the window of today and for each that begins within seven days', () => {
  const dates = windowsAhead(NOW, 1, 7).map(({ date }) => date);
  assert.deepEqual([dates.length, dates[0], dates.at(-1)], [8, '2026-11-22', '2026-11-29']);
  assert.deepEqual(windowsAhead(NOW, 7, 7).length, 2);
});

test('a key signs in its window and the one before, not in the days of grace, and not once it was withdrawn', () => {
  const window = windowAt(NOW, 1);
  const key: PassKey = {
    keyId: '00000000',
    claim: 'age_over_18',
    window,
    spki: new Uint8Array(),
    sealedPrivate: new Uint8Array(1),
    withdrawnAt: null,
  };
  const from = (milliseconds: number) => new Date(window.notBefore.getTime() + milliseconds);
  assert.equal(signsAt(key, from(-24 * HOUR - 1)), false);
  assert.equal(signsAt(key, from(-24 * HOUR)), true);
  assert.equal(signsAt(key, from(0)), true);
  assert.equal(signsAt(key, from(24 * HOUR - 1)), true);
  assert.equal(signsAt(key, from(24 * HOUR)), false);
  assert.equal(signsAt({ ...key, withdrawnAt: NOW }, NOW), false);
  assert.equal(signsAt({ ...key, sealedPrivate: null }, NOW), false);
});

test('there are passes for every age and every status, and for nothing that says who somebody is', () => {
  const claims = passClaims({ ages: DEFAULT_AGES, statuses: DEFAULT_STATUSES });
  assert.equal(claims.length, DEFAULT_AGES.length + DEFAULT_STATUSES.length);
  assert.ok(claims.every((claim) => /^(age_over_\d+|status_\w+)$/.test(claim)));
});

test('a key is named by its SPKI, and a key of another kind has no name', () => {
  const { keyId, spki } = makePassKey();
  assert.equal(keyIdOf(spki), keyId);
  assert.match(keyId, /^[0-9a-f]{8}$/);
  assert.equal(keyIdOf(spki.subarray(1)), null);
});
