import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readTicket } from '../../src/formats/ticket.ts';
import { askedByClaims } from '../../src/judgement/policy.ts';
import { SAMPLE_PERSON } from '../../src/judgement/sample-person.ts';
import { readTestToken, TEST_OUTCOMES, testToken, testVerdict } from '../../src/judgement/test-token.ts';
import { REASONS } from '../../src/judgement/verdict.ts';

const over18 = askedByClaims(['age_over_18'], false);

test('there is a test token for an approval and for every reason', () => {
  assert.deepEqual([...TEST_OUTCOMES].sort(), ['approved', ...REASONS].sort());
  assert.equal(new Set(TEST_OUTCOMES.map(testToken)).size, TEST_OUTCOMES.length);
});

for (const outcome of TEST_OUTCOMES) {
  test(`the token of ${outcome} is 34 digits that begin with 9, is read back, and is no ticket`, () => {
    const token = testToken(outcome);
    assert.match(token, /^9[0-9]{33}$/);
    assert.equal(readTestToken(token), outcome);
    assert.equal(readTicket(token), null);
  });
}

test('printed test tokens never change', () => {
  assert.equal(testToken('approved').slice(0, 3), '900');
  assert.equal(testToken('claim_not_satisfied').slice(0, 3), '907');
  assert.equal(testToken('revoked').slice(0, 3), '911');
  for (const outcome of TEST_OUTCOMES) assert.match(testToken(outcome).slice(3, 32), /^0{29}$/);
});

test('a changed digit, a cut or a longer token stands for nothing', () => {
  const token = testToken('approved');
  fc.assert(
    fc.property(fc.nat({ max: 33 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const changed = token.slice(0, at) + ((Number(token[at]) + by) % 10) + token.slice(at + 1);
      assert.equal(readTestToken(changed), null);
    }),
  );
  for (const text of ['', '9', token.slice(1), `0${token}`, `${token} `])
    assert.equal(readTestToken(text), null);
});

test('an approval answers what was asked, about a made-up person', () => {
  assert.deepEqual(testVerdict('approved', over18), {
    outcome: 'approved',
    nextStep: 'sell',
    claims: { age_over_18: true },
  });
  assert.deepEqual(testVerdict('approved', askedByClaims(['status_student', 'given_name'], true)), {
    outcome: 'approved',
    nextStep: 'compare_portrait',
    claims: { status_student: true, given_name: 'Sam', portrait: SAMPLE_PERSON.portrait },
  });
});

test('the made-up person has a portrait that is a JPEG', () => {
  const [head, body = ''] = SAMPLE_PERSON.portrait.split(',');
  assert.equal(head, 'data:image/jpeg;base64');
  const bytes = Buffer.from(body, 'base64');
  assert.deepEqual([bytes[0], bytes[1], bytes.at(-2), bytes.at(-1)], [0xff, 0xd8, 0xff, 0xd9]);
});

for (const reason of REASONS) {
  test(`a test refusal of ${reason} has that reason and the next step of the policy`, () => {
    const strict = { ...over18, otherProof: 'refuse' } as const;
    const plain = testVerdict(reason, over18);
    assert.equal(plain.outcome === 'refused' && plain.reason, reason);
    assert.ok(!('claims' in plain));
    assert.notEqual(plain.nextStep, 'refuse');
    assert.notEqual(testVerdict(reason, strict).nextStep, 'ask_for_physical_id');
  });
}
