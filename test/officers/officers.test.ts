import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { auditStore } from '../../src/audit/store.ts';
import { transactOn } from '../../src/db/transaction.ts';
import { minter } from '../../src/kernel/ids.ts';
import { makeApiKey, readApiKey } from '../../src/keys/api-key.ts';
import { hash } from '../../src/keys/hash.ts';
import { identifyOfficer } from '../../src/officers/identify-officer.ts';
import { makeAdminKey } from '../../src/officers/make-admin-key.ts';
import { adminKeyStore } from '../../src/officers/store.ts';
import { freshDatabase } from '../support/database.ts';
import { seeded } from '../support/random.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const HOUR = 3_600_000;
const SCOPES = ['people:read', 'audit:read'] as const;

/** A database with one key in it. */
async function officeWorld(t: TestContext, expiresAt: Date | null = null) {
  const db = await freshDatabase(t);
  const world = { now: () => NOW, random: seeded(1) };
  const mint = minter(world);
  const audit = { mint, now: world.now };
  const transact = transactOn(db, (tx) => ({ adminKeys: adminKeyStore(tx), audit: auditStore(tx, audit) }));
  const store = adminKeyStore(db);
  const secret = await makeAdminKey({ transact, world, mint }, SCOPES, expiresAt);
  return {
    db,
    secret,
    log: auditStore(db, audit),
    identify: (after: number, token = secret) =>
      identifyOfficer(store, new Date(NOW.getTime() + after), token),
    lastUse: async () => (await store.byHash(hash(secret)))?.lastUsedAt?.getTime() ?? null,
  };
}

test('an admin key finds its officer, with the scopes that it was made with', async (t) => {
  const { secret, identify } = await officeWorld(t);
  assert.equal(readApiKey(secret), 'admin');
  const officer = await identify(0);
  assert.equal(officer?.kind, 'officer');
  assert.match(officer.actor, /^adk_/);
  assert.deepEqual(officer.scopes, SCOPES);
});

test('nothing but the key itself finds it', async (t) => {
  const { identify, secret, db } = await officeWorld(t);
  const row = await db('admin_keys').first();
  for (const token of [
    '',
    secret.slice(0, -1),
    secret.toLowerCase(),
    ` ${secret}`,
    row.hash,
    row.id,
    makeApiKey('admin', seeded(2)),
    makeApiKey('live', seeded(1)),
  ]) {
    assert.equal(await identify(0, token), null, token);
  }
});

test('the key itself is not kept', async (t) => {
  const { secret, db } = await officeWorld(t);
  assert.ok(!JSON.stringify(await db('admin_keys')).includes(secret.slice(9, 40)));
});

test('a key with an end works until then and not at the end itself', async (t) => {
  const { identify } = await officeWorld(t, new Date(NOW.getTime() + HOUR));
  assert.notEqual(await identify(HOUR - 1), null);
  assert.equal(await identify(HOUR), null);
  assert.equal(await identify(HOUR + 1), null);
});

test('a refused key leaves no mark of use', async (t) => {
  const { identify, lastUse } = await officeWorld(t, NOW);
  assert.equal(await identify(0), null);
  assert.equal(await lastUse(), null);
});

test('the last use is noted at the first use, and then once in an hour at most', async (t) => {
  const { identify, lastUse } = await officeWorld(t);
  assert.equal(await lastUse(), null);
  await identify(0);
  assert.equal(await lastUse(), NOW.getTime());
  await identify(HOUR);
  assert.equal(await lastUse(), NOW.getTime());
  await identify(HOUR + 1);
  assert.equal(await lastUse(), NOW.getTime() + HOUR + 1);
});

test('the making of a key is recorded, without the key', async (t) => {
  const { identify, log, secret } = await officeWorld(t);
  const { rows } = await log.page({ limit: 10, after: null });
  assert.deepEqual(
    rows.map(({ action, actor, subject, code }) => ({ action, actor, subject, code })),
    [{ action: 'admin_key.made', actor: 'system', subject: (await identify(0))?.actor, code: null }],
  );
  assert.ok(!JSON.stringify(rows).includes(secret));
});
