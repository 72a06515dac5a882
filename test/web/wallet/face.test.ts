import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { copiesLeft, type Face, runningLow, withoutCopy } from '../../../src/web/wallet/face.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const DAY = 86_400_000;

const faceWith = (count: number, days = 14): Face => ({
  issuer: 'https://id.example',
  wallet: null,
  name: 'Ada',
  lock: { kind: 'sealed', passkey: 'p', salt: new Uint8Array(16) },
  claims: ['age_over_18'],
  stock: Array.from({ length: count }, (_, at) => ({
    id: String(at),
    type: 'age' as const,
    expiresAt: NOW.getTime() + days * DAY + at,
  })),
  changedAt: 0,
});

describe('the copies that are left', () => {
  test('are those that are good, the first to expire in front', () => {
    const { stock, ...face } = faceWith(3);
    const mixed = {
      ...face,
      stock: [...stock].reverse().concat({ id: 'old', type: 'age', expiresAt: NOW.getTime() }),
    };
    assert.deepEqual(
      copiesLeft(mixed, 'age', NOW).map(({ id }) => id),
      ['0', '1', '2'],
    );
    assert.deepEqual(copiesLeft(mixed, 'status', NOW), []);
  });

  test('are one less when one is taken', () => {
    assert.deepEqual(
      copiesLeft(withoutCopy(faceWith(2), '0', NOW), 'age', NOW).map(({ id }) => id),
      ['1'],
    );
  });

  test('are few below eight, and two days before they end', () => {
    assert.deepEqual(runningLow(faceWith(8), NOW), []);
    assert.deepEqual(runningLow(faceWith(7), NOW), ['age']);
    assert.deepEqual(runningLow(faceWith(30, 2), NOW), []);
    assert.deepEqual(runningLow(faceWith(30, 1), NOW), ['age']);
  });

  test('are never few of what the holder does not have', () => {
    assert.deepEqual(runningLow({ ...faceWith(0), claims: [] }, NOW), []);
  });
});
