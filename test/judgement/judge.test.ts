import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { judge } from '../../src/judgement/judge.ts';
import { askedByClaims } from '../../src/judgement/policy.ts';
import type { Shown, ShownClaims, ShownTicket } from '../../src/judgement/shown.ts';
import { NEXT_STEPS, REASONS } from '../../src/judgement/verdict.ts';
import type { Claim } from '../../src/kernel/claims.ts';
import { answersOf, asking, NOW, over18, reasonOf, SOON } from './support/asked.ts';

const nothing: ShownClaims = { credential: 'age', ages: {}, statuses: {}, identity: {} };
const of18: ShownClaims = { ...nothing, ages: { 18: true } };
const ticket: ShownTicket = {
  kind: 'ticket',
  state: 'open',
  expiresAt: SOON,
  copy: 'valid',
  claims: of18,
};

function showing(claims: Partial<ShownClaims>): ShownTicket {
  return { ...ticket, claims: { ...nothing, ...claims } };
}

test('an open ticket of a valid copy that shows what is asked is approved', () => {
  assert.deepEqual(judge(ticket, over18, NOW), {
    outcome: 'approved',
    nextStep: 'sell',
    claims: { age_over_18: true },
  });
});

test('each refusal has its own reason', () => {
  const cases: [string, Shown][] = [
    ['malformed_token', { kind: 'malformed' }],
    ['unknown_token', { kind: 'unknown' }],
    ['already_used', { ...ticket, state: 'spent' }],
    ['expired', { ...ticket, expiresAt: NOW }],
    ['suspended', { ...ticket, copy: 'suspended' }],
    ['revoked', { ...ticket, copy: 'revoked' }],
    ['expired', { ...ticket, claims: null }],
    ['claim_not_satisfied', showing({ ages: { 18: false } })],
    ['claim_not_presented', showing({ ages: { 16: true } })],
  ];
  for (const [reason, shown] of cases) assert.equal(reasonOf(judge(shown, over18, NOW)), reason);
});

test('a ticket is good until its last millisecond and not at the end itself', () => {
  const judged = (at: number) => reasonOf(judge(ticket, over18, new Date(at)));
  assert.equal(judged(SOON.getTime() - 1), 'approved');
  assert.equal(judged(SOON.getTime()), 'expired');
  assert.equal(judged(SOON.getTime() + 1), 'expired');
});

test('of several reasons the first counts: used, late, suspended, forgotten, not satisfied, not presented', () => {
  const asked = asking('age_over_18', 'status_student');
  let shown = showing({ ages: { 18: false } });
  assert.equal(reasonOf(judge(shown, asking('status_student'), NOW)), 'claim_not_presented');
  assert.equal(reasonOf(judge(shown, asked, NOW)), 'claim_not_satisfied');
  shown = { ...shown, claims: null };
  assert.equal(reasonOf(judge(shown, asked, NOW)), 'expired');
  shown = { ...shown, copy: 'suspended' };
  assert.equal(reasonOf(judge(shown, asked, NOW)), 'suspended');
  shown = { ...shown, copy: 'revoked' };
  assert.equal(reasonOf(judge(shown, asked, NOW)), 'revoked');
  shown = { ...shown, expiresAt: NOW };
  assert.equal(reasonOf(judge(shown, asked, NOW)), 'expired');
  shown = { ...shown, state: 'spent' };
  assert.equal(reasonOf(judge(shown, asked, NOW)), 'already_used');
});

test('21 answers 18, and says 18', () => {
  const verdict = judge(showing({ ages: { 21: true } }), over18, NOW);
  assert.deepEqual(answersOf(verdict), { age_over_18: true });
});

test('18 does not answer 21', () => {
  assert.equal(reasonOf(judge(ticket, asking('age_over_21'), NOW)), 'claim_not_presented');
});

test('who is not 18 is not 21', () => {
  assert.equal(
    reasonOf(judge(showing({ ages: { 18: false } }), asking('age_over_21'), NOW)),
    'claim_not_satisfied',
  );
});

test('who is not 21 may or may not be 18', () => {
  assert.equal(reasonOf(judge(showing({ ages: { 21: false } }), over18, NOW)), 'claim_not_presented');
  assert.equal(reasonOf(judge(showing({ ages: { 18: true, 21: false } }), over18, NOW)), 'approved');
});

test('ages compare as numbers', () => {
  assert.equal(
    reasonOf(judge(showing({ ages: { 9: true } }), asking('age_over_12'), NOW)),
    'claim_not_presented',
  );
  assert.equal(reasonOf(judge(showing({ ages: { 12: true } }), asking('age_over_9'), NOW)), 'approved');
});

test('a status is held, is not held, or was not shown', () => {
  for (const [statuses, reason] of [
    [{ student: true }, 'approved'],
    [{ student: false }, 'claim_not_satisfied'],
    [{ pensioner: true }, 'claim_not_presented'],
    [{}, 'claim_not_presented'],
  ] as const) {
    assert.equal(reasonOf(judge(showing({ statuses }), asking('status_student'), NOW)), reason);
  }
});

test('what every object has by birth is not a status that somebody holds', () => {
  assert.equal(reasonOf(judge(ticket, asking('status_constructor'), NOW)), 'claim_not_presented');
});

test('identity is told as it was disclosed, and an empty text is one', () => {
  const shown = showing({ credential: 'identity', identity: { given_name: 'Ann', nationality: '' } });
  const verdict = judge(shown, asking('given_name', 'nationality'), NOW);
  assert.deepEqual(answersOf(verdict), { given_name: 'Ann', nationality: '' });
  assert.equal(reasonOf(judge(shown, asking('family_name'), NOW)), 'claim_not_presented');
});

test('an answer holds what was asked and nothing else that was shown', () => {
  const shown = showing({
    credential: 'identity',
    ages: { 18: true, 21: true },
    statuses: { student: true },
    identity: { given_name: 'Ann', birth_date: '1990-01-02', portrait: 'data:' },
  });
  assert.deepEqual(answersOf(judge(shown, asking('given_name', 'age_over_18'), NOW)), {
    given_name: 'Ann',
    age_over_18: true,
  });
  assert.deepEqual(answersOf(judge(shown, over18, NOW)), { age_over_18: true });
});

test('all that is asked has to be shown', () => {
  const asked = asking('age_over_18', 'status_student');
  assert.equal(reasonOf(judge(showing({ ages: { 18: true } }), asked, NOW)), 'claim_not_presented');
  assert.equal(
    reasonOf(judge(showing({ ages: { 18: true }, statuses: { student: true } }), asked, NOW)),
    'approved',
  );
});

test('where a portrait is asked it has to be disclosed, is told once, and is compared', () => {
  const asked = askedByClaims(['age_over_18', 'portrait'], true);
  const shown = showing({
    credential: 'identity',
    ages: { 18: true },
    identity: { portrait: 'data:image/jpeg', given_name: 'Ann' },
  });
  assert.deepEqual(judge(shown, asked, NOW), {
    outcome: 'approved',
    nextStep: 'compare_portrait',
    claims: { age_over_18: true, portrait: 'data:image/jpeg' },
  });
  assert.equal(reasonOf(judge(ticket, asked, NOW)), 'claim_not_presented');
});

const ages = fc.dictionary(fc.constantFrom('12', '18', '21', '65'), fc.boolean(), { noNullPrototype: false });
const statuses = fc.dictionary(fc.constantFrom('student', 'veteran'), fc.boolean(), {
  noNullPrototype: false,
});
const identity = fc.record(
  { given_name: fc.string(), portrait: fc.string(), birth_date: fc.string() },
  { requiredKeys: [], noNullPrototype: true },
) as fc.Arbitrary<ShownClaims['identity']>;
const anyShown: fc.Arbitrary<Shown> = fc.oneof(
  fc.constant<Shown>({ kind: 'malformed' }),
  fc.constant<Shown>({ kind: 'unknown' }),
  fc.record({
    kind: fc.constant('ticket' as const),
    state: fc.constantFrom('open', 'spent'),
    expiresAt: fc.constantFrom(NOW, SOON),
    copy: fc.constantFrom('valid', 'suspended', 'revoked'),
    claims: fc.option(
      fc.record({ credential: fc.constantFrom('age', 'status', 'identity'), ages, statuses, identity }),
    ),
  }),
);
const anyAsked = fc.record({
  claims: fc.uniqueArray(
    fc.oneof(
      fc.constantFrom<Claim>('age_over_12', 'age_over_18', 'age_over_65', 'status_student', 'given_name'),
      fc.string().map((text) => `status_${text}` as const),
    ),
  ),
  portrait: fc.boolean(),
  offline: fc.constantFrom('allow', 'refuse'),
  otherProof: fc.constantFrom('allow', 'refuse'),
});

test('whatever is shown and asked, an approval tells exactly what was asked and a refusal nothing', () => {
  fc.assert(
    fc.property(anyShown, anyAsked, (shown, asked) => {
      const verdict = judge(shown, asked, NOW);
      if (verdict.outcome === 'approved') {
        const names = asked.portrait ? [...asked.claims, 'portrait'] : asked.claims;
        assert.deepEqual(Object.keys(verdict.claims).sort(), [...names].sort());
        for (const value of Object.values(verdict.claims))
          assert.ok(value === true || typeof value === 'string');
      } else {
        assert.deepEqual(Object.keys(verdict).sort(), ['nextStep', 'outcome', 'reason']);
        assert.ok(REASONS.includes(verdict.reason) && NEXT_STEPS.includes(verdict.nextStep));
      }
    }),
  );
});

test('who shows more is never told less: an approval stays one when claims are added', () => {
  fc.assert(
    fc.property(statuses, identity, anyAsked, (moreStatuses, moreIdentity, asked) => {
      const shown = showing({
        ages: { 65: true },
        statuses: { student: true },
        identity: { given_name: 'A' },
      });
      const more = {
        ...nothing,
        ages: { 65: true, 18: true },
        statuses: { ...moreStatuses, student: true },
        identity: { ...moreIdentity, given_name: 'A' },
      };
      if (judge(shown, asked, NOW).outcome === 'approved') {
        assert.deepEqual(judge(showing(more), asked, NOW), judge(shown, asked, NOW));
      }
    }),
  );
});
