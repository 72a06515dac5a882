import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { REASONS, type Reason, refusal } from '../../../src/judgement/verdict.ts';
import { textOf } from '../../../src/web/language/words.ts';
import { language as english } from '../../../src/web/messages/en.ts';
import {
  type Answer,
  alreadyScanned,
  notACode,
  notAsked,
  nothingChosen,
  otherKind,
  type Result,
  resultOf,
} from '../../../src/web/terminal/result.ts';

const APPROVED: Answer = {
  outcome: 'approved',
  reason: null,
  next_step: 'sell',
  claims: { age_over_18: true },
};
const PORTRAIT = 'data:image/jpeg;base64,AAAA';

function refused(reason: Reason, otherProof: 'allow' | 'refuse' = 'allow'): Answer {
  const { nextStep } = refusal(reason, otherProof) as { nextStep: Answer['next_step'] };
  return { outcome: 'refused', reason, next_step: nextStep, claims: {} };
}

function inEnglish({ words, next }: Result): string[] {
  return [...words, next].map((what) => textOf(what, english.messages, 'en-GB'));
}

describe('an approval', () => {
  test('says what was confirmed, and to sell', () => {
    const result = resultOf({ ...APPROVED, claims: { age_over_18: true, status_student: true } });
    assert.equal(result.tone, 'approved');
    assert.deepEqual(inEnglish(result), ['Over 18', 'Student', 'Sell']);
    assert.equal(result.person, null);
  });

  test('calls a status that officers made up by its own name', () =>
    assert.equal(
      inEnglish(resultOf({ ...APPROVED, claims: { status_night_nurse: true } }))[0],
      'night nurse',
    ));

  test('names the discount codes', () =>
    assert.deepEqual(resultOf({ ...APPROVED, discount_codes: ['STUDENT'] }).discountCodes, ['STUDENT']));

  test('with a portrait asks to compare it, and shows what the policy asked for', () => {
    const claims = { given_name: 'Sam', family_name: 'Sample', portrait: PORTRAIT };
    const result = resultOf({ ...APPROVED, next_step: 'compare_portrait', claims });
    assert.deepEqual(inEnglish(result), ['Compare the portrait', 'The same face: go on']);
    assert.equal(result.person?.portrait, PORTRAIT);
    assert.deepEqual(
      result.person?.lines.map(({ text }) => text),
      ['Sam', 'Sample'],
    );
  });

  test('with an age and a portrait says the age, and to compare', () => {
    const claims = { age_over_18: true, portrait: PORTRAIT } as const;
    const result = resultOf({ ...APPROVED, next_step: 'compare_portrait', claims });
    assert.deepEqual(inEnglish(result), ['Over 18', 'Compare the portrait']);
  });

  test('shows as a portrait nothing but a picture', () => {
    const claims = { given_name: 'Sam', portrait: 'https://elsewhere.example/x.jpg' };
    assert.equal(resultOf({ ...APPROVED, claims }).person?.portrait, null);
  });
});

describe('a refusal', () => {
  const ALL = [
    ...REASONS.map((reason) => [reason, resultOf(refused(reason))] as const),
    ['no code', notACode()],
    ['test code', otherKind(true)],
    ['real code', otherKind(false)],
    ['scanned', alreadyScanned(new Date('2026-11-22T14:03:00'))],
    ['nothing chosen', nothingChosen()],
    ['not permitted', notAsked('not_permitted')],
    ['unknown policy', notAsked('unknown_policy')],
  ] as const;

  for (const [name, result] of ALL) {
    test(`(${name}) takes at most six words, speaks of no person, and is not green`, () => {
      const [reason = '', next = ''] = inEnglish(result);
      assert.ok(reason.split(' ').length <= 6, reason);
      assert.doesNotMatch(`${reason} ${next}`, /\b(?:he|she|they|you|your|customer|person|under|young)\b|!/i);
      assert.notEqual(result.tone, 'approved');
      assert.equal(result.person, null);
    });
  }

  test('reads the same for suspended, revoked and claim_not_satisfied', () => {
    const first = resultOf(refused('claim_not_satisfied'));
    assert.deepEqual(resultOf(refused('suspended')), first);
    assert.deepEqual(resultOf(refused('revoked')), first);
  });

  test('asks again where a new code will do, and refuses where a code was used or does not hold', () => {
    assert.equal(resultOf(refused('expired')).tone, 'again');
    assert.equal(resultOf(refused('already_used')).tone, 'refused');
    assert.equal(resultOf(refused('bad_signature')).tone, 'refused');
  });

  test('names the one next step that the policy allows', () => {
    assert.equal(inEnglish(resultOf(refused('expired')))[1], 'Ask for a new code');
    assert.equal(inEnglish(resultOf(refused('revoked')))[1], 'Ask for a physical document');
    assert.equal(inEnglish(resultOf(refused('revoked', 'refuse')))[1], 'Do not sell');
  });

  test('of what was scanned before says when', () =>
    assert.equal(inEnglish(alreadyScanned(new Date(2026, 10, 22, 14, 3)))[0], 'Already scanned at 14:03'));
});
