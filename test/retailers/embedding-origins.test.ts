import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listAuditEvents } from '../../src/audit/endpoints.ts';
import { changeRetailer, getRetailer, registerRetailer } from '../../src/retailers/endpoints.ts';
import { clientOf } from '../support/client.ts';
import { runService } from '../support/service.ts';

const TILL = 'https://till.cornershop.example';
const SPARE = 'https://spare.cornershop.example:8443';

async function shop(t: Parameters<typeof runService>[0]) {
  const { url, adminKey: token } = await runService(t);
  const client = clientOf(url);
  const json = { name: 'Corner Shop', permitted_claims: ['age_over_18'] };
  const { id } = (await client.ask(registerRetailer, 201, { token, json })).body;
  const change = (embedding_origins: readonly string[]) =>
    client.send(changeRetailer, { token, params: { id }, json: { embedding_origins } });
  const read = async () => (await client.ask(getRetailer, 200, { token, params: { id } })).body;
  return { client, token, id, change, read };
}

test('a retailer has no web tills until they are registered, and has them from then on', async (t) => {
  const { change, read } = await shop(t);
  assert.deepEqual((await read()).embedding_origins, []);
  assert.equal((await change([TILL, SPARE])).status, 200);
  assert.deepEqual((await read()).embedding_origins, [TILL, SPARE]);
  assert.equal((await change([])).status, 200);
  assert.deepEqual((await read()).embedding_origins, []);
});

test('a retailer may be registered with its web tills, each of them once', async (t) => {
  const { client, token } = await shop(t);
  const json = { name: 'Kiosk', permitted_claims: [], embedding_origins: [TILL, SPARE, TILL] };
  const { body } = await client.ask(registerRetailer, 201, { token, json });
  assert.deepEqual(body.embedding_origins, [TILL, SPARE]);
});

test('a change of the name or the claims leaves the web tills, and is recorded as theirs is', async (t) => {
  const { client, token, id, change, read } = await shop(t);
  await change([TILL]);
  await client.ask(changeRetailer, 200, { token, params: { id }, json: { permitted_claims: [] } });
  const { embedding_origins, permitted_claims } = await read();
  assert.deepEqual([embedding_origins, permitted_claims], [[TILL], []]);
  const { data } = (await client.ask(listAuditEvents, 200, { token })).body;
  assert.equal(
    data.filter(({ action, subject }) => action === 'retailer.changed' && subject === id).length,
    2,
  );
  assert.doesNotMatch(JSON.stringify(data), /cornershop/);
});

for (const [what, origin] of Object.entries({
  'has a path': 'https://till.cornershop.example/till',
  'is a wildcard': 'https://*.cornershop.example',
  'names a user': 'https://ada@till.cornershop.example',
  'is not https': 'http://till.cornershop.example',
  'would end the directive': 'https://till;script-src.example',
})) {
  test(`an origin that ${what} is refused by its place in the list and not repeated, and nothing is changed`, async (t) => {
    const { change, read } = await shop(t);
    await change([TILL]);
    const refused = await change([SPARE, origin]);
    assert.deepEqual([refused.status, refused.code], [400, 'invalid_request']);
    assert.match(refused.text, /"pointer":"\/embedding_origins\/1"/);
    assert.ok(!refused.text.includes(origin));
    assert.deepEqual((await read()).embedding_origins, [TILL]);
  });
}

test('more than twenty web tills are too many', async (t) => {
  const { change } = await shop(t);
  const many = Array.from({ length: 21 }, (_, i) => `https://till-${i}.example`);
  const refused = await change(many);
  assert.match(refused.text, /"pointer":"\/embedding_origins","code":"too_big"/);
  assert.equal((await change(many.slice(1))).status, 200);
});
