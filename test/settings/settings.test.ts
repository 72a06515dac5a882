import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as policies from '../../src/retailers/policies/endpoints.ts';
import { shippedPack } from '../../src/retailers/policies/pack-files.ts';
import { getSettings, getVocabulary } from '../../src/settings/endpoints.ts';
import { officerOf, passkeyScene, withCookie } from '../support/passkeys.ts';
import { METRICS_TOKEN } from '../support/service.ts';

test('an owner reads what the settings came to, and no secret among them', async (t) => {
  const scene = await passkeyScene(t, { AGES: '18,21', CREDENTIAL_DAYS: '9' });
  const headers = withCookie((await officerOf(scene)).cookie);
  const { body, text } = await scene.client.ask(getSettings, 200, { headers });
  const told = Object.fromEntries(body.settings.map(({ name, value }) => [name, value]));
  assert.deepEqual(
    [told.AGES, told.CREDENTIAL_DAYS, told.METRICS_TOKEN, told.PASSES, body.sandbox],
    ['18, 21', '9', 'set', 'off', true],
  );
  const { config } = scene.running;
  for (const secret of [METRICS_TOKEN, config.databaseUrl, config.masterKeyFile, config.dataDir])
    assert.ok(!text.includes(secret), secret);
});

test('nobody but an owner reads the settings', async (t) => {
  const scene = await passkeyScene(t);
  for (const role of ['issuer', 'auditor'] as const) {
    const headers = withCookie((await officerOf(scene, role)).cookie);
    assert.equal((await scene.client.send(getSettings, { headers })).code, 'forbidden');
  }
});

test('every officer learns what the service attests, and the day in its jurisdiction', async (t) => {
  const scene = await passkeyScene(t, {
    AGES: '18',
    STATUSES: 'nurse',
    TIME_ZONE: 'Pacific/Kiritimati',
    LEAP_BIRTHDAY: '02-28',
  });
  const headers = withCookie((await officerOf(scene, 'auditor')).cookie);
  const { body } = await scene.client.ask(getVocabulary, 200, { headers });
  assert.deepEqual(body.claims.slice(0, 3), ['age_over_18', 'status_nurse', 'family_name']);
  assert.deepEqual([body.ages, body.statuses, body.leap_birthday], [[18], ['nurse'], '02-28']);
  const there = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Kiritimati' });
  assert.equal(body.today, there.format(scene.running.now()));
});

test('a pack that comes with the program is listed, and loaded over what officers wrote', async (t) => {
  const scene = await passkeyScene(t);
  const { client, admin: token } = scene;
  const { data } = (await client.ask(policies.listPolicyPacks, 200, { token })).body;
  assert.deepEqual(data.find(({ id }) => id === 'gb')?.title, shippedPack('gb')?.title);
  assert.ok(data.every(({ policies: ids }) => ids.length > 0));
  const params = { id: 'alcohol' };
  const json = { ...policies.setPolicy.body.example, title: 'Drinks' };
  await client.ask(policies.setPolicy, 200, { token, params, json });
  const { changed } = (await client.ask(policies.loadPolicyPack, 200, { token, params: { id: 'gb' } })).body;
  assert.deepEqual(changed, ['alcohol']);
  await client.ask(policies.loadPolicyPack, 404, { token, params: { id: 'zz' } });
  const headers = withCookie((await officerOf(scene, 'issuer')).cookie);
  await client.ask(policies.loadPolicyPack, 403, { headers, params: { id: 'gb' } });
});
