import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { call } from '../../src/cli/demo/call.ts';
import { testToken } from '../../src/judgement/test-token.ts';
import { createClient } from '../../src/sdk/client.ts';
import { memoryStore } from '../../src/sdk/memory-store.ts';
import { createVerifier } from '../../src/sdk/verifier.ts';
import { listKey, makePass, makePassKey } from '../support/passes.ts';
import { runService } from '../support/service.ts';

const ALCOHOL = { policies: ['alcohol'] };
const issuer = makePassKey();

/** A shop with tills that have the SDK, and a wallet's passes. */
async function shopWithTills(t: TestContext) {
  const running = await runService(t);
  const { url, adminKey: token } = running;
  const officer = (path: string, json: object) => call(`${url}/v1/${path}`, { method: 'POST', token, json });
  const policy = {
    title: 'Alcohol',
    claims: ['age_over_18'],
    presenter: 'none',
    offline: 'allow',
    legal_basis: 'a rule',
  };
  await fetch(`${url}/v1/policies/alcohol`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(policy),
  });
  const shop = await officer('retailers', { name: 'Corner Shop', permitted_claims: ['age_over_18'] });
  await listKey(running.service, issuer, running.now());
  return {
    ...running,
    code: async () => (await makePass(issuer)).show(running.now()),
    async till(live = true) {
      const made = await officer(`retailers/${String(shop.body.id)}/terminals`, {
        name: 'Till',
        live,
      });
      const client = createClient({ baseUrl: url, key: String(made.body.key) });
      const store = memoryStore();
      const verifier = await createVerifier({ store, now: running.now });
      const synced = await verifier.sync(client);
      assert.deepEqual([synced.bundle, synced.trouble], ['new', null]);
      return { client, verifier, store };
    },
  };
}

test('a till answers offline as the service does online, and tells it afterwards', async (t) => {
  const shop = await shopWithTills(t);
  const { client, verifier } = await shop.till();
  const [own, theirs] = [await shop.code(), await shop.code()];
  const online = await client.verify({ token: theirs, ask: ALCOHOL });
  const offline = await verifier.verify({ token: own, ask: ALCOHOL });
  assert.ok(online.outcome === 'approved' && offline.outcome === 'approved');
  const { id, object, receipt_url, presented_at, checked_at, ...same } = { object: '', ...online };
  const { stale, checked_at: checkedHere, ...here } = offline;
  assert.deepEqual(here, same);
  assert.deepEqual([stale, presented_at, object], [false, null, 'verification']);
  assert.ok(checked_at && checkedHere && receipt_url.endsWith(`${id}/receipt`));

  const told = await verifier.sync(client);
  assert.deepEqual([told.reported, told.doubleSpends, told.trouble], [1, [], null]);
  const later = await client.verify({ token: own, ask: ALCOHOL });
  assert.equal(later.outcome === 'refused' && later.reason, 'already_used');
});

test('a pass that two tills approve offline is told to the second of them', async (t) => {
  const shop = await shopWithTills(t);
  const [one, two] = [await shop.till(), await shop.till()];
  const token = await shop.code();
  for (const { verifier } of [one, two]) {
    assert.equal((await verifier.verify({ token, ask: ALCOHOL })).outcome, 'approved');
  }
  assert.deepEqual((await one.verifier.sync(one.client)).doubleSpends, []);
  const [waiting] = await two.store.waiting(1);
  assert.deepEqual((await two.verifier.sync(two.client)).doubleSpends, [waiting?.id]);
});

test('a key that is withdrawn is known to a till with its next bundle', async (t) => {
  const shop = await shopWithTills(t);
  const { client, verifier } = await shop.till();
  await shop.service.stores.passKeys.withdraw(issuer.keyId, shop.now());
  await shop.service.passKeys.refresh();
  assert.equal((await verifier.sync(client)).bundle, 'new');
  const answer = await verifier.verify({ token: await shop.code(), ask: ALCOHOL });
  assert.equal(answer.outcome === 'refused' && answer.reason, 'unknown_issuer');
});

test('a test till tries everything out with test codes, offline too, and is let in', async (t) => {
  const shop = await shopWithTills(t);
  const { client, verifier } = await shop.till(false);
  for (const outcome of ['approved', 'expired', 'suspended'] as const) {
    const question = { token: testToken(outcome), ask: ALCOHOL };
    const [online, offline] = [await client.verify(question), await verifier.verify(question)];
    assert.ok(online.outcome !== 'not_judged' && offline.outcome !== 'not_judged');
    assert.deepEqual(
      [offline.outcome, offline.reason, offline.proof],
      [online.outcome, online.reason, online.proof],
    );
    assert.equal(online.reason ?? 'approved', outcome);
  }
  const told = await verifier.sync(client);
  assert.deepEqual([told.reported, told.bundle, told.trouble], [0, 'unchanged', null]);
});

test('receipts and policies come to a till as the service has them', async (t) => {
  const shop = await shopWithTills(t);
  const { client } = await shop.till();
  const sold = await client.verify({ token: await shop.code(), ask: ALCOHOL });
  assert.ok(sold.outcome === 'approved');
  const receipt = await client.receipt(sold.id);
  assert.match(receipt.kind === 'answered' ? receipt.body : '', /^[\w-]+\.[\w-]+\.[\w-]+$/);
  const policies = await client.policies();
  assert.ok(policies.kind === 'answered');
  assert.equal(policies.body.find(({ id }) => id === 'alcohol')?.offline, 'allow');
});
