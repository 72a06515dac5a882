import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { askedByPolicies } from '../../src/judgement/policy.ts';
import { DEFAULT_AGES, DEFAULT_STATUSES } from '../../src/kernel/claims.ts';
import { type Pack, policiesOf, readPack } from '../../src/retailers/policies/pack.ts';
import { firstPolicies, PackError, readPackFile } from '../../src/retailers/policies/pack-files.ts';
import { packErrors } from '../../src/retailers/policies/pack-rules.ts';
import { replacePolicies } from '../../src/retailers/policies/replace-policies.ts';
import { setPolicy } from '../../src/retailers/policies/set-policy.ts';
import { root } from '../support/checkout.ts';
import { OFFICER, refusal, retailersWorld } from '../support/retailers-world.ts';

const VOCABULARY = { ages: DEFAULT_AGES, statuses: DEFAULT_STATUSES };
const SHIPPED = readdirSync(join(root, 'packs'))
  .filter((name) => name !== 'schema.json')
  .map((name) => name.replace('.json', ''));

const rule = {
  id: 'alcohol',
  title: 'Alcohol',
  claims: ['age_over_18'],
  presenter: 'none',
  offline: 'allow',
  legal_basis: 'An act',
};
const good = {
  id: 'gb',
  title: 'Great Britain',
  jurisdiction: 'GB',
  version: '2026-11-22',
  note: 'Not legal advice.',
  policies: [rule],
};

const withRule = (change: object) => ({ ...good, policies: [{ ...rule, ...change }] });
const without = (value: object, name: string) =>
  Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));

function packOf(value: unknown): Pack {
  const read = readPack(value);
  assert.ok('pack' in read, JSON.stringify(read));
  return read.pack;
}

const told = (errors: readonly { pointer: string; code: string }[]) =>
  errors.map(({ pointer, code }) => `${pointer} ${code}`);

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
const state = { ...good, id: 'us-ca', jurisdiction: 'US-CA', extends: 'us' };
const rules = (...changes: readonly object[]) => ({
  ...good,
  policies: changes.map((change) => ({ ...rule, ...change })),
});

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

test('there is a pack for each country that was promised, and for three states', () => {
  assert.deepEqual(SHIPPED, ['de', 'es', 'fr', 'gb', 'ru', 'us-ca', 'us-ny', 'us-tx', 'us']);
});

for (const id of SHIPPED) {
  test(`the pack ${id} keeps every rule, under its own id, and covers every kind of goods`, () => {
    const { pack, base } = readPackFile(id, VOCABULARY);
    assert.equal(pack.id, id);
    assert.equal(pack.jurisdiction, id.toUpperCase());
    const policies = policiesOf(pack, base);
    const ids = policies.map((policy) => policy.id);
    for (const goods of ['alcohol.beer', 'alcohol.wine', 'alcohol.spirits', 'tobacco', 'vapes', 'knives'])
      assert.ok(ids.includes(goods), goods);
    for (const goods of ['fireworks', 'lottery', 'energy_drinks', 'medicines', 'films_18', 'games_18'])
      assert.ok(ids.includes(goods), goods);
    for (const status of ['student', 'pensioner', 'large_family']) {
      const discount = policies.find((policy) => policy.id === `${status}_discount`);
      assert.deepEqual(discount?.claims, [`status_${status}`]);
      assert.ok(discount?.discountCode);
    }
    const parcel = policies.find((policy) => policy.id === 'parcel_pickup');
    assert.deepEqual([parcel?.presenter, parcel?.offline], ['portrait', 'refuse']);
  });
}

test('weapons and explosives are never approved offline', () => {
  for (const id of SHIPPED) {
    const { pack, base } = readPackFile(id, VOCABULARY);
    const dangerous = policiesOf(pack, base).filter((policy) => /^(knives|fireworks)/.test(policy.id));
    assert.ok(dangerous.length > 1 && dangerous.every(({ offline }) => offline === 'refuse'), id);
  }
});

test('the ages of alcohol are those of the law', () => {
  const ages = (id: string) => {
    const { pack, base } = readPackFile(id, VOCABULARY);
    return ['alcohol', 'alcohol.beer', 'alcohol.spirits', 'tobacco'].map((goods) => {
      const asked = askedByPolicies(
        policiesOf(pack, base).filter((policy) => policy.id === goods),
        false,
      );
      return Number(asked.claims[0]?.replace('age_over_', ''));
    });
  };
  assert.deepEqual(ages('de'), [18, 16, 18, 18]);
  for (const id of ['gb', 'fr', 'es', 'ru']) assert.deepEqual(ages(id), [18, 18, 18, 18], id);
  for (const id of ['us', 'us-ca', 'us-ny', 'us-tx']) assert.deepEqual(ages(id), [21, 21, 21, 21], id);
});

test('a basket of beer and spirits asks the older age, and tells the codes of its discounts', () => {
  const { pack, base } = readPackFile('de', VOCABULARY);
  const basket = policiesOf(pack, base).filter(({ id }) =>
    ['alcohol.beer', 'alcohol.spirits', 'student_discount', 'pensioner_discount'].includes(id),
  );
  const asked = askedByPolicies(basket, false);
  assert.deepEqual(asked.claims, ['age_over_18', 'status_student', 'status_pensioner']);
  assert.deepEqual(asked.discountCodes, ['STUDENT', 'PENSIONER']);
});

test('packs/schema.json is what the schema prints', () => {
  const printed = execFileSync(process.execPath, ['--import', 'tsx', 'scripts/print-pack-schema.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.ok(
    printed === readFileSync(join(root, 'packs/schema.json'), 'utf8'),
    'It is stale. Run `npm run packs`.',
  );
});

test('a service begins with the pack of its jurisdiction, of its country, or with nothing', () => {
  assert.equal(firstPolicies(null, 'DE', VOCABULARY).pack, 'de');
  assert.equal(firstPolicies(null, 'US-NY', VOCABULARY).pack, 'us-ny');
  assert.equal(firstPolicies(null, 'US-FL', VOCABULARY).pack, 'us');
  assert.deepEqual(firstPolicies(null, 'PL', VOCABULARY), { pack: null, policies: [], leftOut: [] });
  assert.equal(firstPolicies('fr', 'DE', VOCABULARY).pack, 'fr');
});

test('policies that ask what the service does not attest are left out at the start', () => {
  const { policies, leftOut } = firstPolicies(null, 'DE', { ...VOCABULARY, ages: [18, 21] });
  assert.ok(leftOut.includes('alcohol.beer') && leftOut.includes('films_16'));
  assert.ok(!policies.some(({ id }) => leftOut.includes(id)));
});

function fileWith(t: TestContext, text: string, name = 'pack.json'): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function codesOf(name: string): readonly string[] {
  try {
    readPackFile(name, VOCABULARY);
    return [];
  } catch (thrown) {
    assert.ok(thrown instanceof PackError, String(thrown));
    return told(thrown.errors);
  }
}

test('a file that is not there, or holds no JSON, is told so', (t) => {
  assert.deepEqual(codesOf('/nowhere/pack.json'), [' not_found']);
  assert.deepEqual(codesOf('xx'), [' not_found']);
  assert.deepEqual(codesOf(fileWith(t, '{')), [' malformed']);
});

test('every problem of a file is told at once', (t) => {
  const broken = rules({ claims: ['age_over_17'] }, { id: 'x.y' }, { id: 'knives', presenter: 'portrait' });
  assert.deepEqual(codesOf(fileWith(t, JSON.stringify(broken))), [
    '/policies/0/claims/0 unknown_claim',
    '/policies/1/id no_category',
    '/policies/2/offline identity_offline',
  ]);
});

test('a file extends one that comes with the program', (t) => {
  assert.deepEqual(codesOf(fileWith(t, JSON.stringify({ ...state, policies: [{ ...rule, id: 'x' }] }))), []);
});

test('a pack is written over the policies of its ids; the others stay, and changes are recorded', async (t) => {
  const world = await retailersWorld(t);
  const own = { ...policiesOf(packOf(good), null)[0]!, id: 'own' };
  await setPolicy(world, own, OFFICER);
  const pack = packOf(rules({}, { id: 'tobacco' }));
  const first = await replacePolicies(world, { pack, base: null }, OFFICER);
  assert.deepEqual(first, { policies: ['alcohol', 'tobacco'], changed: ['alcohol', 'tobacco'] });
  const older = packOf(rules({}, { id: 'tobacco', claims: ['age_over_21'] }));
  const second = await replacePolicies(world, { pack: older, base: null }, OFFICER);
  assert.deepEqual(second.changed, ['tobacco']);
  assert.deepEqual(
    (await world.policies.all()).map(({ id }) => id),
    ['alcohol', 'own', 'tobacco'],
  );
  assert.equal((await world.events('policy:alcohol')).length, 1);
  assert.equal((await world.events('policy:tobacco')).length, 2);
});

test('of a pack that breaks a rule nothing is written', async (t) => {
  const world = await retailersWorld(t);
  const pack = packOf(rules({}, { id: 'tobacco', claims: ['age_over_17'] }));
  await assert.rejects(
    replacePolicies(world, { pack, base: null }, OFFICER),
    refusal('invalid_request', '/policies/1/claims/0', 'unknown_claim'),
  );
  assert.deepEqual(await world.policies.all(), []);
});
