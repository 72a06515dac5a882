import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { endpoint, reply } from '../../src/http/endpoint.ts';
import { serve, type Web } from '../../src/http/serve.ts';
import { base, good, LIMIT, service } from './support/made-up.ts';

test('an endpoint without a caller rule cannot be served', () => {
  const nobody = endpoint({ ...base, id: 'nobody', method: 'get', path: '/x', caller: {} });
  assert.throws(() => serve({} as Web, nobody, async () => reply(200, {})), /nobody says of no caller/);
});

test('a good request is answered, with an id and nothing to be kept', async (t) => {
  const { add, call, handled } = await service(t);
  const { status, headers, body } = await add(good);
  assert.equal(status, 200);
  assert.deepEqual(body, { name: 'tea' });
  assert.deepEqual(handled, [{ name: 'tea' }]);
  assert.match(headers.get('Request-Id') ?? '', /^req_/);
  assert.equal(headers.get('Cache-Control'), 'no-store');
  assert.equal(headers.get('X-Powered-By'), null);
  assert.notEqual((await call('/v1/things/tea')).headers.get('Request-Id'), headers.get('Request-Id'));
});

test('each refusal has its own status and code', async (t) => {
  const { add, call, handled } = await service(t);
  const cases = [
    [401, 'unauthenticated', await add(good, { Authorization: '' })],
    [401, 'unauthenticated', await add(good, { Authorization: 'Bearer wrong' })],
    [403, 'forbidden', await add(good, { Authorization: 'Bearer office' })],
    [413, 'payload_too_large', await add(JSON.stringify({ name: 'x'.repeat(LIMIT) }))],
    [415, 'unsupported_media_type', await add(good, { 'Content-Type': 'text/plain' })],
    [415, 'unsupported_media_type', await add(good, { 'Content-Type': 'application/json; charset=latin1' })],
    [415, 'unsupported_media_type', await add(good, { 'Content-Encoding': 'sdch' })],
    [415, 'unsupported_media_type', await add(null, { 'Content-Type': '' })],
    [400, 'invalid_request', await add('{"name":')],
    [400, 'invalid_request', await add('"tea"')],
    [400, 'invalid_request', await add('')],
    [400, 'invalid_request', await add('[]')],
    [400, 'invalid_request', await call('/v1/things/TEA')],
    [400, 'invalid_request', await call('/v1/things/tea?part=long')],
    [400, 'invalid_request', await call('/v1/things/tea?part=a&part=b')],
    [400, 'invalid_request', await call('/v1/things/%E0%A4%A')],
    [404, 'not_found', await call('/v1/nothing')],
    [404, 'not_found', await call('/v1/THINGS/tea')],
    [405, 'method_not_allowed', await call('/v1/things')],
    [
      403,
      'forbidden',
      await call('/v1/things/x/parts', { method: 'DELETE', headers: { Authorization: 'Bearer office' } }),
    ],
  ] as const;
  for (const [i, [status, code, answer]] of cases.entries()) {
    assert.deepEqual([answer.status, answer.code], [status, code], `case ${i}: ${answer.text}`);
    assert.match(answer.headers.get('Content-Type') ?? '', /^application\/problem\+json/);
    assert.equal(answer.body.request_id, answer.headers.get('Request-Id'));
    assert.equal(answer.body.status, status);
  }
  assert.deepEqual(handled, []);
});

test('a body of exactly the limit is read, and one byte more is not', async (t) => {
  const { add } = await service(t);
  const padded = (length: number) => good + ' '.repeat(length - good.length);
  assert.equal((await add(padded(LIMIT))).status, 200);
  assert.equal((await add(padded(LIMIT + 1))).status, 413);
});

test('the limit holds for bodies that do not say how long they are', async (t) => {
  const { add } = await service(t);
  const streamed = (chunks: number) =>
    new ReadableStream({
      start(stream) {
        stream.enqueue(new TextEncoder().encode(good));
        for (let i = 0; i < chunks; i++) stream.enqueue(new TextEncoder().encode(' '.repeat(LIMIT)));
        stream.close();
      },
    });
  assert.equal((await add(streamed(0))).status, 200);
  assert.equal((await add(streamed(10))).status, 413);
});

test('the caller is asked for first, then the type, then the size, then the form', async (t) => {
  const { add } = await service(t);
  const large = '{'.repeat(100_000);
  const plain = { 'Content-Type': 'text/plain' };
  assert.equal((await add(large, { ...plain, Authorization: 'Bearer wrong' })).status, 401);
  assert.equal((await add(large, { ...plain, Authorization: 'Bearer office' })).status, 403);
  assert.equal((await add(large, plain)).status, 415);
  assert.equal((await add(large)).status, 413);
  assert.equal((await add('{')).status, 400);
});

test('a compressed body is refused, broken or not: it is never a bug of ours', async (t) => {
  const { add, lines } = await service(t);
  for (const body of [gzipSync(good), Buffer.from('no gzip at all'), gzipSync(' '.repeat(100_000))]) {
    const { status, code } = await add(body, { 'Content-Encoding': 'gzip' });
    assert.deepEqual([status, code], [415, 'unsupported_media_type']);
  }
  assert.ok(!lines.join().includes('a bug'));
});

test('an unknown field is refused by its pointer', async (t) => {
  const { add } = await service(t);
  const { body } = await add(JSON.stringify({ name: 'tea', milk: true }));
  assert.deepEqual(body.errors, [
    { pointer: '/milk', code: 'unknown_field', detail: 'There is no such field.' },
  ]);
});

test('no answer and no log line repeats a value that was wrong', async (t) => {
  const { add, call, lines } = await service(t);
  const secret = fc.string({ unit: fc.constantFrom(...'QXZJ'), minLength: 8, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(secret, async (text) => {
      const answers = [
        await add(JSON.stringify({ name: text, count: text, kind: text, more: text })),
        await add(`{"name":"tea",${text}}`),
        await add(text),
        await add(good, { Authorization: `Bearer ${text}` }),
        await add(good, { 'Content-Type': `application/${text}` }),
        await call(`/v1/things/${text}?part=${text}`),
        await call(`/v1/nothing/${text}?${text}`),
        await call(`/v1/bug?${text}`),
      ];
      for (const { status, text: answer } of answers) {
        assert.ok(status >= 400);
        assert.ok(!answer.includes(text), answer);
      }
      assert.ok(!lines.join().includes(text));
    }),
    { numRuns: 10 },
  );
});

test('a method that a path does not know gets the ones that it knows', async (t) => {
  const { call } = await service(t);
  for (const [method, path, allow] of [
    ['GET', '/v1/things', 'POST'],
    ['PUT', '/v1/things/tea', 'GET, HEAD'],
    ['OPTIONS', '/v1/things', 'POST'],
    ['GET', '/token', 'POST'],
  ] as const) {
    const { status, headers } = await call(path, { method });
    assert.deepEqual([status, headers.get('Allow')], [405, allow], `${method} ${path}`);
  }
});

test('pages of any origin may call the endpoints that say so, and no others', async (t) => {
  const { call, add } = await service(t);
  const open = await call('/v1/things/tea', { method: 'OPTIONS' });
  assert.equal(open.status, 204);
  assert.equal(open.headers.get('Access-Control-Allow-Origin'), '*');
  assert.equal(open.headers.get('Access-Control-Allow-Methods'), 'GET, HEAD');
  for (const answer of [await call('/v1/things/tea'), await call('/v1/things/TEA')]) {
    assert.equal(answer.headers.get('Access-Control-Allow-Origin'), '*');
    assert.equal(answer.headers.get('Access-Control-Allow-Credentials'), null);
  }
  for (const answer of [await call('/v1/things', { method: 'OPTIONS' }), await add(good)]) {
    assert.equal(answer.headers.get('Access-Control-Allow-Origin'), null);
  }
});

test('wallets are refused in the form of OAuth 2.0', async (t) => {
  const { call } = await service(t);
  const form = (body: string) =>
    call('/token', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body,
    });
  assert.deepEqual((await form('grant_type=code')).body, { grant_type: 'code' });
  const wrong = await form('grant_type=other');
  assert.equal(wrong.status, 400);
  assert.deepEqual(Object.keys(wrong.body), ['error', 'error_description']);
  assert.equal(wrong.body.error, 'invalid_request');
  assert.equal(wrong.headers.get('Cache-Control'), 'no-store');
  assert.equal((await form(`grant_type=code&x=${'y'.repeat(LIMIT)}`)).body.error, 'payload_too_large');
  const nobody = await call('/secrets', { headers: { Authorization: 'Bearer wrong' } });
  assert.deepEqual([nobody.status, nobody.body.error], [401, 'invalid_token']);
  assert.equal(nobody.headers.get('WWW-Authenticate'), 'Bearer error="invalid_token"');
});

test('a bug is a 500 that tells nothing, and a log line that tells where it is and not what it said', async (t) => {
  const thrown = new Error("insert ('Ann Example') failed\n    at Ann Example");
  const { call, lines } = await service(t, { thrown });
  const { status, code, text, headers } = await call('/v1/bug');
  assert.deepEqual([status, code], [500, 'internal_error']);
  assert.doesNotMatch(text, /Example|serve\.test/);
  const line = lines.find((it) => it.includes('a bug')) ?? '';
  assert.doesNotMatch(lines.join(), /Example/);
  const { requestId, bug: found } = JSON.parse(line);
  assert.equal(requestId, headers.get('Request-Id'));
  assert.equal(found.name, 'Error');
  assert.match(found.at[0], /^at .*serve\.test\.ts/);
});

test('a bug that is no error is one too', async (t) => {
  const { call, lines } = await service(t, { thrown: 'Ann Example' as unknown as Error });
  assert.equal((await call('/v1/bug')).status, 500);
  assert.doesNotMatch(lines.join(), /Example/);
});

test('a log line names the endpoint, never the address', async (t) => {
  const { call, lines } = await service(t);
  await call('/v1/things/tea?part=abc', { headers: { Authorization: 'Bearer till' } });
  const { endpoint: name, status, caller } = JSON.parse(lines.at(-1) ?? '{}');
  assert.deepEqual({ name, status, caller }, { name: 'getThing', status: 200, caller: 'public' });
  assert.doesNotMatch(lines.join(), /tea|abc|till|127\.0\.0\.1/);
});

test('an answer says how much is left, and the one too many when to come again', async (t) => {
  const { call, add } = await service(t, { address: 1, terminal: 1 });
  const first = await call('/v1/things/tea');
  assert.equal(first.headers.get('RateLimit-Policy'), '"address";q=2;w=2');
  assert.match(first.headers.get('RateLimit') ?? '', /^"address";r=1;t=[12]$/);
  await call('/v1/things/tea');
  const third = await call('/v1/things/tea');
  assert.deepEqual([third.status, third.code], [429, 'rate_limited']);
  assert.match(third.headers.get('RateLimit') ?? '', /;r=0;t=\d+$/);
  assert.match(third.headers.get('Retry-After') ?? '', /^[12]$/);
  assert.match((await add(good)).headers.get('RateLimit') ?? '', /^"key";r=1;t=[12]$/);
});
