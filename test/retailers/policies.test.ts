import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Policy } from '../../src/judgement/policy.ts';
import { DEFAULT_AGES, DEFAULT_STATUSES } from '../../src/kernel/claims.ts';
import { addMissingPolicies } from '../../src/retailers/policies/add-missing-policies.ts';
import { firstPolicies } from '../../src/retailers/policies/pack-files.ts';
import { setPolicy } from '../../src/retailers/policies/set-policy.ts';
import { OFFICER, refusal, retailersWorld } from '../support/retailers-world.ts';

const VOCABULARY = { ages: DEFAULT_AGES, statuses: DEFAULT_STATUSES };
const FIRST = firstPolicies(null, 'GB', VOCABULARY).policies;

const alcohol: Policy = {
  id: 'alcohol',
  title: 'Alcohol',
  claims: ['age_over_21'],
  presenter: 'portrait',
  offline: 'refuse',
  otherProof: 'refuse',
  legalBasis: 'House rule',
};

test('a policy that was written is read as it was written, and recorded', async (t) => {
  const world = await retailersWorld(t);
  assert.deepEqual(await setPolicy(world, alcohol, OFFICER), alcohol);
  assert.deepEqual(await world.policies.all(), [alcohol]);
  assert.deepEqual(await world.events('policy:alcohol'), [`policy.changed by ${OFFICER}`]);
});

test('a policy that is written again is replaced, and the others stay', async (t) => {
  const world = await retailersWorld(t);
  const knives = { ...alcohol, id: 'knives' };
  await setPolicy(world, knives, OFFICER);
  await setPolicy(world, alcohol, OFFICER);
  const changed = { ...alcohol, title: 'Beer and wine', claims: ['age_over_18'] as const };
  await setPolicy(world, changed, OFFICER);
  assert.deepEqual(await world.policies.all(), [changed, knives]);
});

test('a claim that a policy names twice is kept once', async (t) => {
  const world = await retailersWorld(t);
  const twice = { ...alcohol, claims: ['age_over_18', 'age_over_18'] };
  assert.deepEqual((await setPolicy(world, twice, OFFICER)).claims, ['age_over_18']);
});

for (const [what, claims, pointer, code] of [
  ['without a claim', [], '/claims', 'too_small'],
  [
    'with a claim that the service does not attest',
    ['age_over_18', 'age_over_17'],
    '/claims/1',
    'unknown_claim',
  ],
  ['that asks for the portrait as a claim', ['age_over_18', 'portrait'], '/claims/1', 'not_a_policy_claim'],
] as const) {
  test(`a policy ${what} is refused, and nothing is kept`, async (t) => {
    const world = await retailersWorld(t);
    await assert.rejects(
      setPolicy(world, { ...alcohol, claims }, OFFICER),
      refusal('invalid_request', pointer, code),
    );
    assert.deepEqual(await world.policies.all(), []);
    assert.deepEqual(await world.events('policy:alcohol'), []);
  });
}

test('policies are found by their ids in one statement: each once, those that are not there left out', async (t) => {
  const world = await retailersWorld(t);
  await addMissingPolicies(world.transact, FIRST);
  let statements = 0;
  world.db.on('query', () => {
    statements += 1;
  });
  const found = await world.policies.byIds(['tobacco', 'alcohol', 'tobacco', 'gone']);
  assert.deepEqual(
    found.map(({ id }) => id),
    ['alcohol', 'tobacco'],
  );
  assert.equal(statements, 1);
  assert.deepEqual(await world.policies.byIds([]), []);
});

test('the first policies are added where they are missing, once, and an own rule stays', async (t) => {
  const world = await retailersWorld(t);
  await setPolicy(world, alcohol, OFFICER);
  await addMissingPolicies(world.transact, FIRST);
  await addMissingPolicies(world.transact, FIRST);
  const all = await world.policies.all();
  assert.equal(all.length, FIRST.length);
  assert.deepEqual(await world.policies.byIds(['alcohol']), [alcohol]);
  assert.deepEqual(await world.policies.byIds(['parcel_pickup']), [
    FIRST.find(({ id }) => id === 'parcel_pickup'),
  ]);
  assert.deepEqual(await world.events('policy:alcohol'), [`policy.changed by ${OFFICER}`]);
  assert.deepEqual(await world.events('policy:knives'), ['policy.changed by system']);
});

test('every first policy is one that an officer could write', async (t) => {
  const world = await retailersWorld(t);
  for (const policy of FIRST) {
    assert.deepEqual(await setPolicy(world, policy, OFFICER), policy);
    assert.ok(policy.legalBasis.length > 0);
  }
});

test('a discount code is kept with its policy', async (t) => {
  const world = await retailersWorld(t);
  const student: Policy = { ...alcohol, id: 'student', claims: ['status_student'], discountCode: 'STUDENT' };
  await setPolicy(world, student, OFFICER);
  assert.deepEqual(await world.policies.byIds(['student']), [student]);
});
