/** Calls a running service over real HTTP and holds every answer against the contract. */

import assert from 'node:assert/strict';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { refusalsOf } from '../../src/http/openapi.ts';
import { MEANING } from '../../src/http/problem.ts';
import * as issuance from '../../src/issuance/endpoints.ts';
import type { FaultKind } from '../../src/kernel/fault.ts';
import { bound, type Copy, type DeviceKey, deviceKeys, disclosing, keyProof } from './holder-keys.ts';
import type { RunningService } from './service.ts';

/** What is sent, beside the method and the path that the endpoint has. */
export interface Sent {
  /** A key, access token or secret, sent as a bearer token. */
  readonly token?: string | undefined;
  /** What stands in the path in place of `{id}`, as it is. */
  readonly params?: Readonly<Record<string, string>>;
  /** What stands behind the question mark, as it is. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  /** Bytes in place of `json` and `form`, in the endpoint's media type unless the headers name another. */
  readonly body?: string | Uint8Array;
}

/** What came back, with nothing judged. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Answer<Body = unknown> extends RawAnswer {
  /** JSON parsed; other media as text. */
  readonly body: Body;
  /** The stable code of a refusal; null for an answer. */
  readonly code: FaultKind | null;
}

type BodyOf<E extends Endpoint, Status> = Status extends keyof E['replies']
  ? E['replies'][Status] extends { schema: infer Schema extends z.ZodType }
    ? z.output<Schema>
    : undefined
  : Refusal;

export interface Client {
  readonly url: string;
  /** Any answer that the contract documents. */
  send(endpoint: Endpoint, sent?: Sent): Promise<Answer>;
  /** The answer with this status; any other fails the test. */
  ask<E extends Endpoint, const Status extends number>(
    endpoint: E,
    status: Status,
    sent?: Sent,
  ): Promise<Answer<BodyOf<E, Status>>>;
  /** Whatever is at this address, which no endpoint of the contract need have. */
  stray(method: string, path: string, headers?: Sent['headers']): Promise<Answer>;
}

/** Milliseconds after which a request that was not answered counts as hanging. */
export const HANGING = 20_000;

const agent = new Agent({ keepAlive: true });

const problem = z.strictObject({
  type: z.string().min(1),
  title: z.string().min(1),
  status: z.number(),
  detail: z.string().min(1),
  code: z.enum(Object.keys(MEANING) as [FaultKind, ...FaultKind[]]),
  request_id: z.string(),
  errors: z
    .array(z.strictObject({ pointer: z.string(), code: z.string().min(1), detail: z.string().min(1) }))
    .min(1)
    .optional(),
});
const oauth = z.strictObject({ error: problem.shape.code, error_description: z.string().min(1) });

export type Refusal = z.output<typeof problem>;

export function clientOf(url: string): Client {
  const send = async (endpoint: Endpoint, sent: Sent = {}): Promise<Answer> => {
    const raw = await exchange(url, endpoint.method, pathOf(endpoint, sent), {
      headers: headersOf(endpoint, sent),
      body: bodyOf(sent),
    });
    const answer = fits(endpoint, raw);
    if (sent.token) assert.ok(!raw.text.includes(sent.token), `${endpoint.id} echoes the caller's token`);
    return answer;
  };
  return {
    url,
    send,
    async ask(endpoint, status, sent) {
      const answer = await send(endpoint, sent);
      assert.equal(answer.status, status, `${endpoint.id}: ${answer.code} ${answer.text.slice(0, 600)}`);
      return answer as never;
    },
    stray: async (method, path, headers = {}) => fits(null, await exchange(url, method, path, { headers })),
  };
}

/** Sends a request whose path may be nonsense, and waits for the whole answer. */
export function exchange(
  url: string,
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Sent['headers']; body?: string | Uint8Array | undefined } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const unsaid = body === undefined || headers['transfer-encoding'] !== undefined;
  const length = unsaid ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        agent,
        hostname,
        port,
        method: method.toUpperCase(),
        path,
        headers: { ...length, ...headers },
        signal: AbortSignal.timeout(HANGING),
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(parts);
          const plain = response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text: plain.toString() });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The answer, if the contract allows it of this endpoint; null stands for an address that has none. */
export function fits(endpoint: Endpoint | null, raw: RawAnswer): Answer {
  const { status, headers } = raw;
  const name = `${endpoint?.id ?? 'no endpoint'} ${status}`;
  assert.match(String(headers['request-id']), /^req_[0-9a-z]{26}$/, `${name}: Request-Id`);
  assert.equal(headers['x-content-type-options'], 'nosniff', name);
  assert.equal(headers['x-powered-by'], undefined, name);
  if (endpoint?.path.startsWith('/v1/')) assert.equal(headers['cache-control'], 'no-store', name);
  const reply = endpoint?.replies[status];
  if (!endpoint || !reply) return refusal(endpoint, raw, name);
  if (endpoint.cors) assert.equal(headers['access-control-allow-origin'], '*', name);
  else assert.equal(headers['access-control-allow-origin'], undefined, name);
  return { ...raw, code: null, body: replyBody(reply, raw, name) };
}

function replyBody(reply: Endpoint['replies'][number], { headers, text }: RawAnswer, name: string): unknown {
  if (!reply.schema) {
    assert.equal(text, '', `${name}: has a body`);
    return undefined;
  }
  const media = reply.media ?? 'application/json';
  assert.ok(
    headers['content-type']?.startsWith(media.split(';')[0] ?? ''),
    `${name}: ${headers['content-type']}`,
  );
  if (media !== 'application/json') return reply.schema.parse(text);
  const body: unknown = JSON.parse(text);
  const parsed = reply.schema.parse(body);
  assert.ok(isDeepStrictEqual(parsed, body), `${name}: has members that the contract does not know`);
  return parsed;
}

function refusal(endpoint: Endpoint | null, raw: RawAnswer, name: string): Answer {
  assert.notEqual(raw.status, 500, `${name}: a bug`);
  const type = raw.headers['content-type'];
  const inOAuth = (endpoint ?? ANY_STYLE).errors === 'oauth' && type?.startsWith('application/json');
  const code = inOAuth ? oauthCode(raw, name) : problemCode(raw, name);
  assert.equal(MEANING[code].status, raw.status, `${name}: ${code}`);
  const known: readonly FaultKind[] = endpoint ? refusalsOf(endpoint) : STRAY;
  assert.ok(known.includes(code), `${name}: the contract does not document ${code}`);
  if (code === 'rate_limited') assert.match(String(raw.headers['retry-after']), /^[1-9]\d*$/, name);
  return { ...raw, code, body: JSON.parse(raw.text) };
}

/** What is answered where there is no endpoint, and how: as the endpoints do that are at the address, if any. */
const ANY_STYLE = { errors: 'oauth' } as const;
const STRAY: readonly FaultKind[] = ['not_found', 'method_not_allowed', 'invalid_request'];

function problemCode({ status, headers, text }: RawAnswer, name: string): FaultKind {
  assert.match(
    String(headers['content-type']),
    /^application\/problem\+json/,
    `${name}: ${text.slice(0, 200)}`,
  );
  const body = problem.parse(JSON.parse(text));
  assert.equal(body.status, status, name);
  assert.equal(body.request_id, headers['request-id'], name);
  return body.code;
}

function oauthCode({ headers, text }: RawAnswer, name: string): FaultKind {
  assert.equal(headers['cache-control'], 'no-store', name);
  return oauth.parse(JSON.parse(text)).error;
}

/** The endpoint's path with what stands in it, and the query string. */
export function pathOf({ path }: Endpoint, { params = {}, query }: Sent): string {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = params[name];
    assert.ok(value, `${path} needs ${name}`);
    return value;
  });
  return query === undefined ? filled : `${filled}?${query}`;
}

function bodyOf({ json, form, body }: Sent): string | Uint8Array | undefined {
  if (json !== undefined) return JSON.stringify(json);
  return form === undefined ? body : String(new URLSearchParams(form));
}

function headersOf({ body }: Endpoint, sent: Sent): NonNullable<Sent['headers']> {
  const bodily = sent.json !== undefined || sent.form !== undefined || sent.body !== undefined;
  return {
    ...(sent.token !== undefined && { authorization: `Bearer ${sent.token}` }),
    ...(bodily && { 'content-type': body?.media ?? 'application/json' }),
    ...sent.headers,
  };
}

export const GRANT = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';

/** A fresh offer: where its link leads, and what redeems it. */
export async function openOffer(client: Client, token: string, id: string) {
  const made = (await client.ask(issuance.makeOffer, 201, { token, params: { id }, json: {} })).body;
  const link = new URL(made.offer_uri).searchParams.get('credential_offer_uri') ?? '';
  const reference = link.slice(link.lastIndexOf('/') + 1);
  const { grants } = (await client.ask(issuance.readOffer, 200, { params: { reference } })).body;
  const code = (grants as Record<string, Record<string, string>>)[GRANT]?.['pre-authorized_code'] ?? '';
  return { reference, form: { grant_type: GRANT, 'pre-authorized_code': code, tx_code: made.tx_code } };
}

/** Redeems an offer for an access token. */
export async function redeem(client: Client, { form }: { form: Record<string, string> }): Promise<string> {
  return (await client.ask(issuance.redeemOffer, 200, { form })).body.access_token;
}

/** A client and the service that it calls. */
export interface Scene {
  readonly running: Pick<RunningService, 'url' | 'now'>;
  readonly client: Client;
}

async function purpose({ running, client }: Scene) {
  const nonce = (await client.ask(issuance.getNonce, 200)).body.c_nonce;
  return { audience: running.url, nonce, now: running.now() };
}

/** A good credential request for these keys, with proofs over one fresh nonce. */
export async function credentialRequest(scene: Scene, keys: readonly DeviceKey[]) {
  const here = await purpose(scene);
  const jwt = await Promise.all(keys.map((key) => keyProof(key, here)));
  return { credential_configuration_id: 'age', proofs: { jwt } };
}

export async function copies(scene: Scene, token: string, count: number): Promise<readonly Copy[]> {
  const keys = await deviceKeys(count);
  const json = await credentialRequest(scene, keys);
  const { credentials } = (await scene.client.ask(issuance.issueCredential, 200, { token, json })).body;
  return credentials.flatMap(({ credential }, at) => {
    const key = keys[at];
    return key === undefined ? [] : [{ sdJwt: credential, key }];
  });
}

/** A good presentation of a copy over a fresh nonce: of 18, unless more is named. */
export async function presentationOf(scene: Scene, copy: Copy, ...ages: readonly number[]): Promise<string> {
  const paths = (ages.length > 0 ? ages : [18]).map((age) => `age_equal_or_over/${age}`);
  return bound(disclosing(copy, ...paths), copy.key, await purpose(scene));
}
