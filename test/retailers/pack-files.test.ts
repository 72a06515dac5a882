import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { askedByPolicies } from '../../src/judgement/policy.ts';
import { policiesOf } from '../../src/retailers/policies/pack.ts';
import { firstPolicies, PackError, readPackFile } from '../../src/retailers/policies/pack-files.ts';
import { replacePolicies } from '../../src/retailers/policies/replace-policies.ts';
import { setPolicy } from '../../src/retailers/policies/set-policy.ts';
import { root } from '../support/checkout.ts';
import { OFFICER, refusal, retailersWorld } from '../support/retailers-world.ts';
import { good, packOf, rule, rules, state, told, VOCABULARY } from './support/packs.ts';

const SHIPPED = readdirSync(join(root, 'packs'))
  .filter((name) => name !== 'schema.json')
  .map((name) => name.replace('.json', ''));

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
