import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { call } from '../../src/cli/demo/call.ts';
import { Complaint, type Door } from '../../src/cli/door.ts';
import { program } from '../../src/cli/program.ts';
import { testToken } from '../../src/judgement/test-token.ts';
import { root } from '../support/checkout.ts';
import { shopWith } from '../support/people.ts';
import { places, type RunningService, runService } from '../support/service.ts';

const APPROVED = testToken('approved');

function packFile(id: string) {
  return JSON.parse(readFileSync(join(root, `packs/${id}.json`), 'utf8'));
}

async function asker(running: RunningService) {
  const permitted = ['age_over_16', 'age_over_18', 'status_student'];
  const { key } = await shopWith(running, permitted, false);
  return (policies: readonly string[], more: object = {}) =>
    call(`${running.url}/v1/verifications`, {
      method: 'POST',
      token: key,
      json: { token: APPROVED, ask: { policies }, ...more },
    });
}

async function put(running: RunningService, id: string, json: object) {
  const response = await fetch(`${running.url}/v1/policy-packs/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${running.adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(json),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('a pack that an officer writes holds from the next question on', async (t) => {
  const running = await runService(t);
  const ask = await asker(running);
  assert.deepEqual((await ask(['alcohol.beer'])).body.claims, { age_over_18: true });
  const { status, body } = await put(running, 'de', packFile('de'));
  assert.equal(status, 200);
  assert.ok((body.changed as string[]).includes('alcohol.beer'));
  assert.deepEqual((await ask(['alcohol.beer'])).body.claims, { age_over_16: true });
  assert.deepEqual((await ask(['alcohol.beer', 'alcohol'])).body.claims, { age_over_18: true });
  assert.deepEqual((await put(running, 'de', packFile('de'))).body.changed, []);
});

test('a pack of a state brings the rules of its country', async (t) => {
  const running = await runService(t);
  const { body } = await put(running, 'us-ca', packFile('us-ca'));
  assert.ok((body.policies as string[]).includes('games_14'));
});

test('a pack that breaks a rule is refused at its place, and nothing of it holds', async (t) => {
  const running = await runService(t);
  const ask = await asker(running);
  const pack = packFile('de');
  pack.policies[1].claims = ['age_over_17'];
  const { status, body } = await put(running, 'de', pack);
  assert.equal(status, 400);
  assert.deepEqual(
    (body.errors as { pointer: string; code: string }[]).map(({ pointer, code }) => [pointer, code]),
    [['/policies/1/claims/0', 'unknown_claim']],
  );
  assert.deepEqual((await ask(['alcohol.beer'])).body.claims, { age_over_18: true });
});

test('a pack under the address of another is refused', async (t) => {
  const running = await runService(t);
  const { status, body } = await put(running, 'fr', packFile('de'));
  assert.equal(status, 400);
  assert.equal((body.errors as { code: string }[])[0]?.code, 'other_id');
});

test('an approved discount tells its code, also when it is told again; a refused one does not', async (t) => {
  const running = await runService(t);
  const { key } = await shopWith(running, ['status_student', 'age_over_18'], false);
  const ask = (token: string, policies: readonly string[], headers = {}) =>
    fetch(`${running.url}/v1/verifications`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ token, ask: { policies } }),
    }).then(async (response) => ({
      status: response.status,
      body: (await response.json()) as Record<string, unknown>,
    }));
  const again = { 'idempotency-key': 'receipt-7' };
  const first = await ask(APPROVED, ['student_discount', 'alcohol'], again);
  assert.deepEqual(first.body.discount_codes, ['STUDENT']);
  assert.deepEqual(first.body.claims, { status_student: true, age_over_18: true });
  const second = await ask(APPROVED, ['student_discount', 'alcohol'], again);
  assert.equal(second.status, 200);
  assert.deepEqual(second.body, first.body);
  const refused = await ask(testToken('claim_not_satisfied'), ['student_discount']);
  assert.equal('discount_codes' in refused.body, false);
  assert.equal('discount_codes' in (await ask(APPROVED, ['alcohol'])).body, false);
});

test('the jurisdiction says with which policies a service begins', async (t) => {
  const running = await runService(t, { JURISDICTION: 'DE', TIME_ZONE: 'Europe/Berlin' });
  const { body } = await call(`${running.url}/v1/policies`, { token: running.adminKey });
  const policies = body.data as { id: string; claims: string[]; discount_code?: string }[];
  const find = (id: string) => policies.find((policy) => policy.id === id);
  assert.deepEqual(find('alcohol.beer')?.claims, ['age_over_16']);
  assert.equal(find('student_discount')?.discount_code, 'STUDENT');
});

async function command(t: TestContext, args: readonly string[], environment: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const lines: string[] = [];
  const door: Door = {
    environment: { DATA_DIR: join(folder, 'data'), PASSES: 'off', ...environment },
    folder,
    world: { now: () => new Date(), random: (length) => new Uint8Array(randomBytes(length)) },
    places,
    sdkDir: '',
    print: (line) => lines.push(line),
    stopAsked: async () => {},
    isWorker: false,
    fork: () => assert.fail('these commands fork nothing'),
  };
  const run = (...more: readonly string[]) =>
    program(door)
      .parseAsync([...(more.length > 0 ? more : args)], { from: 'user' })
      .then(
        () => null,
        (thrown: unknown) => {
          assert.ok(thrown instanceof Complaint, String(thrown));
          return thrown.message;
        },
      );
  return { folder, lines, run };
}

test('the command tells of good packs that they are good', async (t) => {
  const { lines, run } = await command(t, ['policies', 'check', 'gb', 'us-ny']);
  assert.equal(await run(), null);
  assert.deepEqual(lines, [
    'gb: good, 22 policies as of 2026-11-22',
    'us-ny: good, 18 policies as of 2026-11-22',
  ]);
});

test('the command complains of every problem of every pack, each at its place', async (t) => {
  const { folder, run } = await command(t, []);
  const pack = packFile('gb');
  pack.policies[0].claims = ['age_over_17'];
  pack.policies[1].offline = 'sometimes';
  writeFileSync(join(folder, 'form.json'), JSON.stringify(pack));
  pack.policies[1].offline = 'refuse';
  writeFileSync(join(folder, 'rules.json'), JSON.stringify(pack));
  const said = (await run('policies', 'check', './form.json', './rules.json', 'gb', './none.json')) ?? '';
  const places = said
    .split('\n')
    .slice(1)
    .map((line) => line.trim().replace(`${folder}/`, '').split(/:? /).slice(0, 3).join(' '));
  assert.deepEqual(places, [
    './form.json#/policies/1/offline  invalid_value',
    './rules.json#/policies/0  category_too_lax',
    './rules.json#/policies/0/claims/0  unknown_claim',
    './none.json#  not_found',
  ]);
});

test('the command adds what is missing, and writes over what is there only if it is told to', async (t) => {
  const { lines, run } = await command(t, []);
  assert.equal(await run('policies', 'load', 'de', '--sandbox'), null);
  assert.deepEqual(lines.splice(0).slice(-2), [
    '1 of 22 policies of de were written.',
    'The others were there before. To write over them: --replace',
  ]);
  assert.equal(await run('policies', 'load', 'de', '--sandbox', '--replace'), null);
  assert.ok(lines.includes('wrote alcohol.beer'));
  lines.splice(0);
  assert.equal(await run('policies', 'load', 'de', '--sandbox', '--replace'), null);
  assert.deepEqual(lines, ['0 of 22 policies of de were written.']);
});

test('a service does not start with a pack that has problems, and says which', async (t) => {
  const { folder, run } = await command(t, [], { POLICY_PACK: './own.json' });
  writeFileSync(join(folder, 'own.json'), '{}');
  assert.match(
    (await run('policies', 'load', 'gb', '--sandbox')) ?? '',
    /POLICY_PACK has problems:\n.*#\/id/,
  );
  assert.match((await run('config', 'check', '--sandbox')) ?? '', /own\.json#\/id/);
});

test('the check of the settings says which pack they come to', async (t) => {
  const { lines, run } = await command(t, [], { AGES: '18,21', JURISDICTION: 'DE' });
  assert.equal(await run('config', 'check', '--sandbox'), null);
  assert.match(lines.join('\n'), /policies {8}de, \d+ rules, without alcohol\.beer .*which nobody attests/);
});
