import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOf, MEANING, oauthError, problem } from '../../src/http/problem.ts';
import { Fault, type FaultKind, wrongField } from '../../src/kernel/fault.ts';

const KINDS = Object.keys(MEANING) as FaultKind[];

test('the codes of the interface have their statuses', () => {
  const statuses: Record<number, string> = {
    400: 'invalid_request',
    401: 'unauthenticated',
    403: 'forbidden claim_not_permitted',
    404: 'not_found',
    405: 'method_not_allowed',
    409: 'conflict idempotency_in_progress',
    413: 'payload_too_large',
    415: 'unsupported_media_type',
    422: 'unknown_policy invalid_presentation idempotency_key_reused quota_exceeded',
    429: 'rate_limited',
    500: 'internal_error',
    503: 'unavailable',
  };
  for (const [status, kinds] of Object.entries(statuses)) {
    for (const kind of kinds.split(' ') as FaultKind[])
      assert.equal(MEANING[kind].status, Number(status), kind);
  }
});

for (const kind of KINDS) {
  test(`${kind} is a problem with its own code and type`, () => {
    const { status, media, body } = problem(new Fault(kind, 'A sentence.'), 'req_1');
    assert.equal(media, 'application/problem+json');
    assert.deepEqual(body, {
      type: `/docs/problems#${kind}`,
      title: MEANING[kind].title,
      status,
      detail: 'A sentence.',
      code: kind,
      request_id: 'req_1',
    });
  });
}

test('wrong fields go with the problem', () => {
  const { body } = problem(wrongField('/name', 'too_big', 'Too long.'), 'req_1');
  assert.deepEqual('errors' in body && body.errors, [
    { pointer: '/name', code: 'too_big', detail: 'Too long.' },
  ]);
});

test('Retry-After is in whole seconds, rounded up, and never 0', () => {
  for (const [seconds, header] of [
    [0, '1'],
    [0.001, '1'],
    [1.2, '2'],
    [30, '30'],
  ] as const) {
    const fault = new Fault('unavailable', 'x', { retryAfter: seconds });
    assert.equal(problem(fault, 'req_1').headers['Retry-After'], header);
  }
  assert.equal('Retry-After' in problem(new Fault('not_found', 'x'), 'req_1').headers, false);
});

test('methods allowed are told in upper case', () => {
  const fault = new Fault('method_not_allowed', 'x', { allow: ['get', 'post'] });
  assert.equal(problem(fault, 'req_1').headers.Allow, 'GET, POST');
});

test('who is not known is told how to be', () => {
  assert.deepEqual(problem(new Fault('unauthenticated', 'x'), 'req_1').headers, {
    'WWW-Authenticate': 'Bearer',
  });
});

test('for wallets a refusal is what OAuth 2.0 says, and is not kept', () => {
  assert.deepEqual(oauthError(new Fault('invalid_grant', 'The code is used.')), {
    status: 400,
    media: 'application/json',
    headers: { 'Cache-Control': 'no-store' },
    body: { error: 'invalid_grant', error_description: 'The code is used.' },
  });
});

test('for wallets a wrong or missing token is invalid_token, with the challenge of RFC 6750', () => {
  for (const kind of ['unauthenticated', 'invalid_token'] as const) {
    const { status, headers, body } = oauthError(new Fault(kind, 'x'));
    assert.equal(status, 401);
    assert.equal('error' in body && body.error, 'invalid_token');
    assert.equal(headers['WWW-Authenticate'], 'Bearer error="invalid_token"');
  }
});

test('what is no fault is a bug, and its message stays inside', () => {
  const circular: { self?: unknown } = {};
  circular.self = circular;
  for (const thrown of [
    new Error('the secret'),
    Object.assign(new Error('the secret'), { type: 'something else' }),
    Object.assign(new Error('the secret'), { type: 'constructor' }),
    Object.assign(new Error('the secret'), { status: 400, statusCode: 400 }),
    'the secret',
    circular,
    null,
    undefined,
  ]) {
    const fault = faultOf(thrown);
    assert.equal(fault.kind, 'internal_error');
    assert.doesNotMatch(JSON.stringify(problem(fault, 'req_1')), /secret/);
    assert.equal(fault.cause, undefined);
  }
});

test('a fault stays what it is', () => {
  const fault = new Fault('conflict', 'x');
  assert.equal(faultOf(fault), fault);
});
