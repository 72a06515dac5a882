import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { purgeEvents } from '../../src/audit/purge-events.ts';
import { type AuditStore, auditStore } from '../../src/audit/store.ts';
import { settingStore } from '../../src/settings/store.ts';
import { inBatches, sweepsOf } from '../../src/sweeps.ts';
import { retailersWorld } from '../support/retailers-world.ts';
import { question, serviceWorld, till } from '../support/world.ts';
import { ago, DAY, idAt, left } from './support/times.ts';

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
