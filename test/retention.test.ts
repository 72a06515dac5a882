import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { purgeEvents } from '../src/audit/purge-events.ts';
import { type AuditStore, auditStore } from '../src/audit/store.ts';
import { type Config, ConfigError, readConfig } from '../src/config.ts';
import { offerStore, tokenStore } from '../src/issuance/store.ts';
import { firstIdAt, type Id } from '../src/kernel/ids.ts';
import { nonceStore } from '../src/nonces/store.ts';
import { officerStore } from '../src/officers/store.ts';
import { sessionStore } from '../src/passkeys/sessions/store.ts';
import { challengeStore } from '../src/passkeys/store.ts';
import { presentationStore } from '../src/presentation/store.ts';
import { reportStore } from '../src/reports/store.ts';
import { settingStore } from '../src/settings/store.ts';
import { countStore } from '../src/statistics/store.ts';
import { FULL_AT } from '../src/status/status-list.ts';
import { statusStore } from '../src/status/store.ts';
import { inBatches, sweepsOf } from '../src/sweeps.ts';
import { idempotencyStore, keptAnswerStore, verificationStore } from '../src/verification/store.ts';
import { root } from './support/checkout.ts';
import { HOUR, NOW, type RetailersWorld, retailersWorld, tillWorld } from './support/retailers-world.ts';
import { question, serviceWorld, till } from './support/world.ts';

const DAY = 24 * HOUR;
const ago = (time: number) => new Date(NOW.getTime() - time);
const AT = { now: NOW.getTime(), before: NOW.getTime() - 1, after: NOW.getTime() + 1 };

function config(environment: Record<string, string>): Config {
  return readConfig(environment, true, {
    path: (path) => `/${path}`,
    fileUrl: (path) => `file:///${path}`,
    read: () => '',
  });
}

/** An id as it is made at an instant. */
function idAt(noun: Parameters<typeof firstIdAt>[0], at: Date, count = 0): string {
  return `${firstIdAt(noun, at)}${String(count).padStart(16, '0')}`;
}

async function left(db: RetailersWorld['db'], table: string): Promise<number> {
  return Number((await db(table).count({ rows: '*' }))[0]?.rows);
}

test('without settings, what is over is kept for the times that the documentation names', () => {
  assert.deepEqual(config({}).retention, {
    verificationDays: 90,
    presentationHours: 24,
    eventDays: [
      ['verification', 90],
      ['passes', 7],
    ],
    countDays: 730,
    offerDays: 30,
    statusDays: 1,
    terminalKeyDays: 30,
    reportDays: 365,
  });
});

test('events are kept by their kinds, or all of them', () => {
  assert.deepEqual(config({ EVENT_DAYS: 'verification:30, credential:400' }).retention.eventDays, [
    ['verification', 30],
    ['credential', 400],
  ]);
  assert.deepEqual(config({ EVENT_DAYS: 'none' }).retention.eventDays, []);
});

for (const [name, value] of [
  ['VERIFICATION_DAYS', '1'],
  ['PRESENTATION_HOURS', '23'],
  ['PRESENTATION_HOURS', '721'],
  ['EVENT_DAYS', 'verification'],
  ['EVENT_DAYS', 'verification:0'],
  ['EVENT_DAYS', 'weather:90'],
  ['COUNT_DAYS', '30'],
  ['OFFER_DAYS', '0'],
  ['STATUS_DAYS', '0'],
  ['TERMINAL_KEY_DAYS', 'long'],
  ['REPORT_DAYS', '0'],
  ['HOLDER_SESSION_HOURS', '721'],
  ['OFFICER_SESSION_HOURS', '25'],
  ['STATISTICS_MINIMUM', '0'],
  ['POLICY_PACK', 'Germany'],
] as const) {
  test(`${name}=${value} is refused by its name`, () => {
    assert.throws(
      () => config({ [name]: value }),
      (thrown) => {
        assert.ok(thrown instanceof ConfigError);
        assert.deepEqual([...new Set(thrown.problems.map((line) => line.split(' ')[0]))], [name]);
        return true;
      },
    );
  });
}

test('the documentation of operating names every setting of retention', () => {
  const page = readFileSync(join(root, 'docs/operating.md'), 'utf8');
  for (const name of ['VERIFICATION', 'EVENT', 'COUNT', 'OFFER', 'STATUS', 'TERMINAL_KEY', 'REPORT'])
    assert.ok(page.includes(`${name}_DAYS`), name);
  assert.ok(page.includes('PRESENTATION_HOURS'));
});

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

async function lists(t: TestContext) {
  const world = await retailersWorld(t);
  const key = { purpose: 'issuer', state: 'active', issuer_url: 'x', public_jwk: '{}', created_at: 0 };
  await world.db('issuer_keys').insert({ id: 'key_x', ...key });
  const list = async (name: number, expiries: readonly number[]) => {
    const id = idAt('status_list', ago(60 * DAY), name) as Id<'status_list'>;
    await statusStore(world.db).addList(id, 'key_x');
    const entry = (expires_at: number, idx: number) => ({
      list_id: id,
      idx,
      status: 0,
      credential: 'age',
      expires_at,
    });
    if (expiries.length > 0) await world.db('status_entries').insert(expiries.map(entry));
    return id;
  };
  const purge = (most = 10) =>
    world.transact(async () => {}).then(() => statusStore(world.db).purge(NOW, most));
  return { ...world, list, purge };
}

test('a status list goes when all its copies have expired, and not while one has not', async (t) => {
  const { db, list, purge } = await lists(t);
  await list(1, [AT.before, AT.now]);
  const alive = await list(2, [AT.before, AT.after]);
  assert.equal(await purge(), 2);
  assert.deepEqual(await db('status_lists').pluck('id'), [alive]);
  assert.equal(await purge(), 0);
  assert.equal(await left(db, 'status_entries'), 2);
});

test('while the entries of a status list go, nobody is given a place in it', async (t) => {
  const { db, list, purge } = await lists(t);
  const id = await list(1, [AT.before, AT.before, AT.before]);
  assert.equal(await purge(2), 2);
  const [row] = await db('status_lists').where({ id });
  assert.ok(row.used >= FULL_AT);
  assert.equal(await statusStore(db).openList('key_x'), null);
  assert.equal(await purge(2), 1);
  assert.equal(await left(db, 'status_lists'), 0);
});

test('a status list that is new stays, though nothing is in it yet', async (t) => {
  const { db, purge } = await lists(t);
  await statusStore(db).addList(idAt('status_list', NOW) as Id<'status_list'>, 'key_x');
  assert.equal(await purge(), 0);
  assert.equal(await left(db, 'status_lists'), 1);
});

async function log(t: TestContext) {
  const world = await retailersWorld(t);
  const needs = { mint: world.mint, now: world.world.now };
  const transact = <Result>(
    work: (stores: { audit: AuditStore; settings: ReturnType<typeof settingStore> }) => Promise<Result>,
  ) => world.db.transaction((tx) => work({ audit: auditStore(tx, needs), settings: settingStore(tx) }));
  const event = (action: string, at: Date, n: number) => ({
    ...{ id: idAt('event', at, n), at: at.getTime(), actor: 'system', action, subject: 'x' },
  });
  return { ...world, transact, event };
}

test('events of one kind go after their time; others and younger ones stay', async (t) => {
  const { db, transact, event } = await log(t);
  await db('audit_events').insert([
    event('verification.approved', ago(91 * DAY), 1),
    event('person.created', ago(91 * DAY), 2),
    event('verification.refused', ago(91 * DAY), 3),
    event('verification.approved', ago(89 * DAY), 4),
  ]);
  assert.equal(await purgeEvents(transact, 'verification', ago(90 * DAY), 10), 3);
  assert.deepEqual(await db('audit_events').orderBy('id').pluck('action'), [
    'person.created',
    'verification.approved',
  ]);
});

test('events that stay are passed over once', async (t) => {
  const { db, transact, event } = await log(t);
  const many = Array.from({ length: 25 }, (_, i) => event('person.created', ago(91 * DAY), i));
  await db('audit_events').insert([...many, event('verification.approved', ago(91 * DAY), 30)]);
  const purge = (most: number) => purgeEvents(transact, 'verification', ago(90 * DAY), most);
  assert.equal(await inBatches(purge, 10), 26);
  assert.equal(await left(db, 'audit_events'), 25);
  assert.equal(await inBatches(purge, 10), 0);
  assert.equal(await purgeEvents(transact, 'person', ago(90 * DAY), 100), 25);
});

test('a kind is not taken for another that begins like it', async (t) => {
  const { db, transact, event } = await log(t);
  await db('audit_events').insert(event('terminal_key.made', ago(91 * DAY), 1));
  await purgeEvents(transact, 'terminal', ago(90 * DAY), 10);
  assert.equal(await left(db, 'audit_events'), 1);
});

test('a service lets go of what its settings say, and of nothing else', async (t) => {
  const w = await serviceWorld(t, {
    environment: { VERIFICATION_DAYS: '10', EVENT_DAYS: 'verification:20' },
  });
  const terminal = await till(w);
  await w.service.verifications.verify(question(terminal, '1'));
  const sweep = async () => {
    for (const { run } of sweepsOf(w.service, w.world)) await run();
  };
  const checks = async () =>
    (await w.db('audit_events').pluck('action')).filter((action) => action.startsWith('verification.'))
      .length;
  await sweep();
  assert.deepEqual([await left(w.db, 'verifications'), await checks()], [1, 1]);
  w.pass(11 * DAY);
  await sweep();
  assert.deepEqual([await left(w.db, 'verifications'), await checks()], [0, 1]);
  w.pass(10 * DAY);
  await sweep();
  assert.equal(await checks(), 0);
  assert.equal(await left(w.db, 'verification_counts'), 1);
  assert.ok((await left(w.db, 'audit_events')) > 0);
});
