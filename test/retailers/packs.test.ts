import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policiesOf, readPack } from '../../src/retailers/policies/pack.ts';
import { packErrors } from '../../src/retailers/policies/pack-rules.ts';
import { good, packOf, rule, rules, state, told, VOCABULARY } from './support/packs.ts';

const withRule = (change: object) => ({ ...good, policies: [{ ...rule, ...change }] });
const without = (value: object, name: string) =>
  Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));

test('the good pack is good', () => {
  assert.deepEqual(packErrors(packOf(good), null, VOCABULARY), []);
});

for (const [what, value, pointer, detail] of [
  ['that is no object', [], '', /expected object/],
  ['without an id', without(good, 'id'), '/id', /needs an id/],
  ['whose id is no jurisdiction', { ...good, id: 'Great Britain' }, '/id', /jurisdiction in small letters/],
  ['without a title', { ...good, title: ' ' }, '/title', /empty/],
  ['with a title that is too long', { ...good, title: 'x'.repeat(101) }, '/title', /longer than 100/],
  ['with a control character', { ...good, title: 'a\u0007b' }, '/title', /control character/],
  ['that extends no id', { ...good, extends: '../us' }, '/extends', /jurisdiction in small letters/],
  ['without a jurisdiction', without(good, 'jurisdiction'), '/jurisdiction', /needs a jurisdiction/],
  ['with a jurisdiction that is none', { ...good, jurisdiction: 'UK!' }, '/jurisdiction', /ISO 3166/],
  ['of no day', { ...good, version: '2026-02-30' }, '/version', /day of the calendar/],
  ['without a version', without(good, 'version'), '/version', /version is a day/],
  ['that passes for legal advice', { ...good, note: 'Trust us.' }, '/note', /not legal advice/],
  ['without policies', { ...good, policies: [] }, '/policies', /at least one policy/],
  ['whose policies are no list', { ...good, policies: {} }, '/policies', /a list/],
  ['with a field of its own', { ...good, colour: 'red' }, '/colour', /no such field/],
  [
    'with a policy without an id',
    { ...good, policies: [without(rule, 'id')] },
    '/policies/0/id',
    /needs an id/,
  ],
  ['with a policy in capitals', withRule({ id: 'Alcohol' }), '/policies/0/id', /category such as/],
  ['with an id that is too long', withRule({ id: 'a'.repeat(65) }), '/policies/0/id', /64 characters/],
  ['with a nameless policy', withRule({ title: '' }), '/policies/0/title', /empty/],
  ['with a title in no language', withRule({ titles: { German: 'x' } }), '/policies/0/titles/German', /./],
  ['with a policy that asks nothing', withRule({ claims: [] }), '/policies/0/claims', /at least one claim/],
  ['whose claims are no list', withRule({ claims: 'age_over_18' }), '/policies/0/claims', /a list/],
  ['with a claim of no shape', withRule({ claims: ['18+'] }), '/policies/0/claims/0', /like age_over_18/],
  [
    'with another presenter rule',
    withRule({ presenter: 'selfie' }),
    '/policies/0/presenter',
    /none or portrait/,
  ],
  [
    'without a presenter rule',
    withRule({ presenter: undefined }),
    '/policies/0/presenter',
    /none or portrait/,
  ],
  ['without an offline rule', withRule({ offline: undefined }), '/policies/0/offline', /allow or refuse/],
  [
    'with another proof that is no rule',
    withRule({ other_proof: 'maybe' }),
    '/policies/0/other_proof',
    /allow or/,
  ],
  [
    'without a legal basis',
    withRule({ legal_basis: undefined }),
    '/policies/0/legal_basis',
    /text is needed/,
  ],
  ['with an empty legal basis', withRule({ legal_basis: '' }), '/policies/0/legal_basis', /empty/],
  [
    'with a discount code in words',
    withRule({ discount_code: 'ten percent' }),
    '/policies/0/discount_code',
    /capital/,
  ],
  ['with a field of a policy that is none', withRule({ age: 18 }), '/policies/0/age', /no such field/],
] as const) {
  test(`a pack ${what} is told so at its place`, () => {
    const read = readPack(value);
    assert.ok('errors' in read);
    assert.deepEqual(
      read.errors.map((error) => error.pointer),
      [pointer],
    );
    assert.match(read.errors[0]?.detail ?? '', detail);
  });
}

const federal = packOf({ ...good, id: 'us', jurisdiction: 'US' });

for (const [what, value, base, error] of [
  ['the same id twice', rules({}, { title: 'Again' }), null, '/policies/1/id duplicate_id'],
  ['a kind without its category', rules({ id: 'alcohol.beer' }), null, '/policies/0/id no_category'],
  [
    'a kind that is older than its category',
    rules({}, { id: 'alcohol.spirits', claims: ['age_over_21'] }),
    null,
    '/policies/0 category_too_lax',
  ],
  [
    'a kind that alone is refused offline',
    rules({}, { id: 'alcohol.spirits', offline: 'refuse' }),
    null,
    '/policies/0 category_too_lax',
  ],
  [
    'an age that nobody attests',
    rules({ claims: ['age_over_17'] }),
    null,
    '/policies/0/claims/0 unknown_claim',
  ],
  ['a word that is no claim', rules({ claims: ['grown_up'] }), null, '/policies/0/claims/0 unknown_claim'],
  [
    'a claim twice',
    rules({ claims: ['age_over_18', 'age_over_18'] }),
    null,
    '/policies/0/claims/1 duplicate_claim',
  ],
  [
    'the portrait as a claim',
    rules({ claims: ['portrait'], offline: 'refuse' }),
    null,
    '/policies/0/claims/0 not_a_policy_claim',
  ],
  ['a portrait offline', rules({ presenter: 'portrait' }), null, '/policies/0/offline identity_offline'],
  ['a name offline', rules({ claims: ['family_name'] }), null, '/policies/0/offline identity_offline'],
  [
    'a discount for a name',
    rules({ claims: ['family_name'], offline: 'refuse', discount_code: 'SMITH' }),
    null,
    '/policies/0/discount_code identity_discount',
  ],
  ['a pack to extend that there is not', state, null, '/extends unknown_pack'],
  [
    'a pack to extend that extends another',
    state,
    { ...federal, extends: 'gb' },
    '/extends extends_too_deep',
  ],
  ['a pack of another country to extend', state, packOf(good), '/extends other_jurisdiction'],
] as const) {
  test(`a pack with ${what} breaks that rule and no other`, () => {
    assert.deepEqual(told(packErrors(packOf(value), base, VOCABULARY)), [error]);
  });
}

test('a kind may be laxer than its category', () => {
  const pack = packOf(rules({}, { id: 'alcohol.beer', claims: ['age_over_16'] }));
  assert.deepEqual(packErrors(pack, null, VOCABULARY), []);
});

test('a pack that extends another has its policies, but for those that it writes itself', () => {
  const base = packOf({
    ...good,
    id: 'us',
    jurisdiction: 'US',
    policies: [rule, { ...rule, id: 'tobacco' }],
  });
  const policies = policiesOf(packOf({ ...state, policies: [{ ...rule, claims: ['age_over_21'] }] }), base);
  assert.deepEqual(
    policies.map(({ id, claims }) => [id, ...claims]),
    [
      ['tobacco', 'age_over_18'],
      ['alcohol', 'age_over_21'],
    ],
  );
});
