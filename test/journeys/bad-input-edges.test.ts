import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { contract } from '../../src/contract.ts';
import { createVerification } from '../../src/verification/endpoints.ts';
import { converse, MARK, runs, survives } from '../support/spoilt.ts';
import { goodBody, sharedStage, spare } from '../support/stage.ts';

const stage = sharedStage();

const IDS = [
  ...[
    '%',
    '%ff',
    '%00',
    '%2e%2e%2f',
    '..%2f..',
    '.',
    '..',
    '__proto__',
    'constructor',
    "'",
    '%E2%80%AE',
    MARK,
  ],
  ...['x'.repeat(4_000), '%F0%9F%92%A9', '*', ':id', '{id}', '~', ';', '&', '=', '+', '(', '%25', 'null'],
];
const QUERIES = [
  ...['limit=0', 'limit=101', 'limit=-1', 'limit=1e1', 'limit=NaN', 'limit=', 'limit=1&limit=2', 'limit[]=1'],
  ...[
    `starting_after=${MARK}`,
    'starting_after=%00',
    'starting_after=%ff',
    'limit[a]=1',
    '%',
    '=',
    '&&',
    '?',
  ],
  ...[
    '__proto__=1',
    'constructor=1',
    `${MARK}=1`,
    `person_id=${MARK}`,
    'x'.repeat(5_000),
    'person_id=1&person_id=2',
  ],
];
const HEADERS: readonly Record<string, string>[] = [
  { accept: MARK.repeat(100) },
  { accept: 'text/event-stream', authorization: `Bearer ${MARK}` },
  { authorization: `Bearer ${MARK}${'a'.repeat(3_000)}` },
  { authorization: `Bearer \xff${MARK}` },
  { 'accept-encoding': 'gzip;q=banana, *;q=-1' },
  { 'if-none-match': `W/"${MARK}"` },
  { 'x-forwarded-for': `${MARK}, ::1, 999.999.999.999` },
  { 'x-http-method-override': 'DELETE' },
  { host: 'evil.example' },
  { cookie: `__proto__=${MARK}; ${'a=b; '.repeat(200)}` },
  { origin: 'null', 'access-control-request-method': 'DELETE' },
];

const escaped = fc
  .uint8Array({ minLength: 1, maxLength: 30 })
  .map((bytes) => Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));

describe('an address that is bad', () => {
  for (const endpoint of contract.filter(({ path }) => path.includes('{'))) {
    test(`at ${endpoint.id} is refused`, async () => {
      const json = endpoint.body && (await goodBody(stage(), endpoint));
      const ids = fc.oneof(fc.constantFrom(...IDS), escaped, similar(stage().params(endpoint).id ?? ''));
      const property = fc.asyncProperty(ids, async (id) => {
        const params = { id, reference: id, type: id };
        const { code } = await survives(stage(), endpoint, { params, ...(json !== undefined && { json }) });
        assert.ok(code !== null || id === stage().params(endpoint).id || endpoint.id === 'setPolicy');
      });
      await fc.assert(property, runs(25));
    });
  }

  for (const endpoint of contract.filter(({ method }) => method === 'get')) {
    test(`with a query string that ${endpoint.id} cannot read is refused, or the query is ignored`, async () => {
      const params = stage().params(endpoint);
      const query = fc.array(fc.oneof(fc.constantFrom(...QUERIES), escaped), { maxLength: 4 });
      const property = fc.asyncProperty(query, async (parts) => {
        await survives(stage(), endpoint, { params, query: parts.join('&') });
      });
      await fc.assert(property, runs(12));
    });
  }
});

describe('headers that are bad', () => {
  for (const endpoint of contract) {
    test(`at ${endpoint.id} do no harm`, async () => {
      const params = await spare(stage(), endpoint);
      for (const headers of HEADERS) await survives(stage(), endpoint, { params, headers });
    });
  }

  test('in place of an idempotency key are refused', async () => {
    const json = createVerification.body.example;
    for (const key of ['', ' ', `${MARK} ${MARK}`, MARK.repeat(32), '\u00d0\u00ba', '\u00ff', [MARK, MARK]]) {
      const { code } = await survives(stage(), createVerification, {
        json,
        headers: { 'idempotency-key': key },
      });
      assert.equal(code, 'invalid_request', String(key));
    }
  });
});

describe('a request that is not what it says', () => {
  const start = (length: number): string =>
    [
      'POST /v1/verifications HTTP/1.1',
      'Host: here',
      `Authorization: Bearer ${stage().tokens.terminal}`,
      'Content-Type: application/json',
      `Content-Length: ${length}\r\n\r\n`,
    ].join('\r\n');
  const body = JSON.stringify(createVerification.body.example);

  test('but shorter is not answered with an approval, and the line is closed', async () => {
    const said = await converse(stage().running.url, start(body.length + 10) + body);
    assert.match(said, /^$|^HTTP\/1\.1 400 /);
  });

  test('but longer is refused', async () => {
    const said = await converse(stage().running.url, `${start(body.length - 10)}${body}\r\n\r\n`);
    assert.match(said, /^HTTP\/1\.1 400 /);
    assert.doesNotMatch(said, /"outcome"|HTTP\/1\.1 20\d/);
  });

  for (const [name, text] of Object.entries({
    'no HTTP at all': `${MARK}\r\n\r\n`,
    'a chunk of no size':
      'POST /v1/verifications HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'two lengths': 'POST /readyz HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    'length and chunks':
      'POST /readyz HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'a header of NUL': 'GET /readyz HTTP/1.1\r\nHost: h\r\nX: \0\r\n\r\n',
    'no host': 'GET /readyz HTTP/1.1\r\n\r\n',
    'headers without end': `GET /readyz HTTP/1.1\r\nHost: h\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
  })) {
    test(`but ${name} is refused, and repeats nothing`, async () => {
      const said = await converse(stage().running.url, text);
      assert.match(said, /^$|^HTTP\/1\.1 4\d\d /);
      assert.ok(!said.includes(MARK));
    });
  }
});

describe('a code that is none', () => {
  const digits = fc.array(fc.nat(9), { maxLength: 900 }).map((all) => all.join(''));
  const separated = digits.map((text) => text.replace(/(\d{4})/g, '$1 -'));
  const unicode = fc.string({
    unit: fc.constantFrom('１', '٣', '५', '₂', '³', '1'),
    minLength: 34,
    maxLength: 34,
  });
  const anything = fc.string({ unit: 'binary', maxLength: 500 });
  const tickets = fc
    .array(fc.nat(9), { minLength: 31, maxLength: 31 })
    .map((all) => withCheck(`1${all.join('')}`));

  for (const [name, codes] of Object.entries({ digits, separated, unicode, anything, tickets })) {
    test(`such as ${name} is a shopper's doing: 201 and a refusal`, async () => {
      const { client, tokens, testTerminal } = stage();
      const property = fc.asyncProperty(codes, fc.boolean(), async (code, live) => {
        const token = live ? tokens.terminal : testTerminal;
        const json = { token: code, ask: { claims: ['age_over_18'] } };
        const { body } = await client.ask(createVerification, 201, { token, json });
        const expected = live && name === 'tickets' ? 'unknown_token' : 'malformed_token';
        assert.deepEqual([body.outcome, body.reason, body.claims], ['refused', expected, {}]);
      });
      await fc.assert(property, runs(40));
    });
  }
});

function similar(id: string): fc.Arbitrary<string> {
  const letters = fc.constantFrom('0', 'z', 'u', 'A', '_', '%00', '%0a', '%C3%A9');
  const at = fc.nat(Math.max(0, id.length - 1));
  return fc.tuple(at, letters).map(([i, letter]) => id.slice(0, i) + letter + id.slice(i + 1));
}

function withCheck(body: string): string {
  const rest = Number(BigInt(`${body}00`) % 97n);
  return body + String(98 - rest).padStart(2, '0');
}
