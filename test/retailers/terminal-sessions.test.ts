import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as retailers from '../../src/retailers/endpoints.ts';
import { listPolicies } from '../../src/retailers/policies/endpoints.ts';
import * as terminals from '../../src/retailers/terminals/endpoints.ts';
import { clientOf } from '../support/client.ts';
import { runService } from '../support/service.ts';

async function shop(t: Parameters<typeof runService>[0]) {
  const running = await runService(t);
  const client = clientOf(running.url);
  const token = running.adminKey;
  const registered = { token, json: retailers.registerRetailer.body.example };
  const retailer = (await client.ask(retailers.registerRetailer, 201, registered)).body;
  const params = { id: retailer.id };
  const store = (await client.ask(retailers.addStore, 201, { token, params, json: { name: 'High Street' } }))
    .body;
  const till = { token, params, json: { name: 'Till 4', store_id: store.id, live: true } };
  const added = (await client.ask(terminals.addTerminal, 201, till)).body;
  const json = { pairing_code: added.pairing_code };
  const session = (await client.ask(terminals.pairTerminal, 201, { json })).body;
  return { running, client, retailer, store, added, session };
}

test('a paired browser learns as which terminal it calls, of whom, where, until when, and what time it is', async (t) => {
  const { running, client, retailer, store, added, session } = await shop(t);
  const { token } = session;
  const { body, headers } = await client.ask(terminals.getTerminalSession, 200, { token });
  assert.deepEqual(
    { ...body, expires_at: '', checked_at: '' },
    {
      object: 'terminal_session',
      terminal: { id: added.id, name: 'Till 4', live: true },
      retailer: { id: retailer.id, name: retailer.name },
      store: { id: store.id, name: 'High Street' },
      paired: true,
      expires_at: '',
      checked_at: '',
    },
  );
  // To learn it is a use of the session, which moves the end.
  const moved = Date.parse(String(body.expires_at)) - Date.parse(session.expires_at);
  assert.ok(moved >= 0 && moved < 10_000, `${moved} ms`);
  assert.ok(Math.abs(Date.parse(body.checked_at) - running.now().getTime()) < 10_000);
  assert.ok(Math.abs(Date.parse(String(headers.date)) - Date.now()) < 10_000);
  assert.ok((await client.ask(listPolicies, 200, { token })).body.data.length > 0);
});

test('a key learns the same, and has no end', async (t) => {
  const { client, added } = await shop(t);
  const { body } = await client.ask(terminals.getTerminalSession, 200, { token: added.key });
  assert.deepEqual([body.paired, body.expires_at, body.terminal.id], [false, null, added.id]);
});

test('a paired browser ends its session, which ends no key and no other session', async (t) => {
  const { client, running, added, session } = await shop(t);
  const renewed = { token: running.adminKey, params: { id: added.id } };
  const { pairing_code } = (await client.ask(terminals.renewPairingCode, 201, renewed)).body;
  const other = (await client.ask(terminals.pairTerminal, 201, { json: { pairing_code } })).body;
  await client.ask(terminals.endTerminalSession, 204, { token: session.token });
  await client.ask(listPolicies, 401, { token: session.token });
  for (const token of [added.key, other.token]) await client.ask(listPolicies, 200, { token });
});

test('a key is no session, and is not ended so', async (t) => {
  const { client, running, added } = await shop(t);
  const rotated = { token: running.adminKey, params: { id: added.id } };
  const { key } = (await client.ask(terminals.rotateTerminalKey, 201, rotated)).body;
  for (const token of [added.key, key]) {
    assert.equal((await client.ask(terminals.endTerminalSession, 409, { token })).code, 'conflict');
    await client.ask(listPolicies, 200, { token });
  }
});
