import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withCheckDigits } from '../../../../src/formats/digits.ts';
import { TEST_OUTCOMES, type TestOutcome, testToken } from '../../../../src/judgement/test-token.ts';
import { EMPTY, toggle } from '../../../../src/web/terminal/basket.ts';
import { codeOf, LESSONS } from '../../../../src/web/terminal/training/lessons.ts';
import {
  isOver,
  openTraining,
  type TrainingEvent,
  train,
} from '../../../../src/web/terminal/training/training-state.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const HALF_AN_HOUR = 1_800_000;
const POLICIES = [
  { id: 'alcohol', title: 'Alcohol', claims: ['age_over_18'], presenter: 'none' },
  { id: 'parcel', title: 'Parcel', claims: ['family_name'], presenter: 'portrait' },
  { id: 'gamble', title: 'Games', claims: ['age_over_18'], presenter: 'none', other_proof: 'refuse' },
  { id: 'films', title: 'Films', claims: ['status_student'], presenter: 'none', discount_code: 'STUDENT' },
] as const;
const TICKET = withCheckDigits(`1${'0'.repeat(31)}`);

/** A training that lives through events, each a second after the one before, and what came of the last. */
function live(sold: readonly string[], ...events: readonly TrainingEvent[]) {
  const basket = sold.reduce(toggle, EMPTY);
  let training = openTraining({ policies: POLICIES, basket }, NOW);
  let tone: string | null = null;
  events.forEach((event, i) => {
    ({ training, tone } = train(training, event, new Date(NOW.getTime() + i * 1_000)));
  });
  const { phase } = training.till;
  const result = phase.at === 'result' ? phase.result : null;
  return { training, tone, result, words: result?.words.map(({ key }) => key), next: result?.next.key };
}

const scans = (text: string): TrainingEvent => ({ type: 'scanned', text });
const code = (outcome: TestOutcome) => scans(testToken(outcome));

describe('training', () => {
  test('answers a test code by what is chosen, as the till would', () => {
    const { result, words, next, tone } = live(['films'], code('approved'));
    assert.deepEqual(words, ['claim.student']);
    assert.equal(next, 'next.sell');
    assert.equal(tone, 'approved');
    assert.deepEqual(result?.discountCodes, ['STUDENT']);
    assert.equal(live(['alcohol'], code('revoked')).next, 'next.document');
    assert.equal(live(['gamble'], code('revoked')).next, 'next.refuse');
    assert.equal(live(['parcel'], code('approved')).next, 'next.same_face');
  });

  test('asks for a choice before anything is chosen', () =>
    assert.deepEqual(live([], code('approved')).words, ['result.nothing_chosen']));

  test('tells a real code that it is one, counts nothing and gives no yes', () => {
    const { words, next, tone, training } = live(['alcohol'], scans(TICKET));
    assert.deepEqual(words, ['train.real']);
    assert.equal(next, 'train.real_next');
    assert.equal(tone, 'again');
    assert.equal(training.seen.size, 0);
  });

  test('says yes to a practice code as often as it is tried', () => {
    const twice = live(['alcohol'], code('approved'), { type: 'dismissed' }, code('approved'));
    assert.equal(twice.tone, 'approved');
  });

  test('shows the next screen at once, and leaves a result when its time is over', () => {
    assert.deepEqual(live(['alcohol'], code('approved'), code('expired')).words, ['result.expired']);
    const tick = { type: 'tick' } as const;
    assert.ok(live(['alcohol'], code('expired'), tick, tick).result);
    assert.equal(live(['alcohol'], code('expired'), tick, tick, tick).result, null);
  });

  test('ends by itself after half an hour in which nobody did anything', () => {
    const { training } = live(['alcohol'], code('expired'), { type: 'tick' }, { type: 'tick' });
    assert.equal(isOver(training, new Date(NOW.getTime() + HALF_AN_HOUR - 1)), false);
    assert.equal(isOver(training, new Date(NOW.getTime() + HALF_AN_HOUR)), true);
  });
});

describe('the practice codes', () => {
  test('are one lesson for each screen, and lead to every outcome there is', () => {
    const screens = LESSONS.map((lesson) => {
      const open = { type: 'opened', lesson: lesson.id } as const;
      const { words, next } = live([], open, { type: 'tried' });
      return `${words}/${next}`;
    });
    assert.equal(new Set(screens).size, LESSONS.length);
    assert.deepEqual(
      new Set(LESSONS.flatMap(({ outcomes }) => outcomes as readonly string[])),
      new Set(TEST_OUTCOMES),
    );
  });

  for (const lesson of LESSONS) {
    test(`count "${lesson.id}" as seen, tried or scanned, whatever is chosen`, () => {
      const open = { type: 'opened', lesson: lesson.id } as const;
      for (const sold of [[], ['alcohol'], ['parcel']]) {
        assert.deepEqual([...live(sold, open, { type: 'tried' }).training.seen], [lesson.id]);
        assert.deepEqual([...live(sold, open, scans(codeOf(lesson))).training.seen], [lesson.id]);
      }
    });
  }

  test('teach no more of somebody’s standing than a till shows', () => {
    const outcomes = ['claim_not_satisfied', 'suspended', 'revoked'] as const;
    const seen = outcomes.map((outcome) => [...live(['alcohol'], code(outcome)).training.seen]);
    assert.deepEqual(seen, [['not_confirmed'], ['not_confirmed'], ['not_confirmed']]);
  });

  test('count a barcode for the digits that are no code, and try nothing where no lesson is open', () => {
    assert.deepEqual([...live(['alcohol'], scans('5000112637922')).training.seen], ['malformed']);
    assert.equal(live(['alcohol'], { type: 'tried' }).result, null);
  });
});
