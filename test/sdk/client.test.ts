import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { z } from 'zod';
import type { listPolicies } from '../../src/retailers/policies/endpoints.ts';
import { type Client, createClient, type ListedPolicy, type OnlineJudged } from '../../src/sdk/client.ts';
import { DEFAULT_PATIENCE } from '../../src/sdk/try-again.ts';
import type { createVerification } from '../../src/verification/endpoints.ts';

type Answer = (req: IncomingMessage, res: ServerResponse) => void;
interface Heard {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

const APPROVED = { object: 'verification', outcome: 'approved', reason: null, claims: { age_over_18: true } };
const QUESTION = { token: '12', ask: { policies: ['alcohol'] } } as const;

/** What the contract says of answers and what the client's types say are one: this does not compile if they differ. */
type Told = z.output<(typeof createVerification)['replies'][201]['schema']>;
const told = (one: Told): Omit<OnlineJudged, 'discount_codes' | 'claims_expired'> => one;
type Listed = z.output<(typeof listPolicies)['replies'][200]['schema']>['data'][number];
const listed = (one: Listed): Omit<ListedPolicy, 'discount_code'> => one;

describe('the client of a till', () => {
  let answers: Answer[];
  let heard: Heard[];
  let client: Client;
  const server = createServer(async (req, res) => {
    let body = '';
    for await (const part of req) body += String(part);
    heard.push({ url: req.url ?? '', headers: req.headers, body: body === '' ? null : JSON.parse(body) });
    (answers.length > 1 ? answers.shift() : answers[0])?.(req, res);
  });
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const patience = { deadline: 2_000, each: 1_000, pauses: [1] };
  const says = (...all: Answer[]) => {
    [answers, heard] = [all, []];
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    client = createClient({ baseUrl, key: 'cp_live_x', patience });
  };
  const json =
    (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
    (_, res) => {
      res.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
    };
  const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
    json(status, { code }, { 'Content-Type': 'application/problem+json', ...headers });
  const hangsUp: Answer = (req) => req.socket.destroy();

  test('asks with its key and an idempotency key of its own, and hands on what the service said', async () => {
    says(json(201, APPROVED));
    const scannedAt = new Date('2026-11-22T10:00:00Z');
    const answer = await client.verify({ ...QUESTION, portrait: true, reference: 'till 4', scannedAt });
    assert.deepEqual(answer, APPROVED);
    assert.equal(heard[0]?.url, '/v1/verifications');
    assert.equal(heard[0]?.headers.authorization, 'Bearer cp_live_x');
    assert.match(String(heard[0]?.headers['idempotency-key']), /^[A-Za-z0-9_-]{22}$/);
    assert.deepEqual(heard[0]?.body, {
      token: '12',
      ask: { policies: ['alcohol'], portrait: true },
      scanned_at: '2026-11-22T10:00:00.000Z',
      reference: 'till 4',
    });
  });

  const passing: [string, Answer][] = [
    ['the line is cut', hangsUp],
    ['the service is restarted', problem(503, 'unavailable')],
    ['there is a bug', problem(500, 'internal_error')],
    ['it asks too often', problem(429, 'rate_limited', { 'Retry-After': '0' })],
    ['the first try is still being answered', problem(409, 'idempotency_in_progress')],
    [
      'the network shows a page of its own',
      (_, res) => res.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>'),
    ],
    ['the network answers in JSON of its own', json(200, { ok: true })],
    ['a proxy fails', (_, res) => res.writeHead(502).end()],
  ];
  for (const [what, answer] of passing) {
    test(`asks the same again, under the same key, where ${what}`, async () => {
      says(answer, json(201, APPROVED));
      assert.equal((await client.verify(QUESTION)).outcome, 'approved');
      assert.equal(heard.length, 2);
      assert.equal(heard[0]?.headers['idempotency-key'], heard[1]?.headers['idempotency-key']);
      assert.deepEqual(heard[0]?.body, heard[1]?.body);
    });
  }

  test('makes another key for another question, or takes one that it is given', async () => {
    says(json(201, APPROVED));
    for (const more of [{}, {}, { idempotencyKey: 'mine' }]) await client.verify({ ...QUESTION, ...more });
    const keys = heard.map(({ headers }) => headers['idempotency-key']);
    assert.equal(new Set(keys).size, 3);
    assert.equal(keys[2], 'mine');
  });

  test('waits as long as it is told to before it asks again, and not beyond its time', async () => {
    says(problem(429, 'rate_limited', { 'Retry-After': '30' }));
    const hasty = createClient({
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      key: 'k',
      patience: { ...patience, deadline: 50 },
    });
    assert.deepEqual(await hasty.verify(QUESTION), { outcome: 'not_judged', code: 'no_answer' });
    assert.equal(heard.length, 1);
  });

  test('gives up when its time is up, or when it is told to, and has approved nothing', async () => {
    says(hangsUp);
    const ending = new AbortController();
    ending.abort();
    const answer = await client.verify({ ...QUESTION, signal: ending.signal });
    assert.deepEqual(answer, { outcome: 'not_judged', code: 'no_answer' });
    const none = createClient({
      baseUrl: 'http://127.0.0.1:9',
      key: 'k',
      patience: { ...patience, deadline: 30 },
    });
    assert.deepEqual(await none.verify(QUESTION), { outcome: 'not_judged', code: 'no_answer' });
  });

  test('sells on 201 and 200 with an approval, and on nothing else', async () => {
    for (const [status, body] of [
      [202, APPROVED],
      [204, undefined],
      [200, { ...APPROVED, outcome: 'Approved' }],
      [200, [APPROVED]],
    ] as const) {
      says(
        body === undefined ? (_, res) => res.writeHead(204).end() : json(status, body),
        problem(401, 'unauthenticated'),
      );
      assert.deepEqual(await client.verify(QUESTION), { outcome: 'not_judged', code: 'unauthenticated' });
    }
    says(json(200, APPROVED));
    assert.equal((await client.verify(QUESTION)).outcome, 'approved');
  });

  for (const [status, code] of [
    [403, 'claim_not_permitted'],
    [422, 'unknown_policy'],
    [401, 'unauthenticated'],
    [400, 'invalid_request'],
  ] as const) {
    test(`does not ask again after ${code}, and says it`, async () => {
      says(problem(status, code));
      assert.deepEqual(await client.verify(QUESTION), { outcome: 'not_judged', code });
      assert.equal(heard.length, 1);
    });
  }

  test('fetches receipt, root and policies', async () => {
    says((_, res) => res.writeHead(200, { 'Content-Type': 'application/jwt' }).end('a.b.c'));
    const receipt = await client.receipt('ver_1/x');
    assert.equal(receipt.kind === 'answered' && receipt.body, 'a.b.c');
    assert.equal(heard[0]?.url, '/v1/verifications/ver_1%2Fx/receipt');
    const root = await client.root();
    assert.equal(root.kind, 'answered');
    assert.equal(heard[1]?.url, '/certificates/root.pem');
    assert.equal(heard[1]?.headers.authorization, undefined);
    says(json(200, { object: 'list', data: [{ id: 'alcohol' }] }));
    const policies = await client.policies();
    assert.deepEqual(policies.kind === 'answered' && policies.body, [{ id: 'alcohol' }]);
  });

  test('fetches the bundle with its ETag, and hears that there is no newer one', async () => {
    says((req, res) =>
      req.headers['if-none-match'] === '"e"'
        ? res.writeHead(304).end()
        : res.writeHead(200, { 'Content-Type': 'application/jwt', ETag: '"e"' }).end('a.b.c'),
    );
    const first = await client.trustBundle(null);
    assert.deepEqual(first.kind === 'answered' && first.body, { jwt: 'a.b.c', etag: '"e"' });
    const second = await client.trustBundle('"e"');
    assert.equal(second.kind === 'answered' && second.body, null);
  });

  test('reports, and takes an answer that is none for lost', async () => {
    const reply = {
      object: 'offline_report',
      received: 1,
      double_spends: ['x'],
      server_time: '2026-11-22T10:00:00Z',
    };
    says(json(200, reply));
    const report = { bundle_version: 1, verifications: [] };
    const answer = await client.reportOffline(report);
    assert.deepEqual(answer.kind === 'answered' && answer.body.double_spends, ['x']);
    assert.deepEqual(heard[0]?.body, report);
    for (const wrong of [
      {},
      { ...reply, double_spends: 3 },
      { ...reply, object: 'list' },
      { ...reply, received: 'x' },
    ]) {
      says(json(200, wrong));
      assert.deepEqual(await client.reportOffline(report), { kind: 'lost', why: 'garbled' });
    }
  });
});

test('the patience of a till is that of somebody who stands there, and the types are those of the contract', () => {
  assert.ok(DEFAULT_PATIENCE.deadline <= 10_000);
  assert.equal(typeof told, typeof listed);
});
