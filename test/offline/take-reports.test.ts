import assert from 'node:assert/strict';
import { before, type TestContext, test } from 'node:test';
import { sha256 } from '../../src/formats/sha.ts';
import { base64url, hex } from '../../src/kernel/bytes.ts';
import { Fault } from '../../src/kernel/fault.ts';
import type { OfflineVerification } from '../../src/offline/offline-verification.ts';
import { windowAt } from '../../src/passes/pass-key.ts';
import { type HeldPass, makePass, makePassKey, type TestPassKey } from '../support/passes.ts';
import { DAY, NOW, question, type ServiceWorld, serviceWorld, type Till, till } from '../support/world.ts';

let issuer: TestPassKey;
before(() => {
  issuer = makePassKey();
});

async function shopWorld(t: TestContext) {
  const w = await serviceWorld(t);
  const { keyId, spki } = issuer;
  await w.service.stores.passKeys.add({
    ...{ keyId, spki, claim: 'age_over_18', window: windowAt(NOW, 1) },
    ...{ sealedPrivate: null, withdrawnAt: null },
  });
  await w.service.passKeys.refresh();
  return { w, one: await till(w), two: await till(w, { name: 'Till 2' }), pass: await makePass(issuer) };
}

let numbered = 0;
/** What a till says of a pass that it approved, unless it differs. */
function report(pass: HeldPass, change: Partial<OfflineVerification> = {}): OfflineVerification {
  numbered += 1;
  return {
    reportId: base64url(Uint8Array.from({ length: 16 }, (_, at) => (at === 0 ? numbered : at))),
    keyId: issuer.keyId,
    mark: hex(sha256(pass.stocked.deviceKey)),
    outcome: 'approved',
    reason: null,
    checkedAt: NOW,
    ...change,
  };
}

const take = async (w: ServiceWorld, terminal: Till, ...reports: OfflineVerification[]) =>
  (await w.service.offline.take(terminal, reports)).spentTwice;

const askOnline = async (w: ServiceWorld, terminal: Till, pass: HeldPass) =>
  (await w.service.verifications.verify(question(terminal, await pass.show(w.world.now())))).verification
    .reason;

test('what a till approved offline is spent from then on, at every till', async (t) => {
  const { w, one, two, pass } = await shopWorld(t);
  assert.deepEqual(await take(w, one, report(pass)), []);
  assert.equal(await askOnline(w, one, pass), 'already_used');
  assert.equal(await askOnline(w, two, pass), 'already_used');
});

test('a pass that a second till approved offline as well is told as spent twice, and so to nobody else', async (t) => {
  const { w, one, two, pass } = await shopWorld(t);
  const [first, second] = [report(pass), report(pass)];
  assert.deepEqual(await take(w, one, first), []);
  assert.deepEqual(await take(w, two, second), [second.reportId]);
  assert.deepEqual(await take(w, one, first), [], 'the first stays the first');
  assert.ok((await w.events()).includes(`offline.spent_twice ${two.terminal}`));
});

test('the same report again is recorded once and answered in the same way', async (t) => {
  const { w, one, two, pass } = await shopWorld(t);
  await take(w, one, report(pass));
  const late = report(pass);
  assert.deepEqual(await take(w, two, late), [late.reportId]);
  assert.deepEqual(await take(w, two, late), [late.reportId]);
  assert.equal((await w.db('offline_verifications')).length, 2);
  assert.equal((await w.events()).filter((event) => event.startsWith('offline.spent_twice')).length, 1);
});

test('reports that come at once and twice spend a pass once', async (t) => {
  const { w, one, two, pass } = await shopWorld(t);
  const [a, b] = [report(pass), report(pass)];
  const told = await Promise.all([take(w, one, a), take(w, two, b), take(w, one, a), take(w, two, b)]);
  assert.equal(new Set(told.flat()).size, 1);
});

test('a till that asked online without an answer and then judged offline sold once', async (t) => {
  const { w, one, two, pass } = await shopWorld(t);
  assert.equal(await askOnline(w, one, pass), null);
  assert.deepEqual(await take(w, one, report(pass)), []);
  const other = report(pass);
  assert.deepEqual(await take(w, two, other), [other.reportId]);
});

test('a pass twice in one report is spent twice', async (t) => {
  const { w, one, pass } = await shopWorld(t);
  const [first, second] = [report(pass), report(pass)];
  assert.deepEqual(await take(w, one, first, second), [second.reportId]);
});

test('a refusal spends nothing', async (t) => {
  const { w, one, pass } = await shopWorld(t);
  await take(w, one, report(pass, { outcome: 'refused', reason: 'expired' }));
  assert.equal(await askOnline(w, one, pass), null);
});

test('a report under a key that is no longer listed is recorded all the same', async (t) => {
  const { w, one, pass } = await shopWorld(t);
  assert.deepEqual(await take(w, one, report(pass, { keyId: '00000000' })), []);
  assert.equal(await askOnline(w, one, pass), 'already_used');
});

test('a test terminal reports nothing, and two reports of one id are none', async (t) => {
  const { w, one, pass } = await shopWorld(t);
  const refused = async (terminal: Till, ...reports: OfflineVerification[]) => {
    const thrown = await take(w, terminal, ...reports).catch((error: unknown) => error);
    assert.ok(thrown instanceof Fault);
    return thrown;
  };
  assert.equal((await refused({ ...one, live: false }, report(pass))).kind, 'forbidden');
  const once = report(pass);
  const { errors } = (await refused(one, once, once)).more;
  assert.deepEqual(
    errors?.map(({ pointer }) => pointer),
    ['/verifications/1/id'],
  );
});

test('reports go with the verifications', async (t) => {
  const { w, one, pass } = await shopWorld(t);
  await take(w, one, report(pass));
  assert.equal(await w.service.stores.offline.purge(new Date(NOW.getTime())), 0);
  assert.equal(await w.service.stores.offline.purge(new Date(NOW.getTime() + DAY)), 1);
});
