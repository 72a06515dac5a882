import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { narrowed, type OffsetRange, wholeSeconds } from '../../../../src/web/wallet/passes/clock.ts';

/** What a phone hears whose clock is so many milliseconds behind, each answer half a second after the other. */
function heard(behind: number, answers = 20): OffsetRange {
  let range: OffsetRange | null = null;
  for (let i = 0; i < answers; i++) {
    const sentAt = 1_000_000 + i * 537;
    const servedAt = Math.floor((sentAt + 20 + behind) / 1_000) * 1_000;
    range = narrowed(range, { sentAt, heardAt: sentAt + 40, servedAt });
  }
  return range ?? assert.fail();
}

describe('the offset of the clock', () => {
  test('is found to the second, however far it is off', () => {
    for (const behind of [0, 12_000, -3_600_000]) assert.equal(wholeSeconds(heard(behind)), behind);
  });

  test('leaves less than a second between any two phones', () => {
    for (let behind = -5_000; behind < 5_000; behind += 130) {
      const left = behind - wholeSeconds(heard(behind));
      assert.ok(Math.abs(left) <= 600, `${behind}: ${left}`);
    }
  });

  test('begins anew where the clock was set meanwhile', () => {
    const before = heard(0);
    const after = narrowed(before, { sentAt: 0, heardAt: 40, servedAt: 90_000 });
    assert.equal(wholeSeconds(after), 90_000);
  });
});
