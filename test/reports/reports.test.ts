import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listAuditEvents } from '../../src/audit/endpoints.ts';
import * as reports from '../../src/reports/endpoints.ts';
import { registerRetailer } from '../../src/retailers/endpoints.ts';
import { clientOf } from '../support/client.ts';
import { runService } from '../support/service.ts';

const HOUR = 3_600_000;

async function scene(t: Parameters<typeof runService>[0]) {
  const running = await runService(t);
  const client = clientOf(running.url);
  const token = running.adminKey;
  const shop = { token, json: registerRetailer.body.example };
  const retailer = (await client.ask(registerRetailer, 201, shop)).body;
  const say = (more: object = {}) =>
    client.send(reports.createReport, {
      json: { retailer_id: retailer.id, asked: ['birth_date', 'alcohol.beer'], ...more },
    });
  const list = async () => (await client.ask(reports.listReports, 200, { token })).body.data;
  return { running, client, token, retailer, say, list };
}

test('anybody reports a shop, and officers read it with the shop’s name and the day', async (t) => {
  const { say, list, retailer, running } = await scene(t);
  const answer = await say({ words: 'For a bottle of wine.\nAgain.' });
  assert.equal(answer.status, 201, answer.text);
  const { id } = reports.createReport.replies[201].schema.parse(answer.body);
  assert.deepEqual(await list(), [
    {
      id,
      object: 'report',
      retailer_id: retailer.id,
      retailer_name: retailer.name,
      asked: ['birth_date', 'alcohol.beer'],
      words: 'For a bottle of wine.\nAgain.',
      day: running.now().toISOString().slice(0, 10),
    },
  ]);
});

test('words may be left out, and are sealed where they are kept', async (t) => {
  const { say, list, running } = await scene(t);
  for (const words of [undefined, null, '', '  ']) assert.equal((await say({ words })).status, 201);
  await say({ words: 'Quillfeather was asked for her name' });
  assert.deepEqual((await list()).map(({ words }) => words).sort(), [
    'Quillfeather was asked for her name',
    ...[null, null, null, null],
  ]);
  assert.ok(!(await running.databaseBytes()).includes('Quillfeather'));
});

test('nothing about a report tells when on its day it came: neither its id nor the audit log', async (t) => {
  const { say, client, token, running } = await scene(t);
  const idOf = async () => String(((await say()).body as { id: string }).id);
  const first = await idOf();
  running.pass(1);
  const stamp = (id: string) => id.slice(0, 'rep_'.length + 13);
  const midnight = Math.floor(running.now().getTime() / (24 * HOUR)) * 24 * HOUR;
  const expected = midnight
    .toString(32)
    .replace(/[i-v]/g, (c) => 'jkmnpqrstvwxyz'[c.charCodeAt(0) - 105] ?? '');
  assert.equal(stamp(first), `rep_${expected.padStart(10, '0')}000`);
  assert.equal(stamp(await idOf()), stamp(first));
  const { data } = (await client.ask(listAuditEvents, 200, { token })).body;
  assert.deepEqual(
    data.filter(({ action, subject }) => `${action} ${subject}`.includes('rep')),
    [],
  );
});

for (const [what, wrong, pointer] of [
  ['a shop that is not there', { retailer_id: 'ret_01kbx3tq8g0003ahqz6dmv29gq' }, '/retailer_id'],
  ['no shop', { retailer_id: 'corner' }, '/retailer_id'],
  ['nothing asked', { asked: [] }, '/asked'],
  ['what no shop can ask', { asked: ['Birth date'] }, '/asked/0'],
  ['more than any shop asks', { asked: Array.from({ length: 31 }, () => 'portrait') }, '/asked'],
  ['too many words', { words: 'x'.repeat(501) }, '/words'],
  ['a character of control', { words: 'a\u0000b' }, '/words'],
  ['a sender', { email: 'ada@example.org' }, '/email'],
] as const) {
  test(`a report with ${what} is refused by its field`, async (t) => {
    const { say, list } = await scene(t);
    const answer = await say(wrong);
    assert.equal(answer.code, 'invalid_request');
    const { errors } = answer.body as { errors: { pointer: string }[] };
    assert.deepEqual([...new Set(errors.map((error) => error.pointer))], [pointer]);
    assert.deepEqual(await list(), []);
  });
}

test('reports are limited for everybody together, since nobody says who they are', async (t) => {
  const { say } = await scene(t);
  const codes = (await Promise.all(Array.from({ length: 60 }, () => say()))).map(({ code }) => code);
  assert.ok(codes.includes('rate_limited'));
  assert.ok(codes.includes(null));
});
