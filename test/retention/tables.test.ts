import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offerStore, tokenStore } from '../../src/issuance/store.ts';
import { firstIdAt } from '../../src/kernel/ids.ts';
import { nonceStore } from '../../src/nonces/store.ts';
import { officerStore } from '../../src/officers/store.ts';
import { sessionStore } from '../../src/passkeys/sessions/store.ts';
import { challengeStore } from '../../src/passkeys/store.ts';
import { presentationStore } from '../../src/presentation/store.ts';
import { reportStore } from '../../src/reports/store.ts';
import { countStore } from '../../src/statistics/store.ts';
import { inBatches } from '../../src/sweeps.ts';
import { idempotencyStore, keptAnswerStore, verificationStore } from '../../src/verification/store.ts';
import { HOUR, NOW, type RetailersWorld, retailersWorld, tillWorld } from '../support/retailers-world.ts';
import { AT, ago, DAY, idAt, left } from './support/times.ts';

test('an id sorts before the instant that comes after it was made, and not before its own', async (t) => {
  const { mint, world } = await retailersWorld(t);
  const id = mint('verification');
  assert.ok(id >= firstIdAt('verification', world.now()));
  assert.ok(id < firstIdAt('verification', new Date(world.now().getTime() + 1)));
});

const verification = (id: string) => ({
  id,
  terminal_id: 'ter_x',
  retailer_id: 'ret_x',
  live: 1,
  outcome: 'approved',
  next_step: 'sell',
  asked: '{}',
  checked_at: 0,
});

interface Kind {
  readonly table: string;
  readonly over: object;
  readonly kept: object;
  readonly purge: (world: RetailersWorld, most: number) => Promise<number>;
}

const count = (hour: Date) => ({
  hour: hour.getTime(),
  retailer_id: 'ret_x',
  policy: 'alcohol',
  outcome: 'approved',
  reason: '',
  live: 1,
  questions: 1,
});

const presentation = (id: string, expires_at: number) => ({
  id,
  ticket_hash: id,
  secret_hash: id,
  state: 'open',
  presented_at: 0,
  expires_at,
});

const KINDS: readonly Kind[] = [
  {
    table: 'verifications',
    over: verification(idAt('verification', ago(90 * DAY + 1))),
    kept: verification(idAt('verification', ago(90 * DAY))),
    purge: ({ db }, most) => verificationStore(db).purge(ago(90 * DAY), most),
  },
  {
    table: 'presentations',
    over: presentation('prs_1', AT.now),
    kept: presentation('prs_2', AT.after),
    purge: ({ db }, most) => presentationStore(db).purge(NOW, most),
  },
  {
    table: 'idempotency_keys',
    over: { scope: 'a', body_hash: 'x', verification_id: 'ver_x', expires_at: AT.now },
    kept: { scope: 'b', body_hash: 'x', verification_id: 'ver_x', expires_at: AT.after },
    purge: ({ db }, most) => idempotencyStore(db).purge(NOW, most),
  },
  {
    table: 'kept_answers',
    over: { verification_id: 'ver_a', sealed_claims: Buffer.from('x'), expires_at: AT.now },
    kept: { verification_id: 'ver_b', sealed_claims: Buffer.from('x'), expires_at: AT.after },
    purge: ({ db }, most) => keptAnswerStore(db).purge(NOW, most),
  },
  {
    table: 'used_nonces',
    over: { hash: 'a', expires_at: AT.now },
    kept: { hash: 'b', expires_at: AT.after },
    purge: ({ db }, most) => nonceStore(db).purge(NOW, most),
  },
  {
    table: 'verification_counts',
    over: count(ago(HOUR)),
    kept: count(NOW),
    purge: ({ db }, most) => countStore(db).purge(NOW, most),
  },
];

for (const { table, over, kept, purge } of KINDS) {
  test(`of ${table}, what is over goes and the rest stays`, async (t) => {
    const world = await retailersWorld(t);
    await world.db(table).insert(over);
    await world.db(table).insert(kept);
    assert.equal(await purge(world, 10), 1);
    const key = Object.keys(kept)[0] ?? '';
    assert.deepEqual((await world.db(table).pluck(key)).map(String), [String(Object.values(kept)[0])]);
    assert.equal(await purge(world, 10), 0);
  });
}

test('of challenges, sessions and invitations, what is over goes and the rest stays', async (t) => {
  const world = await retailersWorld(t);
  await holder(world);
  const challenge = (id: string, expires_at: number) => ({
    ...{ id, hash: id, purpose: 'sign_in_holder', expires_at },
  });
  await world.db('passkey_challenges').insert([challenge('a', AT.now), challenge('b', AT.after)]);
  assert.equal(await challengeStore(world.db).purge(NOW, 10), 1);
  await world.db('passkeys').insert({
    ...{ id: 'pky_x', wallet_id: 'wal_x', credential_id: 'x', public_key: Buffer.from('x'), counter: 0 },
    ...{ transports: '[]', backed_up: 0, sealed_name: Buffer.from('x'), created_at: 0 },
  });
  const session = (id: string, expires_at: number) => ({
    ...{ id, hash: id, passkey_id: 'pky_x', wallet_id: 'wal_x', verified_at: 0, expires_at },
  });
  await world.db('sessions').insert([session('a', AT.now), session('b', AT.after)]);
  assert.equal(await sessionStore(world.db).purge(NOW, 10), 1);
  const invitation = (hash: string, expires_at: number) => ({
    ...{ hash, officer_id: 'ofc_x', name: 'x', role: 'owner', expires_at },
  });
  await world.db('officer_invitations').insert([invitation('a', AT.now), invitation('b', AT.after)]);
  assert.equal(await officerStore(world.db).purgeInvitations(NOW, 10), 1);
  for (const [table, key] of [
    ['passkey_challenges', 'id'],
    ['sessions', 'id'],
    ['officer_invitations', 'hash'],
  ] as const)
    assert.deepEqual(await world.db(table).pluck(key), ['b'], table);
});

test('of reports, those of days before go and those of the day stay', async (t) => {
  const world = await tillWorld(t);
  const report = (id: string) => ({ id, retailer_id: world.retailer.id, asked: '[]', day: 'x' });
  const today = new Date('2026-11-22T00:00:00Z');
  const kept = idAt('report', today);
  await world.db('reports').insert([report(idAt('report', new Date(today.getTime() - DAY))), report(kept)]);
  assert.equal(await reportStore(world.db).purge(NOW, 10), 2);
  await world.db('reports').insert(report(kept));
  assert.equal(await reportStore(world.db).purge(today, 10), 0);
});

async function holder(world: RetailersWorld): Promise<void> {
  const sealed = { wrapped_key: Buffer.from('x'), sealed_record: Buffer.from('x') };
  await world.db('people').insert({ id: 'per_x', state: 'active', ...sealed, created_at: 0, updated_at: 0 });
  await world.db('wallets').insert({ id: 'wal_x', person_id: 'per_x', state: 'active', created_at: 0 });
}

test('of offers, tokens and notifications, what is over goes and the rest stays', async (t) => {
  const world = await retailersWorld(t);
  await holder(world);
  const offer = (id: string, state: string, expires_at: number) => ({
    ...{ id, state, expires_at, person_id: 'per_x', reference_hash: id, code_hash: id },
    ...{ tx_code_mac: 'x', tries: 0, credentials: '[]', created_at: 0 },
  });
  const old = ago(30 * DAY);
  await world
    .db('offers')
    .insert([
      offer(idAt('offer', ago(31 * DAY), 1), 'redeemed', old.getTime()),
      offer(idAt('offer', ago(31 * DAY), 2), 'dead', old.getTime()),
      offer(idAt('offer', ago(31 * DAY), 3), 'open', old.getTime()),
      offer(idAt('offer', ago(31 * DAY), 4), 'open', old.getTime() + 1),
      offer(idAt('offer', NOW), 'open', AT.after),
    ]);
  assert.equal(await offerStore(world.db).purge(old, 10), 3);
  const token = (hash: string, expires_at: number) => ({
    ...{ hash, expires_at, person_id: 'per_x', wallet_id: 'wal_x', credentials: '[]', copies: 0 },
  });
  await world.db('access_tokens').insert([token('a', AT.now), token('b', AT.after)]);
  assert.equal(await tokenStore(world.db).purge(NOW, 10), 1);
  const notification = (hash: string, expires_at: number) => ({ hash, expires_at, wallet_id: 'wal_x' });
  await world.db('notifications').insert([notification('a', AT.now), notification('b', AT.after)]);
  assert.equal(await tokenStore(world.db).purgeNotifications(NOW, 10), 1);
  for (const [table, rows] of [
    ['offers', 2],
    ['access_tokens', 1],
    ['notifications', 1],
  ] as const)
    assert.equal(await left(world.db, table), rows, table);
});

test('of terminal keys and pairing codes, what has expired goes, and keys without an end stay', async (t) => {
  const { db, terminals, added } = await tillWorld(t);
  const terminal_id = added.terminal.id;
  await db('terminal_keys').insert([
    { hash: 'a', terminal_id, created_at: 0, expires_at: AT.now },
    { hash: 'b', terminal_id, created_at: 0, expires_at: AT.after },
  ]);
  const before = await left(db, 'pairing_codes');
  await db('pairing_codes').insert({ mac: 'a', terminal_id, expires_at: AT.now });
  assert.equal(await terminals.purgeKeys(NOW, 10), 1);
  assert.equal(await terminals.purgeCodes(NOW, 10), 1);
  assert.equal(await left(db, 'terminal_keys'), 2);
  assert.equal(await left(db, 'pairing_codes'), before);
});

test('a purge takes no more than it is told to, and batches get through all of it', async (t) => {
  const world = await retailersWorld(t);
  const rows = Array.from({ length: 25 }, (_, i) => verification(idAt('verification', ago(91 * DAY), i)));
  await world.db('verifications').insert(rows);
  const purge = (most: number) => verificationStore(world.db).purge(ago(90 * DAY), most);
  assert.equal(await purge(10), 10);
  assert.equal(await left(world.db, 'verifications'), 15);
  let statements = 0;
  world.db.on('query', () => {
    statements += 1;
  });
  assert.equal(await inBatches(purge, 10), 15);
  assert.equal(statements, 2);
  assert.equal(await left(world.db, 'verifications'), 0);
});

test('one turn takes a bounded number of batches', async () => {
  let batches = 0;
  await inBatches(async (most) => {
    batches += 1;
    return most;
  }, 10);
  assert.equal(batches, 60);
});
