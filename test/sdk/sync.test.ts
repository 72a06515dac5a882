import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryStore } from '../../src/sdk/memory-store.ts';
import { createVerifier } from '../../src/sdk/verifier.ts';
import { BUNDLE_SECONDS, directoryKey } from '../support/bundles.ts';
import { makePass, makePassKey } from '../support/passes.ts';
import {
  ALCOHOL,
  authority,
  bundleOf,
  fakeService,
  HOUR,
  issuer,
  MINUTE,
  offlineTill,
  outcomes,
} from './support/till.ts';

const DAY = 24 * HOUR;
const newer = (change: object = {}) => bundleOf({ version: BUNDLE_SECONDS + 300, ...change });

test('what was judged is reported once, approvals and refusals, without the token', async () => {
  const till = await offlineTill();
  const service = fakeService(till, newer);
  const token = await till.code();
  await till.verifier.verify({ token, ask: ALCOHOL });
  await till.verifier.verify({ token, ask: ALCOHOL });
  const first = await till.verifier.sync(service.client);
  assert.deepEqual([first.reported, first.bundle, first.trouble], [2, 'new', null]);
  const [report] = service.reports;
  assert.equal(report?.bundle_version, BUNDLE_SECONDS);
  assert.deepEqual(
    report?.verifications.map(({ outcome, reason }) => [outcome, reason]),
    [
      ['approved', null],
      ['refused', 'already_used'],
    ],
  );
  assert.equal(JSON.stringify(report).includes(token.slice(1, 40)), false);
  assert.equal((await till.verifier.sync(service.client)).reported, 0);
  assert.equal(service.reports.length, 1);
});

test('reports go in parts of a hundred, each with the one version that it was judged by', async () => {
  const till = await offlineTill();
  const service = fakeService(till, newer);
  const token = await till.code();
  for (let sold = 0; sold < 101; sold++) await till.verifier.verify({ token, ask: ALCOHOL });
  service.fails.add('reportOffline');
  await till.verifier.sync(service.client);
  service.fails.clear();
  await till.verifier.verify({ token, ask: ALCOHOL });
  assert.equal((await till.verifier.sync(service.client)).reported, 102);
  assert.deepEqual(
    service.reports.map(({ bundle_version, verifications }) => [
      bundle_version - BUNDLE_SECONDS,
      verifications.length,
    ]),
    [
      [0, 50],
      [0, 50],
      [0, 1],
      [300, 1],
    ],
  );
});

test('a sync that fails loses nothing, and the next one tells the same again under the same ids', async () => {
  const till = await offlineTill();
  const service = fakeService(till, newer);
  await till.verifier.verify({ token: await till.code(), ask: ALCOHOL });
  const [waiting] = await till.store.waiting(1);
  service.fails.add('reportOffline').add('trustBundle');
  const failed = await till.verifier.sync(service.client);
  assert.deepEqual([failed.reported, failed.bundle, failed.skew], [0, 'not_fetched', null]);
  assert.deepEqual(failed.trouble, { kind: 'lost', why: 'unreachable' });
  assert.equal((await till.verifier.verify({ token: await till.code(), ask: ALCOHOL })).outcome, 'approved');
  service.fails.clear();
  assert.equal((await till.verifier.sync(service.client)).reported, 2);
  assert.equal(service.reports[0]?.verifications[0]?.id, waiting?.id);
});

test('what was spent elsewhere is told by the ids of its reports', async () => {
  const till = await offlineTill();
  const service = fakeService(till, newer);
  await till.verifier.verify({ token: await till.code(), ask: ALCOHOL });
  await till.verifier.verify({ token: await till.code(), ask: ALCOHOL });
  const [first] = await till.store.waiting(1);
  service.spentElsewhere.add(first?.device_key_hash ?? '');
  assert.deepEqual((await till.verifier.sync(service.client)).doubleSpends, [first?.id]);
});

test('two that sync at once are one', async () => {
  const till = await offlineTill();
  const service = fakeService(till, newer);
  await till.verifier.verify({ token: await till.code(), ask: ALCOHOL });
  const both = await Promise.all([till.verifier.sync(service.client), till.verifier.sync(service.client)]);
  assert.deepEqual(
    both.map(({ reported }) => reported),
    [1, 1],
  );
  assert.equal(service.reports.length, 1);
  assert.equal(service.asked.length, 1);
});

test('a till begins with nothing but its key: the first sync pins the root and takes the bundle', async () => {
  const store = memoryStore();
  const { now, code } = await offlineTill();
  const verifier = await createVerifier({ store, now });
  const service = fakeService({ now }, () => bundleOf());
  assert.equal((await verifier.sync(service.client)).bundle, 'new');
  assert.equal((await store.kept())?.root, authority.root);
  assert.equal((await verifier.verify({ token: await code(), ask: ALCOHOL })).outcome, 'approved');
});

test('a bundle is asked for by the ETag of the one that is kept', async () => {
  const till = await offlineTill();
  const jwt = await newer();
  const service = fakeService(till, async () => jwt);
  await till.verifier.sync(service.client);
  assert.equal((await till.verifier.sync(service.client)).bundle, 'unchanged');
  assert.deepEqual(service.asked, [null, `"${jwt.slice(-12)}"`]);
});

test('a new bundle holds from then on, in a tab that did not fetch it too', async () => {
  const store = memoryStore();
  const [one, two] = [await offlineTill({ store }), await offlineTill({ store })];
  const service = fakeService(one, () => newer({ policies: [] }));
  await one.verifier.sync(service.client);
  for (const { verifier, code } of [one, two]) {
    const answer = await verifier.verify({ token: await code(), ask: ALCOHOL });
    assert.equal(answer.outcome === 'not_judged' && answer.code, 'unknown_policy');
  }
});

const refusedBundles: [string, string, () => Promise<string>][] = [
  ['bundle_older', 'an older one', () => bundleOf({ version: BUNDLE_SECONDS - 1 })],
  [
    'directory_changed',
    'one with another key',
    () => newer().then(() => bundleOf({}, [directoryKey(makePassKey())])),
  ],
  ['directory_changed', 'one that takes a key away', () => bundleOf({}, [])],
  ['bundle_not_trusted', 'one that nobody signed', async () => `${(await newer()).slice(0, -4)}AAAA`],
];
for (const [trouble, what, make] of refusedBundles) {
  test(`a bundle that is not to be taken, ${what}, is told as ${trouble}, and the one before still holds`, async () => {
    const till = await offlineTill();
    assert.equal((await till.verifier.sync(fakeService(till, make).client)).bundle, trouble);
    assert.equal(
      (await till.verifier.verify({ token: await till.code(), ask: ALCOHOL })).outcome,
      'approved',
    );
  });
}

test('a clock that is set back behind the time that the service told is not judged by', async () => {
  const till = await offlineTill();
  const jwt = await bundleOf();
  till.pass(10 * MINUTE);
  await till.verifier.sync(fakeService(till, async () => jwt).client);
  till.pass(-2 * MINUTE - 1_000);
  const answer = await till.verifier.verify({ token: await till.code(), ask: ALCOHOL });
  assert.equal(answer.outcome === 'not_judged' && answer.code, 'clock_behind');
  const restarted = await createVerifier({ store: till.store, now: till.now });
  assert.deepEqual(await restarted.status(), { ready: false, code: 'clock_behind' });
});

test('how far this clock is ahead of the service is told', async () => {
  const till = await offlineTill();
  const behind = { now: () => new Date(till.now().getTime() - 90_000) };
  assert.equal((await till.verifier.sync(fakeService(behind, newer).client)).skew, 90);
});

test('a spent mark goes a week after its key has ended by the time of the service, and not before', async () => {
  const till = await offlineTill();
  const held = await makePass(issuer);
  await till.verifier.verify({ token: await held.show(till.now()), ask: ALCOHOL });
  const [{ device_key_hash: mark = '' } = {}] = await till.store.waiting(1);
  const end = directoryKey(issuer).expiresAt.getTime() + 7 * DAY;
  const service = fakeService(till, () => bundleOf());
  till.pass(end - till.now().getTime());
  await till.verifier.sync(service.client);
  assert.equal(await till.store.isSpent(mark), true);
  till.pass(1_000);
  await till.verifier.sync(service.client);
  assert.equal(await till.store.isSpent(mark), false);
});

test('judging goes on while a sync is under way', async () => {
  const till = await offlineTill();
  const service = fakeService(till, newer);
  const synced = till.verifier.sync(service.client);
  const codes = await Promise.all(Array.from({ length: 5 }, till.code));
  const sold = await outcomes(codes.map((token) => till.verifier.verify({ token, ask: ALCOHOL })));
  assert.deepEqual(sold, Array(5).fill('approved'));
  await synced;
  await till.verifier.sync(service.client);
  assert.equal(service.reports.flatMap(({ verifications }) => verifications).length, 5);
});
