import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listAuditEvents } from '../../src/audit/endpoints.ts';
import * as retailers from '../../src/retailers/endpoints.ts';
import { listPolicies } from '../../src/retailers/policies/endpoints.ts';
import * as terminals from '../../src/retailers/terminals/endpoints.ts';
import { clientOf } from '../support/client.ts';
import { runService } from '../support/service.ts';

const HOUR = 3_600_000;
const REGISTERED = ['https://till.cornershop.example'];

async function till(t: Parameters<typeof runService>[0], { origins = REGISTERED, live = true } = {}) {
  const running = await runService(t);
  const client = clientOf(running.url);
  const officer = running.adminKey;
  const json = { name: 'Corner Shop', permitted_claims: [], embedding_origins: origins };
  const shop = (await client.ask(retailers.registerRetailer, 201, { token: officer, json })).body;
  const asked = { token: officer, params: { id: shop.id }, json: { name: 'Till 4', live } };
  const added = (await client.ask(terminals.addTerminal, 201, asked)).body;
  const embed = (token: string) => client.send(terminals.embedTerminal, { token });
  const session = async () => (await client.ask(terminals.embedTerminal, 201, { token: added.key })).body;
  const works = async (token: string) => (await client.send(listPolicies, { token })).status === 200;
  return { running, client, officer, shop, added, embed, session, works };
}

test('a key begins a session of its terminal, of twelve hours, which a browser ends', async (t) => {
  const { running, client, added, session, works } = await till(t);
  const { token, expires_at, ...rest } = await session();
  assert.deepEqual(rest, {
    object: 'terminal_session',
    terminal_id: added.id,
    retailer_name: 'Corner Shop',
    terminal_name: 'Till 4',
    live: true,
  });
  assert.ok(Math.abs(Date.parse(expires_at) - running.now().getTime() - 12 * HOUR) < 10_000);
  const other = await session();
  assert.equal((await client.ask(terminals.getTerminalSession, 200, { token })).body.paired, true);
  await client.ask(terminals.endTerminalSession, 204, { token });
  assert.deepEqual(
    [await works(token), await works(other.token), await works(added.key)],
    [false, true, true],
  );
  running.pass(12 * HOUR + 10_000);
  assert.deepEqual([await works(other.token), await works(added.key)], [false, true]);
});

test('a session is of the kind that its terminal is', async (t) => {
  const { session, works } = await till(t, { live: false });
  const { token, live } = await session();
  assert.match(token, /^cp_test_/);
  assert.deepEqual([live, await works(token)], [false, true]);
});

test('a session begins no session, neither an embedded one nor a paired one', async (t) => {
  const { client, added, embed, session } = await till(t);
  const json = { pairing_code: added.pairing_code };
  const paired = (await client.ask(terminals.pairTerminal, 201, { json })).body;
  for (const { token } of [await session(), paired]) {
    const refused = await embed(token);
    assert.deepEqual([refused.status, refused.code], [403, 'forbidden']);
  }
});

test('a key begins no session while its shop has no web till, and one from before works on', async (t) => {
  const { client, officer, shop, added, embed, session, works } = await till(t);
  const { token } = await session();
  const none = { token: officer, params: { id: shop.id }, json: { embedding_origins: [] } };
  await client.ask(retailers.changeRetailer, 200, none);
  const refused = await embed(added.key);
  assert.deepEqual([refused.status, refused.code], [409, 'conflict']);
  assert.equal(await works(token), true);
});

test('sessions of a blocked terminal stop at once, and it begins none', async (t) => {
  const { client, officer, added, embed, session, works } = await till(t);
  const { token } = await session();
  await client.ask(terminals.blockTerminal, 204, { token: officer, params: { id: added.id } });
  assert.equal(await works(token), false);
  assert.equal((await embed(added.key)).status, 401);
});

test('the beginning is recorded under the terminal, and its token is kept nowhere', async (t) => {
  const { running, client, officer, added, session } = await till(t);
  const { token } = await session();
  const { data } = (await client.ask(listAuditEvents, 200, { token: officer })).body;
  const [event] = data.filter(({ action }) => action === 'terminal.embedded');
  assert.deepEqual([event?.actor, event?.subject], [added.id, added.id]);
  assert.ok(!(await running.databaseBytes()).includes(token) && !running.log().includes(token));
});
