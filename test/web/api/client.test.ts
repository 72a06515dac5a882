import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { pairTerminal } from '../../../src/retailers/terminals/endpoints.ts';
import type { createVerification, getVerification } from '../../../src/verification/endpoints.ts';
import { clientOf } from '../../../src/web/api/client.ts';

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

describe('the client of a browser', () => {
  let answer: Answer;
  let origin: string;
  const heard: { request?: IncomingMessage; body?: string } = {};
  const server = createServer(async (req, res) => {
    heard.request = req;
    heard.body = '';
    for await (const part of req) heard.body += String(part);
    answer(req, res);
  });

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const pair = (more: { signal?: AbortSignal; timeout?: number } = {}) =>
    clientOf(origin)<typeof pairTerminal>('POST /v1/terminal-sessions', {
      body: { pairing_code: '7K3M-9QXA' },
      ...more,
    });
  const json = (status: number, body: unknown, type = 'application/json'): Answer => {
    return (_req, res) => {
      res.writeHead(status, { 'Content-Type': type }).end(JSON.stringify(body));
    };
  };

  test('sends JSON, the token and the headers that the contract names', async () => {
    answer = json(201, {});
    await clientOf(origin)<typeof createVerification>('POST /v1/verifications', {
      token: 'cp_test_x',
      headers: { 'idempotency-key': 'k1' },
      body: { token: '12', ask: { policies: ['alcohol'] } },
    });
    assert.equal(heard.request?.url, '/v1/verifications');
    assert.equal(heard.request?.headers.authorization, 'Bearer cp_test_x');
    assert.equal(heard.request?.headers['idempotency-key'], 'k1');
    assert.equal(heard.request?.headers['content-type'], 'application/json');
    assert.equal(heard.request?.headers.cookie, undefined);
    assert.deepEqual(JSON.parse(heard.body ?? ''), { token: '12', ask: { policies: ['alcohol'] } });
  });

  test('writes what stands in an address so that it stays one step of it', async () => {
    answer = json(200, {});
    await clientOf(origin)<typeof getVerification>('GET /v1/verifications/{id}', {
      params: { id: 'a/b?c' as never },
    });
    assert.equal(heard.request?.url, '/v1/verifications/a%2Fb%3Fc');
  });

  test('tells an answer by its status, with the clock of the service', async () => {
    answer = (_req, res) => {
      res.writeHead(201, { 'Content-Type': 'application/json', Date: 'Sun, 22 Nov 2026 10:00:00 GMT' });
      res.end('{"terminal_name":"Till 4"}');
    };
    const outcome = await pair();
    assert.ok(outcome.kind === 'answered');
    assert.equal(outcome.status, 201);
    assert.equal(outcome.body.terminal_name, 'Till 4');
    assert.equal(outcome.servedAt?.toISOString(), '2026-11-22T10:00:00.000Z');
  });

  test('takes an answer without a body', async () => {
    answer = (_req, res) => res.writeHead(204).end();
    const outcome = await pair();
    assert.ok(outcome.kind === 'answered');
    assert.equal(outcome.body, undefined);
  });

  test('tells a refusal by its code, with the fields that are wrong and when to try again', async () => {
    const errors = [{ pointer: '/pairing_code', code: 'wrong_code', detail: 'It is wrong.' }];
    answer = (_req, res) => {
      res.writeHead(429, { 'Content-Type': 'application/problem+json', 'Retry-After': '7' });
      res.end(JSON.stringify({ code: 'rate_limited', detail: 'Later.', request_id: 'req_1', errors }));
    };
    const outcome = await pair();
    assert.ok(outcome.kind === 'refused');
    assert.equal(outcome.retryAfter, 7);
    assert.deepEqual(outcome.problem, {
      status: 429,
      code: 'rate_limited',
      detail: 'Later.',
      requestId: 'req_1',
      errors: [{ pointer: '/pairing_code', code: 'wrong_code' }],
    });
  });

  for (const [what, reply] of [
    ['a page of a proxy', json(502, 'Bad gateway', 'text/html')],
    [
      'JSON that breaks off',
      (_req: IncomingMessage, res: ServerResponse) =>
        res.writeHead(201, { 'Content-Type': 'application/json' }).end('{"a":'),
    ],
    ['a refusal that is none of ours', json(500, {}, 'application/json')],
  ] as const) {
    test(`counts ${what} as lost, since the service did not say it`, async () => {
      answer = reply as Answer;
      assert.deepEqual(await pair(), { kind: 'lost', why: 'garbled' });
    });
  }

  test('knows an answer that comes too late from a network that is away', async () => {
    answer = () => {};
    assert.deepEqual(await pair({ timeout: 20 }), { kind: 'lost', why: 'timeout' });
    answer = (req) => req.socket.destroy();
    assert.deepEqual(await pair(), { kind: 'lost', why: 'unreachable' });
  });

  test('ends when the caller no longer wants the answer, also before it began', async () => {
    const caller = new AbortController();
    answer = () => caller.abort();
    assert.deepEqual(await pair({ signal: caller.signal }), { kind: 'lost', why: 'aborted' });
    assert.deepEqual(await pair({ signal: caller.signal }), { kind: 'lost', why: 'aborted' });
  });

  test('follows no redirect: a token would go along', async () => {
    answer = (_req, res) => res.writeHead(307, { Location: '/elsewhere' }).end();
    assert.deepEqual(await pair(), { kind: 'lost', why: 'unreachable' });
  });
});
