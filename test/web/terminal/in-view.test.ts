import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type InView, see } from '../../../src/web/terminal/in-view.ts';

function seen(...looks: readonly (readonly [text: string, at: number])[]): boolean[] {
  let before: InView | null = null;
  return looks.map(([text, at]) => {
    const { inView, fresh } = see(before, text, at);
    before = inView;
    return fresh;
  });
}

describe('a code before the camera', () => {
  test('counts once for as long as it stays in view', () =>
    assert.deepEqual(seen(['a', 0], ['a', 100], ['a', 2_000], ['a', 3_900]), [true, false, false, false]));
  test('counts again after it was away', () => assert.deepEqual(seen(['a', 0], ['a', 2_001]), [true, true]));
  test('counts when it takes the place of another', () =>
    assert.deepEqual(seen(['a', 0], ['b', 100], ['a', 200]), [true, true, true]));
});
