import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { type Endpoint, endpoint } from '../../src/http/endpoint.ts';
import { openApiDocument, refusalsOf } from '../../src/http/openapi.ts';

const good = endpoint({
  id: 'getTea',
  tag: 'Tea',
  method: 'get',
  path: '/v1/tea',
  summary: 'Get tea',
  caller: { public: true },
  replies: { 200: { description: 'Tea.', schema: z.object({ sugar: z.boolean() }) } },
});
const body = {
  schema: z.strictObject({ sugar: z.boolean() }),
  media: 'application/json',
  limit: 2_048,
} as const;
const always = ['rate_limited', 'internal_error', 'unavailable'];

describe('an endpoint can refuse with', () => {
  const cases: [what: string, more: Partial<Endpoint>, refusals: string[]][] = [
    ['what is nobody’s fault alone, if it takes nothing', {}, []],
    ['a wrong request, if it has something to parse', { query: z.object({}) }, ['invalid_request']],
    [
      'a wrong key or kind of key, if it needs one',
      { caller: { terminal: true } },
      ['unauthenticated', 'forbidden'],
    ],
    [
      'a wrong body, if it has one',
      { body },
      ['invalid_request', 'payload_too_large', 'unsupported_media_type'],
    ],
    ['what its contract says', { faults: ['not_found'] }, ['not_found']],
    [
      'a wrong token instead of a key, if it speaks OAuth',
      { errors: 'oauth', caller: { holder: 'offer' } },
      ['invalid_token', 'forbidden'],
    ],
  ];
  for (const [what, more, refusals] of cases) {
    test(what, () => assert.deepEqual(refusalsOf({ ...good, ...more }), [...refusals, ...always]));
  }

  test('nothing about headers that are not its own', () => {
    const headers = z.object({ authorization: z.string().optional(), accept: z.string().optional() });
    assert.deepEqual(refusalsOf({ ...good, headers }), always);
  });
});

describe('the document', () => {
  test('is the same for the same contract', () => {
    assert.equal(JSON.stringify(print(good)), JSON.stringify(print(good)));
  });

  test('asks nothing of the public', () => {
    assert.deepEqual(operation({}).security, []);
    assert.deepEqual(operation({ caller: { wallet: true } }).security, []);
  });

  test('asks an officer for the scope, and takes any caller of several', () => {
    const { security } = operation({ caller: { terminal: true, officer: 'policies:read' } });
    assert.deepEqual(security, [
      { terminalKey: [] },
      { adminKey: ['policies:read'] },
      { officerSession: ['policies:read'] },
    ]);
  });

  test('asks an officer who is to sign in for a session alone, and nobody where the public may call too', () => {
    assert.deepEqual(operation({ caller: { officer: 'own' } }).security, [{ officerSession: [] }]);
    const { security } = operation({ caller: { public: true, officer: 'own' } });
    assert.deepEqual(security, [{}, { officerSession: [] }]);
  });

  for (const [holder, schemes] of [
    ['offer', ['accessToken']],
    ['session', ['holderSession']],
    ['fresh', ['holderSession']],
    ['offer_or_fresh', ['accessToken', 'holderSession']],
  ] as const) {
    test(`asks a holder for what \`${holder}\` means`, () => {
      const { security, responses } = operation({ caller: { holder } });
      assert.deepEqual(
        security,
        schemes.map((scheme) => ({ [scheme]: [] })),
      );
      const again = JSON.stringify(responses).includes('verification_required');
      assert.equal(again, holder.includes('fresh'));
    });
  }

  test('asks a wallet for the secret of its upload where the endpoint reads one', () => {
    const headers = z.object({ authorization: z.string().optional() });
    const { security } = operation({ caller: { wallet: true }, headers });
    assert.deepEqual(security, [{ presentationSecret: [] }]);
  });

  test('leaves out headers that OpenAPI leaves to security and HTTP', () => {
    const headers = z.object({ accept: z.string().optional(), 'idempotency-key': z.string().optional() });
    const names = operation({ headers }).parameters.map(({ name }: { name: string }) => name);
    assert.deepEqual(names, ['Idempotency-Key']);
  });

  test('says how large a body may be', () => {
    assert.equal(operation({ method: 'post', body }).requestBody.description, 'At most 2 kB.');
  });

  test('closes what is asked where the contract does, and never what is answered', () => {
    const { requestBody, responses } = operation({ method: 'post', body });
    assert.equal(requestBody.content['application/json'].schema.additionalProperties, false);
    assert.equal(responses['200'].content['application/json'].schema.additionalProperties, undefined);
  });

  test('writes what is not JSON as text', () => {
    const schema = z.union([z.string(), z.instanceof(Uint8Array)]);
    const { responses } = operation({
      replies: { 200: { description: 'A list.', schema, media: 'application/jwt' } },
    });
    assert.deepEqual(responses['200'].content, { 'application/jwt': { schema: { type: 'string' } } });
  });

  test('puts the codes of one status together, and writes a code that stands alone once for all', () => {
    const { responses } = operation({ caller: { terminal: true }, faults: ['claim_not_permitted'] });
    assert.match(responses['403'].description, /`forbidden`[\s\S]+`claim_not_permitted`/);
    assert.deepEqual(responses['429'], { $ref: '#/components/responses/RateLimited' });
  });

  test('writes refusals as problems, or as OAuth has them', () => {
    const two: Endpoint = { ...good, id: 'postTea', method: 'post', body, errors: 'oauth' };
    const { responses, schemas } = print(good, two).components;
    assert.ok(responses.RateLimited.content['application/problem+json']);
    assert.ok(responses.OAuthRateLimited.content['application/json']);
    assert.ok(responses.RateLimited.headers['Retry-After']);
    assert.ok(schemas.Problem.properties.code.enum.includes('method_not_allowed'));
    assert.ok(schemas.OAuthError.properties.error.enum.includes('invalid_request'));
  });
});

// A document is read here as what it is when printed: plain JSON.
function print(...contract: Endpoint[]) {
  return JSON.parse(JSON.stringify(openApiDocument(contract, { version: '1.0.0' })));
}

function operation(more: Partial<Endpoint>) {
  const one: Endpoint = { ...good, ...more };
  return print(one).paths[one.path][one.method];
}
