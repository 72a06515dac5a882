import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Id } from '../../src/kernel/ids.ts';
import { addStore } from '../../src/retailers/add-store.ts';
import { changeRetailer } from '../../src/retailers/change-retailer.ts';
import { findRetailer, listRetailers, listStores } from '../../src/retailers/find-retailers.ts';
import { registerRetailer } from '../../src/retailers/register-retailer.ts';
import { NOW, OFFICER, refusal, retailersWorld } from '../support/retailers-world.ts';

const shop = { name: 'Corner Shop', permitted: ['age_over_18', 'status_student', 'birth_date'] };
const nobody = 'ret_00000000000000000000000000' as Id<'retailer'>;

test('a retailer that was registered is found as it was entered', async (t) => {
  const world = await retailersWorld(t);
  const retailer = await registerRetailer(world, shop, OFFICER);
  assert.match(retailer.id, /^ret_/);
  assert.deepEqual(retailer, { id: retailer.id, ...shop, origins: [], createdAt: NOW });
  assert.deepEqual(await findRetailer(world, retailer.id), retailer);
});

test('registering is recorded under the officer, and the record has no room for a name', async (t) => {
  const world = await retailersWorld(t);
  const { id } = await registerRetailer(world, shop, OFFICER);
  assert.deepEqual(await world.events(id), [`retailer.registered by ${OFFICER}`]);
  assert.doesNotMatch(JSON.stringify(await world.db('audit_events')), /Corner/);
});

test('a claim that is permitted twice is kept once', async (t) => {
  const world = await retailersWorld(t);
  const twice = { ...shop, permitted: ['age_over_18', 'portrait', 'age_over_18'] };
  const retailer = await registerRetailer(world, twice, OFFICER);
  assert.deepEqual(retailer.permitted, ['age_over_18', 'portrait']);
});

for (const unknown of ['age_over_17', 'status_nurse', 'shoe_size']) {
  test(`a claim that the service does not attest (${unknown}) is refused, and nothing is kept`, async (t) => {
    const world = await retailersWorld(t);
    await assert.rejects(
      registerRetailer(world, { ...shop, permitted: ['age_over_18', unknown] }, OFFICER),
      refusal('invalid_request', '/permitted_claims/1', 'unknown_claim'),
    );
    assert.deepEqual((await listRetailers(world, { limit: 10, after: null })).rows, []);
  });
}

test('retailers are listed the newest first, in parts', async (t) => {
  const world = await retailersWorld(t);
  for (const name of ['A', 'B', 'C']) {
    await registerRetailer(world, { ...shop, name }, OFFICER);
    world.pass(1);
  }
  const first = await listRetailers(world, { limit: 2, after: null });
  assert.deepEqual([first.rows.map(({ name }) => name), first.hasMore], [['C', 'B'], true]);
  const rest = await listRetailers(world, { limit: 2, after: first.rows[1]!.id });
  assert.deepEqual([rest.rows.map(({ name }) => name), rest.hasMore], [['A'], false]);
});

test('a change of the name leaves what may be asked, and the other way round', async (t) => {
  const world = await retailersWorld(t);
  const { id } = await registerRetailer(world, shop, OFFICER);
  const renamed = await changeRetailer(world, id, { name: 'High Street Shop' }, OFFICER);
  assert.deepEqual([renamed.name, renamed.permitted], ['High Street Shop', shop.permitted]);
  const narrowed = await changeRetailer(world, id, { permitted: [] }, OFFICER);
  assert.deepEqual([narrowed.name, narrowed.permitted], ['High Street Shop', []]);
  assert.deepEqual(await findRetailer(world, id), narrowed);
  assert.deepEqual((await world.events(id)).filter((event) => event.includes('changed')).length, 2);
});

test('a change of nothing changes nothing', async (t) => {
  const world = await retailersWorld(t);
  const retailer = await registerRetailer(world, shop, OFFICER);
  assert.deepEqual(await changeRetailer(world, retailer.id, {}, OFFICER), retailer);
  assert.deepEqual(await findRetailer(world, retailer.id), retailer);
});

test('a change to a claim that the service does not attest is refused, and nothing is changed', async (t) => {
  const world = await retailersWorld(t);
  const retailer = await registerRetailer(world, shop, OFFICER);
  await assert.rejects(
    changeRetailer(world, retailer.id, { name: 'Other', permitted: ['age_over_17'] }, OFFICER),
    refusal('invalid_request', '/permitted_claims/0', 'unknown_claim'),
  );
  assert.deepEqual(await findRetailer(world, retailer.id), retailer);
  assert.deepEqual(await world.events(retailer.id), [`retailer.registered by ${OFFICER}`]);
});

test('a store is added to a retailer and listed with it alone', async (t) => {
  const world = await retailersWorld(t);
  const one = await registerRetailer(world, shop, OFFICER);
  const other = await registerRetailer(world, shop, OFFICER);
  const store = await addStore(world, one.id, 'High Street', OFFICER);
  assert.match(store.id, /^sto_/);
  assert.deepEqual((await listStores(world, one.id, { limit: 10, after: null })).rows, [store]);
  assert.deepEqual((await listStores(world, other.id, { limit: 10, after: null })).rows, []);
  assert.deepEqual(await world.events(store.id), [`store.added by ${OFFICER}`]);
});

test('a retailer that is not there is not found, whatever is wanted of it', async (t) => {
  const world = await retailersWorld(t);
  const page = { limit: 10, after: null };
  await assert.rejects(findRetailer(world, nobody), refusal('not_found'));
  await assert.rejects(changeRetailer(world, nobody, { name: 'X' }, OFFICER), refusal('not_found'));
  await assert.rejects(addStore(world, nobody, 'X', OFFICER), refusal('not_found'));
  await assert.rejects(listStores(world, nobody, page), refusal('not_found'));
});
