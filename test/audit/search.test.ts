import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import * as audit from '../../src/audit/endpoints.ts';
import { exportEvents } from '../../src/audit/export-events.ts';
import { auditStore, STEP } from '../../src/audit/store.ts';
import { addRows } from '../../src/db/rows.ts';
import { minter } from '../../src/kernel/ids.ts';
import { createPerson } from '../../src/people/endpoints.ts';
import { registerRetailer } from '../../src/retailers/endpoints.ts';
import { freshDatabase } from '../support/database.ts';
import { officerOf, passkeyScene, withCookie } from '../support/passkeys.ts';
import { seeded } from '../support/random.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const HOUR = 3_600_000;

/** A service in whose log a person and a shop were entered, by different callers. */
async function logScene(t: TestContext) {
  const scene = await passkeyScene(t);
  const { client, admin: token } = scene;
  const officer = await officerOf(scene);
  const headers = withCookie(officer.cookie);
  const person = (await client.ask(createPerson, 201, { headers, json: createPerson.body.example })).body.id;
  await client.ask(registerRetailer, 201, { token, json: registerRetailer.body.example });
  const search = async (query: string) =>
    (await client.ask(audit.listAuditEvents, 200, { token, query })).body.data;
  return { ...scene, token, person, officer: officer.body.officer.id, search };
}

test('events are found by kind, by who did it and by what it was done to', async (t) => {
  const { search, person, officer } = await logScene(t);
  const actions = async (query: string) => (await search(query)).map(({ action }) => action);
  assert.deepEqual(await actions('kind=person'), ['person.created']);
  assert.deepEqual(await actions(`subject=${person}`), ['person.created']);
  assert.deepEqual(await actions(`actor=${officer}`), ['person.created', 'passkey.added', 'officer.set_up']);
  assert.deepEqual(await actions(`actor=${officer}&kind=officer`), ['officer.set_up']);
  assert.deepEqual(await actions('subject=per_nobody'), []);
});

test('events are found by when they were recorded: from an instant on, and before another', async (t) => {
  const { search, running } = await logScene(t);
  const noon = new Date(running.now().getTime() + HOUR).toISOString();
  assert.deepEqual(await search(`from=${noon}`), []);
  assert.ok((await search(`to=${noon}`)).length > 3);
  assert.equal((await search(`kind=person&to=${noon}`)).length, 1);
});

test('a filter that cannot be is refused by its field', async (t) => {
  const { client, token } = await logScene(t);
  for (const [query, field] of [
    ['kind=weather', 'kind'],
    ['actor=', 'actor'],
    ['subject=%25', 'subject'],
    ['from=yesterday', 'from'],
    ['colour=red', 'colour'],
  ]) {
    const answer = await client.send(audit.listAuditEvents, { token, query: query! });
    assert.equal(answer.code, 'invalid_request', query);
    assert.ok(answer.text.includes(field!), query);
  }
});

test('the log is exported as a table and as lines of JSON, all that the filter lets through', async (t) => {
  const { client, token, person, officer } = await logScene(t);
  const query = `subject=${person}`;
  const csv = await client.ask(audit.exportAuditCsv, 200, { token, query });
  const [head, row, end] = csv.body.split('\r\n');
  assert.equal(head, 'id,at,actor,action,subject,code');
  assert.match(row ?? '', new RegExp(`^evt_\\w+,20[^,]+Z,${officer},person.created,${person},$`));
  assert.equal(end, '');
  assert.match(String(csv.headers['content-disposition']), /^attachment; filename="audit-events\.csv"$/);
  const lines = await client.ask(audit.exportAuditLines, 200, { token });
  const events = lines.body.trimEnd().split('\n');
  assert.ok(events.length > 4);
  assert.deepEqual(
    events.map((line) => Object.keys(JSON.parse(line)).join()),
    events.map(() => 'id,at,actor,action,subject,code'),
  );
  assert.doesNotMatch(csv.body + lines.body, /Lovelace|Ada/);
});

test('nobody without the scope exports the log', async (t) => {
  const scene = await passkeyScene(t);
  const headers = withCookie((await officerOf(scene, 'issuer')).cookie);
  for (const endpoint of [audit.exportAuditCsv, audit.exportAuditLines])
    assert.equal((await scene.client.send(endpoint, { headers })).code, 'forbidden');
});

test('a rare event is found step by step, and no step goes through more than its share', async (t) => {
  const db = await freshDatabase(t);
  const now = () => NOW;
  const mint = minter({ now, random: seeded(1) });
  const log = auditStore(db, { now, mint });
  await log.record({ action: 'admin_key.made', actor: 'system', subject: mint('admin_key') });
  const many = Array.from({ length: STEP + 10 }, () => ({
    id: mint('event'),
    at: NOW.getTime(),
    actor: 'wallet',
    action: 'offer.redeemed',
    subject: 'off_1',
    code: null,
  }));
  await addRows(db, 'audit_events', many);
  const first = await log.page({ limit: 5, after: null }, { kind: 'admin_key' });
  assert.deepEqual([first.rows.length, first.hasMore], [0, true]);
  const second = await log.page({ limit: 5, after: first.next }, { kind: 'admin_key' });
  assert.deepEqual([second.rows.length, second.next], [1, null]);
  let text = '';
  for await (const part of exportEvents(log, { kind: 'admin_key' }, 'csv')) text += part;
  assert.equal(text.split('\r\n').length, 3);
  const all = await log.page({ limit: 5, after: null }, { kind: 'offer' });
  assert.deepEqual([all.rows.length, all.next], [5, all.rows.at(-1)?.id]);
});
