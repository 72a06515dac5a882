import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toggle } from '../../../src/web/terminal/basket.ts';
import { type Result, resultOf } from '../../../src/web/terminal/result.ts';
import {
  type Effect,
  type Event,
  openTill,
  PERSON_STAYS,
  RESULT_STAYS,
  step,
  type Till,
} from '../../../src/web/terminal/till-state.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const POLICIES = [
  { id: 'alcohol', title: 'Alcohol', claims: ['age_over_18'], presenter: 'none' },
  { id: 'parcel', title: 'Parcel', claims: ['family_name'], presenter: 'portrait' },
] as const;
const YES = resultOf({ outcome: 'approved', reason: null, next_step: 'sell', claims: { age_over_18: true } });
const NO = resultOf({ outcome: 'refused', reason: 'expired', next_step: 'ask_for_new_code', claims: {} });
const PERSON = resultOf({
  outcome: 'approved',
  reason: null,
  next_step: 'compare_portrait',
  claims: { family_name: 'Sample', portrait: 'data:image/jpeg;base64,AA' },
});

/** A till that lives through events, each so many milliseconds after the first. */
function live(...events: readonly (readonly [after: number, event: Event])[]) {
  let till: Till = {
    ...openTill(true),
    policies: POLICIES,
    basket: toggle(openTill(true).basket, 'alcohol'),
  };
  let effects: readonly Effect[] = [];
  for (const [after, event] of events) {
    ({ till, effects } = step(till, event, new Date(NOW.getTime() + after)));
  }
  return { till, effects, words: wordsOf(till) };
}

function wordsOf({ phase }: Till): string {
  return phase.at === 'result' ? phase.result.words.map(({ key }) => key).join() : phase.at;
}

function scan(token = 'code', key = 'k1', is: 'code' | 'no_code' | 'other_kind' = 'code'): Event {
  return { type: 'scanned', token, is, key };
}

function answer(result: Result, key = 'k1'): Event {
  return { type: 'answered', key, approved: result.tone === 'approved', result };
}

function lost(key = 'k1', retryAfter: number | null = null): Event {
  return { type: 'lost', key, why: 'unreachable', retryAfter };
}

describe('a scan', () => {
  test('asks about what is chosen, under the key of the scan', () => {
    const { till, effects } = live([0, scan()]);
    assert.equal(till.phase.at, 'checking');
    const question = { token: 'code', policies: ['alcohol'], reference: null, key: 'k1', scannedAt: NOW };
    assert.deepEqual(effects, [{ do: 'ask', question }]);
  });

  test('carries the reference that the till sent', () => {
    const basket = { by: 'till', chosen: [], sent: { policies: ['alcohol'], reference: '2231' } } as const;
    const { effects } = live([0, { type: 'basket', basket }], [1, scan()]);
    assert.equal(effects[0]?.do === 'ask' && effects[0].question.reference, '2231');
  });

  test('asks nothing while nothing is chosen, is no code, or is of the other kind', () => {
    const nothing = { by: 'cashier', chosen: [], sent: null } as const;
    assert.equal(live([0, { type: 'basket', basket: nothing }], [1, scan()]).words, 'result.nothing_chosen');
    assert.equal(live([0, scan('50001126', 'k1', 'no_code')]).words, 'result.malformed');
    assert.equal(live([0, scan('9', 'k1', 'other_kind')]).words, 'result.test_code');
  });

  test('waits for nobody: while one code is checked another is not taken', () => {
    const { till, effects } = live([0, scan()], [10, scan('other', 'k2')]);
    assert.equal(till.phase.at === 'checking' && till.phase.question.token, 'code');
    assert.deepEqual(effects, []);
  });

  test('replaces the result before it at once', () => {
    assert.equal(live([0, scan()], [10, answer(NO)], [20, scan('other', 'k2')]).words, 'checking');
  });

  test('that fires twice says nothing new', () => {
    assert.equal(live([0, scan()], [10, answer(YES)], [1_500, scan('code', 'k2')]).words, 'claim.age');
  });

  test('of a code that was approved here is never green again', () => {
    const { till, effects } = live([0, scan()], [10, answer(YES)], [2_500, scan('code', 'k2')]);
    assert.equal(wordsOf(till), 'result.scanned');
    assert.deepEqual(effects, [{ do: 'signal', tone: 'again' }]);
    const later = live(
      [0, scan()],
      [10, answer(YES)],
      [3_600_000, { type: 'tick' }],
      [3_600_001, scan('code', 'k2')],
    );
    assert.equal(later.words, 'result.scanned');
  });

  test('of a code that was refused is a new question', () => {
    const { effects } = live([0, scan()], [10, answer(NO)], [2_500, scan('code', 'k2')]);
    assert.equal(effects[0]?.do === 'ask' && effects[0].question.key, 'k2');
  });
});

describe('an answer', () => {
  test('is shown, and said by sound', () => {
    const { effects, words } = live([0, scan()], [10, answer(YES)]);
    assert.equal(words, 'claim.age');
    assert.deepEqual(effects, [{ do: 'signal', tone: 'approved' }]);
  });

  test('to another question is not shown', () => {
    assert.equal(live([0, scan()], [10, answer(YES, 'k0')]).words, 'checking');
    assert.equal(live([0, answer(YES)]).words, 'ready');
  });

  test('leaves after three seconds', () => {
    const before = [10 + RESULT_STAYS - 1, { type: 'tick' }] as const;
    assert.equal(live([0, scan()], [10, answer(NO)], before).words, 'result.expired');
    assert.equal(live([0, scan()], [10, answer(NO)], [10 + RESULT_STAYS, { type: 'tick' }]).words, 'ready');
  });

  test('leaves when it is sent away', () =>
    assert.equal(live([0, scan()], [10, answer(NO)], [20, { type: 'dismissed' }]).words, 'ready'));

  test('that shows a person leaves after ten seconds, and takes everything about them with it', () => {
    const chosen = { by: 'cashier', chosen: ['alcohol', 'parcel'], sent: null } as const;
    const start = [
      [0, { type: 'basket', basket: chosen }],
      [0, scan()],
      [10, answer(PERSON)],
    ] as const;
    assert.equal(live(...start, [10 + PERSON_STAYS - 1, { type: 'tick' }]).words, 'next.compare');
    const { till } = live(...start, [10 + PERSON_STAYS, { type: 'tick' }]);
    assert.doesNotMatch(JSON.stringify([till, [...till.approved]]), /Sample|image/);
    assert.deepEqual(till.basket.chosen, ['alcohol']);
  });

  test('that may not be given is told, and the policies are loaded again', () => {
    const { effects, words } = live(
      [0, scan()],
      [10, { type: 'not_asked', key: 'k1', why: 'not_permitted' }],
    );
    assert.equal(words, 'result.not_permitted');
    assert.deepEqual(effects, [{ do: 'signal', tone: 'again' }, { do: 'load_policies' }]);
  });
});

describe('without an answer', () => {
  test('the same question is asked again by itself, a few times, under the same key', () => {
    const events: [number, Event][] = [[0, scan()]];
    let after = 0;
    for (const wait of [500, 2_000, 4_000]) {
      events.push([after, lost()]);
      after += wait;
      assert.equal(live(...events, [after - 1, { type: 'tick' }]).words, 'unanswered');
      events.push([after, { type: 'tick' }]);
      const { effects } = live(...events);
      assert.equal(effects[0]?.do === 'ask' && effects[0].question.key, 'k1');
    }
    events.push([after, lost()], [after + 600_000, { type: 'tick' }]);
    assert.equal(live(...events).words, 'unanswered');
  });

  test('it waits as long as the service says', () => {
    const start = [
      [0, scan()],
      [10, lost('k1', 5)],
    ] as const;
    assert.equal(live(...start, [5_009, { type: 'tick' }]).words, 'unanswered');
    assert.equal(live(...start, [5_010, { type: 'tick' }]).words, 'checking');
  });

  for (const [how, event] of [
    ['the cashier says so', { type: 'retry' }],
    ['the network is back', { type: 'network', there: true }],
    ['the same code is scanned', scan('code', 'k2')],
  ] as const) {
    test(`the same question is asked again when ${how}`, () => {
      const { effects } = live([0, scan()], [10, lost()], [20, event]);
      assert.equal(effects[0]?.do === 'ask' && effects[0].question.key, 'k1');
    });
  }

  test('another code is another question', () => {
    const { effects } = live([0, scan()], [10, lost()], [20, scan('other', 'k2')]);
    assert.equal(effects[0]?.do === 'ask' && effects[0].question.token, 'other');
  });

  test('it says since when, until something comes back', () => {
    const { till } = live([0, scan()], [10, lost()], [600, { type: 'tick' }], [610, lost()]);
    assert.deepEqual(till.awaySince, new Date(NOW.getTime() + 10));
    assert.equal(step(till, { type: 'network', there: true }, NOW).till.awaySince, null);
  });

  test('a service that is busy is not called away', () => {
    const busy: Event = { type: 'lost', key: 'k1', why: 'busy', retryAfter: 1 };
    assert.equal(live([0, scan()], [10, busy]).till.awaySince, null);
  });
});
