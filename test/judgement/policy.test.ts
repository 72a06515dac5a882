import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { judge } from '../../src/judgement/judge.ts';
import { askedByClaims, askedByPolicies, claimsNeeded, type Policy } from '../../src/judgement/policy.ts';
import type { Claim } from '../../src/kernel/claims.ts';

const beer: Policy = {
  id: 'beer',
  title: 'Beer',
  claims: ['age_over_16'],
  presenter: 'none',
  offline: 'allow',
  otherProof: 'allow',
  legalBasis: 'an act',
};
const spirits: Policy = { ...beer, id: 'spirits', claims: ['age_over_18'] };

test('one policy asks what it says', () => {
  assert.deepEqual(askedByPolicies([beer], false), {
    claims: ['age_over_16'],
    portrait: false,
    offline: 'allow',
    otherProof: 'allow',
  });
});

test('a basket asks the highest of its ages only, whatever the order', () => {
  assert.deepEqual(askedByPolicies([beer, spirits], false).claims, ['age_over_18']);
  assert.deepEqual(askedByPolicies([spirits, beer], false).claims, ['age_over_18']);
  assert.deepEqual(askedByClaims(['age_over_18', 'age_over_21', 'age_over_16'], false).claims, [
    'age_over_21',
  ]);
});

test('ages compare as numbers', () => {
  assert.deepEqual(askedByClaims(['age_over_9', 'age_over_12'], false).claims, ['age_over_12']);
});

test('statuses and identity are asked beside the age, each once', () => {
  const student: Policy = { ...beer, id: 'student', claims: ['status_student', 'given_name'] };
  assert.deepEqual(askedByPolicies([student, beer, student], false).claims, [
    'status_student',
    'given_name',
    'age_over_16',
  ]);
  assert.deepEqual(askedByClaims(['status_student', 'status_veteran'], false).claims, [
    'status_student',
    'status_veteran',
  ]);
});

for (const [rule, strict] of [
  ['portrait', { presenter: 'portrait' }],
  ['offline', { offline: 'refuse' }],
  ['otherProof', { otherProof: 'refuse' }],
] as const) {
  test(`one strict policy makes the whole basket strict in ${rule} and in nothing else`, () => {
    const loose = askedByPolicies([beer], false);
    const expected = { ...loose, [rule]: rule === 'portrait' ? true : 'refuse' };
    assert.deepEqual(askedByPolicies([beer, { ...beer, ...strict }], false), expected);
    assert.deepEqual(askedByPolicies([{ ...beer, ...strict }, beer], false), expected);
  });
}

test('a question may ask for the portrait beside policies that do not', () => {
  assert.equal(askedByPolicies([beer], true).portrait, true);
});

test('to name the claim portrait is to ask for the comparison', () => {
  assert.deepEqual(askedByClaims(['portrait'], false), {
    claims: [],
    portrait: true,
    offline: 'allow',
    otherProof: 'allow',
  });
  assert.deepEqual(askedByPolicies([{ ...beer, claims: ['portrait'] }], false).portrait, true);
});

test('a retailer has to be registered for everything that is asked, the portrait too', () => {
  assert.deepEqual(claimsNeeded(askedByClaims(['age_over_18'], false)), ['age_over_18']);
  assert.deepEqual(claimsNeeded(askedByClaims(['age_over_18'], true)), ['age_over_18', 'portrait']);
  assert.deepEqual(claimsNeeded(askedByClaims(['portrait'], false)), ['portrait']);
});

test('what is approved for a basket is approved for each of its policies', () => {
  const claims = fc.subarray<Claim>(['age_over_16', 'age_over_18', 'age_over_21', 'status_student'], {
    minLength: 1,
  });
  const basket = fc.array(
    claims.map((asked) => ({ ...beer, claims: asked })),
    { minLength: 1, maxLength: 4 },
  );
  const ages = fc.dictionary(fc.constantFrom('16', '18', '21'), fc.boolean(), { noNullPrototype: true });
  const now = new Date(0);
  fc.assert(
    fc.property(basket, ages, fc.boolean(), (policies, shownAges, student) => {
      const shown = {
        kind: 'ticket',
        state: 'open',
        expiresAt: new Date(1),
        copy: 'valid',
        claims: { credential: 'age', ages: shownAges, statuses: { student }, identity: {} },
      } as const;
      const outcome = (asked: readonly Policy[]) => judge(shown, askedByPolicies(asked, false), now).outcome;
      if (outcome(policies) === 'approved')
        for (const one of policies) assert.equal(outcome([one]), 'approved');
    }),
  );
});
