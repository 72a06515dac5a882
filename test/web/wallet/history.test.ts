import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Entry, entryOf, shownEntry, withEntries } from '../../../src/web/wallet/history.ts';

const choice = { id: 'age_over_18', type: 'age', claims: ['age_over_18'] } as const;
const asking = {
  askedAt: '2026-11-22T14:03:00.000Z',
  shop: { id: 'ret_1', name: 'Corner Shop' },
  asked: ['age_over_18'],
  outcome: 'approved',
  reason: null,
  told: ['age_over_18'],
} as const;
const at = (minute: number): Entry =>
  shownEntry(`e${minute}`, choice, new Date(Date.UTC(2026, 10, 22, 14, minute)));

describe('the history', () => {
  test('says who asked what and what they learned', () => {
    const { kind, shop, told } = entryOf('e', choice, asking);
    assert.deepEqual([kind, shop?.name, told], ['told', 'Corner Shop', ['age_over_18']]);
  });

  test('says that a shop asked and was told nothing', () => {
    const { kind, told } = entryOf('e', choice, { ...asking, outcome: 'refused', told: [] });
    assert.deepEqual([kind, told], ['refused', []]);
  });

  test('has the newest first', () => {
    assert.deepEqual(
      withEntries([at(1)], [at(0), at(2)]).map(({ id }) => id),
      ['e2', 'e1', 'e0'],
    );
  });

  test('replaces an entry that it has', () => {
    const known = entryOf('e1', choice, asking);
    assert.deepEqual(withEntries([at(1)], [known]), [known]);
  });

  test('forgets the oldest beyond five hundred', () => {
    const many = Array.from({ length: 500 }, (_, minute) => at(minute));
    const more = withEntries(many, [at(500)]);
    assert.deepEqual([more.length, more[0]?.id, more.at(-1)?.id], [500, 'e500', 'e1']);
  });
});
