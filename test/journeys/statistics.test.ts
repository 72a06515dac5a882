import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { call } from '../../src/cli/demo/call.ts';
import { type TestOutcome, testToken } from '../../src/judgement/test-token.ts';
import { makeAdminKey } from '../../src/officers/make-admin-key.ts';
import { shopWith } from '../support/people.ts';
import { type RunningService, runService } from '../support/service.ts';

async function shop(t: TestContext, settings: Record<string, string> = {}) {
  const running = await runService(t, settings);
  const { key, retailer } = await shopWith(running, ['age_over_18'], false);
  const ask = (outcome: TestOutcome, more: object = {}) =>
    call(`${running.url}/v1/verifications`, {
      method: 'POST',
      token: key,
      json: { token: testToken(outcome), ask: { policies: ['alcohol'] }, ...more },
    });
  return { running, retailer, ask, key };
}

function statistics(running: RunningService, query = '', token = running.adminKey) {
  return call(`${running.url}/v1/statistics?livemode=false${query}`, { token });
}

test('an officer counts what tills asked, by everything that can be counted by', async (t) => {
  const { running, retailer, ask } = await shop(t, { STATISTICS_MINIMUM: '1' });
  for (let i = 0; i < 3; i++) await ask('approved');
  await ask('expired');
  const { status, body } = await statistics(running, '&group_by=outcome,reason,policy,retailer');
  assert.equal(status, 200);
  assert.deepEqual(body.total, { count: 4, hidden: false });
  assert.deepEqual(body.data, [
    { outcome: 'approved', reason: null, policy: 'alcohol', retailer_id: retailer, count: 3, hidden: false },
    {
      outcome: 'refused',
      reason: 'expired',
      policy: 'alcohol',
      retailer_id: retailer,
      count: 1,
      hidden: false,
    },
  ]);
});

test('small counts are hidden unless a setting says otherwise', async (t) => {
  const { running, ask } = await shop(t);
  await ask('approved');
  const { body } = await statistics(running, '&group_by=outcome');
  assert.equal(body.minimum, 5);
  assert.deepEqual(body.total, { count: null, hidden: true });
  assert.deepEqual(body.data, [{ outcome: 'approved', count: null, hidden: true }]);
});

test('an answer that is given again is not counted again, and what may not be asked is not counted', async (t) => {
  const { running, ask, key } = await shop(t, { STATISTICS_MINIMUM: '1' });
  const again = () =>
    fetch(`${running.url}/v1/verifications`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': 'one',
      },
      body: JSON.stringify({ token: testToken('approved'), ask: { policies: ['alcohol'] } }),
    });
  assert.equal((await again()).status, 201);
  assert.equal((await again()).status, 200);
  assert.equal((await ask('approved', { ask: { policies: ['parcel_pickup'] } })).status, 403);
  assert.deepEqual((await statistics(running)).body.total, { count: 1, hidden: false });
});

for (const [what, query, pointer] of [
  ['a dimension that there is not', '&group_by=hour,person', '#query/group_by/1'],
  ['a time that is none', '&from=yesterday', '#query/from'],
  ['a time within an hour', '&from=2026-11-22T09:30:00Z&to=2026-11-22T11:00:00Z', '#query/from'],
  ['a question that there is not', '&person=per_1', '#query/person'],
] as const) {
  test(`${what} is refused at its place`, async (t) => {
    const { status, body } = await statistics(await runService(t), query);
    assert.equal(status, 400);
    assert.deepEqual(
      (body.errors as { pointer: string }[]).map((error) => error.pointer),
      [pointer],
    );
  });
}

test('statistics need their scope, and no till reads them', async (t) => {
  const { running, key } = await shop(t);
  const world = { now: running.now, random: (length: number) => new Uint8Array(length).fill(9) };
  const auditor = await makeAdminKey({ ...running.service, world }, ['audit:read'], null);
  assert.equal((await statistics(running, '', auditor)).body.code, 'forbidden');
  assert.equal((await statistics(running, '', key)).body.code, 'forbidden');
  assert.equal((await statistics(running, '', 'nobody')).status, 401);
});
