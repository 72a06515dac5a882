import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../src/judgement/judge.ts';
import { askedByClaims } from '../../src/judgement/policy.ts';
import type { ShownPass } from '../../src/judgement/shown.ts';
import type { Claim } from '../../src/kernel/claims.ts';
import { answersOf, asking, NOW, over18, reasonOf, SOON } from './support/asked.ts';

const HOUR = 3_600_000;
const pass: ShownPass = {
  kind: 'pass',
  window: {
    claim: 'age_over_18',
    notBefore: new Date(NOW.getTime() - HOUR),
    expiresAt: new Date(NOW.getTime() + HOUR),
  },
  holds: true,
  shownAt: NOW,
  state: 'open',
};

function passOf(claim: Claim): ShownPass {
  return { ...pass, window: { ...pass.window!, claim } };
}

function shownSecondsAgo(seconds: number): ShownPass {
  return { ...pass, shownAt: new Date(NOW.getTime() - seconds * 1_000) };
}

test('a pass of the claim that is asked is approved', () => {
  assert.deepEqual(answersOf(judge(pass, over18, NOW)), { age_over_18: true });
  assert.deepEqual(answersOf(judge(passOf('status_student'), asking('status_student'), NOW)), {
    status_student: true,
  });
});

test('each refusal of a pass has its own reason', () => {
  const window = pass.window!;
  const cases: [string, ShownPass][] = [
    ['unknown_issuer', { ...pass, window: null, holds: false }],
    ['bad_signature', { ...pass, holds: false }],
    ['not_yet_valid', { ...pass, window: { ...window, notBefore: SOON } }],
    ['expired', { ...pass, window: { ...window, expiresAt: NOW } }],
    ['not_yet_valid', shownSecondsAgo(-61)],
    ['expired', shownSecondsAgo(91)],
    ['already_used', { ...pass, state: 'spent' }],
    ['claim_not_presented', passOf('age_over_16')],
    ['claim_not_presented', passOf('status_student')],
  ];
  for (const [reason, shown] of cases) assert.equal(reasonOf(judge(shown, over18, NOW)), reason);
});

test('a pass is good from the first instant of its window to the last before its end', () => {
  const window = { claim: 'age_over_18', notBefore: NOW, expiresAt: SOON } as const;
  assert.equal(reasonOf(judge({ ...pass, window }, over18, NOW)), 'approved');
});

test('a showing is good from 60 seconds ahead to 90 seconds old', () => {
  for (const seconds of [-60, 0, 90])
    assert.equal(reasonOf(judge(shownSecondsAgo(seconds), over18, NOW)), 'approved');
});

test('a pass of 21 answers 18, and the answer names only what was asked', () => {
  assert.deepEqual(answersOf(judge(passOf('age_over_21'), over18, NOW)), { age_over_18: true });
});

test('a pass answers no question that binds the presenter by portrait', () => {
  assert.equal(reasonOf(judge(pass, askedByClaims(['age_over_18'], true), NOW)), 'claim_not_presented');
});
