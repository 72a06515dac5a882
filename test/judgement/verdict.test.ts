import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type NextStep, REASONS, type Reason, refusal } from '../../src/judgement/verdict.ts';

const NEXT: Record<Reason, [allow: NextStep, refuse: NextStep]> = {
  malformed_token: ['ask_for_new_code', 'ask_for_new_code'],
  unknown_token: ['ask_for_new_code', 'ask_for_new_code'],
  expired: ['ask_for_new_code', 'ask_for_new_code'],
  not_yet_valid: ['ask_for_new_code', 'ask_for_new_code'],
  already_used: ['ask_for_new_code', 'ask_for_new_code'],
  claim_not_presented: ['ask_for_new_code', 'ask_for_new_code'],
  claim_not_satisfied: ['ask_for_physical_id', 'refuse'],
  bad_signature: ['ask_for_physical_id', 'refuse'],
  unknown_issuer: ['ask_for_physical_id', 'refuse'],
  suspended: ['ask_for_physical_id', 'refuse'],
  revoked: ['ask_for_physical_id', 'refuse'],
};

test('the reasons are the closed list of the interface', () => {
  assert.deepEqual([...REASONS].sort(), Object.keys(NEXT).sort());
});

for (const reason of REASONS) {
  const [allow, refuse] = NEXT[reason];
  test(`after ${reason} the cashier is told ${allow}, and where no other proof is taken ${refuse}`, () => {
    assert.deepEqual(refusal(reason, 'allow'), { outcome: 'refused', reason, nextStep: allow });
    assert.deepEqual(refusal(reason, 'refuse'), { outcome: 'refused', reason, nextStep: refuse });
  });
}
