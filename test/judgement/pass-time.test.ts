import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshnessOf, USUAL_BOUNDS } from '../../src/judgement/pass-time.ts';

const NOW = new Date('2026-11-22T10:00:00Z');

test('a showing is fresh from 5 seconds ahead to 40 seconds old, skewed to 60 and 90, and no good beyond', () => {
  const ages: [number, string][] = [
    [-60.001, 'not_yet_valid'],
    [-60, 'skewed'],
    [-5.001, 'skewed'],
    [-5, 'fresh'],
    [0, 'fresh'],
    [40, 'fresh'],
    [40.001, 'skewed'],
    [90, 'skewed'],
    [90.001, 'expired'],
  ];
  for (const [age, expected] of ages) {
    const shownAt = new Date(NOW.getTime() - age * 1_000);
    assert.equal(freshnessOf(shownAt, NOW, USUAL_BOUNDS), expected, String(age));
  }
});
