import { z } from 'zod';
import {
  type CreateDocumentOptions,
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import type { FaultKind } from '../kernel/fault.ts';
import type { Endpoint } from './endpoint.ts';
import { isKeyed, SCHEMES, securityOf } from './openapi-security.ts';
import { MEANING } from './problem.ts';

/** Prints the contract as OpenAPI. It serves the build and the tests: nothing in the running service needs it. */

const INTRODUCTION = `
Proof of age and of status at the till, without showing who somebody is.

## Start here: a till in three steps

1. Get a **test key** (\`cp_test_…\`) from the officer who runs the service. Send it with every request:
   \`Authorization: Bearer cp_test_…\`.
2. Scan a **test code** from [/docs/test-codes](/docs/test-codes), and ask with it at \`POST /v1/verifications\`:
   name a policy such as \`alcohol\`, or the claims you need.
3. **Sell only on \`201\`, or on \`200\` with \`Idempotency-Replayed: true\`, and only if \`outcome\` is \`approved\`.**
   Everything else means no sale: a refusal, a problem, an outcome that you do not know, no answer at all.
   \`next_step\` says what the cashier does now.

With a **live key** (\`cp_live_…\`) the same code takes real codes. A live key refuses test codes, a test key refuses
real ones, both as \`malformed_token\`.

## Asked again

Send an \`Idempotency-Key\` of your own with each question. If the answer was lost on the way, send the same request with
the same key: for 24 hours you get the first answer again, as \`200\` with \`Idempotency-Replayed: true\`. Without the key
a second try finds its code already used.

## Answers and problems

What a shopper can cause is \`201\` with an \`outcome\` and a \`reason\`. What an integrator can cause is a problem
(RFC 9457, \`application/problem+json\`) with a stable \`code\` to branch on and a \`request_id\` to quote. Every code is
explained at [/docs/problems](/docs/problems). After \`429\` and \`503\` wait for \`Retry-After\` seconds.

## What may change

New fields may appear and lists of values may grow, so ignore what you do not know. Nothing else changes inside
\`/v1\`. Times are RFC 3339 in UTC. Lists begin with the newest; \`next_cursor\` goes into \`starting_after\`.
`.trim();

const TAGS: Readonly<Record<string, string>> = {
  Verifications: 'The question at the till and its answer.',
  Presentations: 'A wallet uploads what it will show and gets a ticket for it.',
  Passes: 'Single-use proofs of an age or a status, which the service signs and cannot know again.',
  Offline: 'What a till needs to judge passes without a network, and what it reports of that.',
  People: 'Those an officer vetted, and what they are offered.',
  Wallets: 'The devices that people enrolled.',
  Passkeys: 'Sign-in keys of wallets (WebAuthn).',
  Sessions: 'Who signed in with a passkey.',
  Officers: 'Those on the staff, who sign in with passkeys.',
  Settings: 'What the service was set up with.',
  Staff: 'Who is on the staff: invitations, roles, and codes for whoever lost a passkey.',
  Retailers: 'Businesses, their stores, and what they may ask for.',
  Terminals: 'What stands at the till and asks.',
  Policies: 'Named rules at the till.',
  Reports: 'Nameless messages that a shop asked for too much.',
  'Issuance (OpenID4VCI)': 'How a wallet receives credentials. Refusals are written as OAuth 2.0 has them.',
  'Status lists': 'Which credentials are suspended or invalid, for those who verify by themselves.',
  Keys: 'The signing keys and their rotation.',
  'Published keys': 'What others verify signatures with.',
  Statistics: 'How much was asked and how it was answered, by no person.',
  Audit: 'What was done, by whom, without a person in it.',
  Operating: 'Health, version and metrics.',
};

/** Headers that OpenAPI wants left to `security` and to HTTP itself. */
const UNSAID = ['authorization', 'accept', 'accept-encoding', 'if-none-match'];

const JSON_TYPE = 'application/json';
const RETRY = {
  description: 'Seconds after which it is worth trying again.',
  schema: { type: 'integer' },
} as const;

/** The document of a contract. The same contract gives the same document, key for key. */
export function openApiDocument(contract: readonly Endpoint[], info: { version: string }): object {
  const refusals = refusalWriter(contract);
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of contract) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: operation(endpoint, refusals) };
  }
  const tags = [...new Set(contract.map(({ tag }) => tag))];
  const used = new Set(contract.flatMap(securityOf).flatMap((one) => Object.keys(one)));
  return createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Counterproof',
        version: info.version,
        description: INTRODUCTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags: tags.map((name) => ({ name, ...(TAGS[name] && { description: TAGS[name] }) })),
      paths,
      components: {
        securitySchemes: Object.fromEntries(Object.entries(SCHEMES).filter(([name]) => used.has(name))),
      },
    },
    { override: plain },
  );
}

/** Every refusal that an endpoint can give: those of its contract, and those of what it is. */
export function refusalsOf(endpoint: Endpoint): readonly FaultKind[] {
  const { params, query, headers, body, errors, recent, faults = [] } = endpoint;
  const { holder } = endpoint.caller;
  const keyed = isKeyed(endpoint);
  const parsed = params ?? query ?? body ?? said(headers);
  const kinds: FaultKind[] = [
    ...(parsed ? (['invalid_request'] as const) : []),
    ...(keyed ? (['unauthenticated', 'forbidden'] as const) : []),
    ...(recent || holder === 'fresh' || holder === 'offer_or_fresh'
      ? (['verification_required'] as const)
      : []),
    ...(body ? (['payload_too_large', 'unsupported_media_type'] as const) : []),
    ...faults,
    ...(['rate_limited', 'internal_error', 'unavailable'] as const),
  ];
  const told = kinds.map((kind) =>
    errors === 'oauth' && kind === 'unauthenticated' ? 'invalid_token' : kind,
  );
  return [...new Set(told)];
}

type Refusals = (endpoint: Endpoint) => Record<string, ZodOpenApiResponseObject>;

function operation(endpoint: Endpoint, refusals: Refusals): ZodOpenApiOperationObject {
  const { params, query, body } = endpoint;
  const header = said(endpoint.headers);
  const asked = { ...(params && { path: params }), ...(query && { query }), ...(header && { header }) };
  return {
    operationId: endpoint.id,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    ...(endpoint.description && { description: endpoint.description }),
    security: securityOf(endpoint),
    ...(Object.keys(asked).length > 0 && { requestParams: asked }),
    ...(body && { requestBody: bodyOf(body) }),
    responses: { ...repliesOf(endpoint), ...refusals(endpoint) },
  };
}

function bodyOf({ schema, media, limit, example }: NonNullable<Endpoint['body']>) {
  const content = { schema, ...(example !== undefined && { example }) };
  return { required: true, description: `At most ${limit / 1024} kB.`, content: { [media]: content } };
}

/** What is not JSON is text, whatever the handler hands over. */
function repliesOf({ replies }: Endpoint): Record<string, ZodOpenApiResponseObject> {
  const written = Object.entries(replies).map(
    ([status, { description, schema, media = JSON_TYPE, example }]) => {
      const shape = media === JSON_TYPE ? schema : ({ type: 'string' } as const);
      const content = { schema: shape, ...(example !== undefined && { example }) };
      return [status, { description, ...(schema && { content: { [media]: content } }) }];
    },
  );
  return Object.fromEntries(written);
}

/** The headers that are the endpoint's own, or undefined if it has none. */
function said(headers: z.ZodObject | undefined): z.ZodObject | undefined {
  const own = Object.entries(headers?.shape ?? {}).filter(([name]) => !UNSAID.includes(name));
  if (own.length === 0) return undefined;
  return z.object(Object.fromEntries(own.map(([name, schema]) => [inTrainCase(name), schema])));
}

/** Writes refusals by status. A status that stands for one code alone is the same everywhere, so it is written once. */
function refusalWriter(contract: readonly Endpoint[]): Refusals {
  const schemas = { problem: problemSchema(contract), oauth: oauthSchema(contract) };
  const shared = new Map<string, ZodOpenApiResponseObject>();
  return (endpoint) => {
    const style = endpoint.errors ?? 'problem';
    const byStatus: Record<string, ZodOpenApiResponseObject> = {};
    for (const [status, kinds] of grouped(refusalsOf(endpoint))) {
      const id = kinds.length === 1 ? nameOf(style, kinds[0] ?? '') : null;
      const response = (id && shared.get(id)) || refusal(kinds, style, schemas[style], id);
      if (id) shared.set(id, response);
      byStatus[status] = response;
    }
    return byStatus;
  };
}

function grouped(kinds: readonly FaultKind[]): Map<number, FaultKind[]> {
  const groups = new Map<number, FaultKind[]>();
  for (const kind of kinds) {
    const { status } = MEANING[kind];
    groups.set(status, [...(groups.get(status) ?? []), kind]);
  }
  return groups;
}

function refusal(
  kinds: readonly FaultKind[],
  style: 'problem' | 'oauth',
  schema: z.ZodType,
  id: string | null,
): ZodOpenApiResponseObject {
  const lines = kinds.map((kind) => `\`${kind}\`: ${MEANING[kind].title}.`);
  const waits = kinds.some((kind) => kind === 'rate_limited' || kind === 'unavailable');
  const first = kinds[0];
  const content = { schema, ...(first && { example: exampleOf(first, style) }) };
  return {
    ...(id && { id }),
    description: lines.length === 1 ? lines.join() : lines.map((line) => `- ${line}`).join('\n'),
    ...(waits && { headers: { 'Retry-After': RETRY } }),
    content: { [style === 'oauth' ? JSON_TYPE : 'application/problem+json']: content },
  };
}

function exampleOf(kind: FaultKind, style: 'problem' | 'oauth'): object {
  const { status, title } = MEANING[kind];
  const detail = `${title}.`;
  if (style === 'oauth') return { error: kind, error_description: detail };
  return { type: `/docs/problems#${kind}`, title, status, detail, code: kind, request_id: REQUEST_ID };
}

const REQUEST_ID = 'req_01kbx3tq8g0003ahqz6dmv29gq';

function problemSchema(contract: readonly Endpoint[]): z.ZodType {
  const field = z.object({
    pointer: z.string().meta({ description: 'Where (RFC 6901).', example: '/ask/policies' }),
    code: z.string().meta({ example: 'too_small' }),
    detail: z.string(),
  });
  return z
    .object({
      type: z.string().meta({ format: 'uri-reference', description: 'Where the code is explained.' }),
      title: z.string(),
      status: z.int().min(400).max(599),
      detail: z.string().describe('For the developer. It names fields and rules, never a value.'),
      code: z.enum(codes(contract, 'problem')).describe('Stable: branch on this.'),
      request_id: z.string().describe('Finds the request in the log.'),
      errors: z.array(field).optional().describe('The fields that are wrong.'),
    })
    .meta({ id: 'Problem', description: 'A refusal to act (RFC 9457).' });
}

function oauthSchema(contract: readonly Endpoint[]): z.ZodType {
  return z
    .object({ error: z.enum(codes(contract, 'oauth')), error_description: z.string() })
    .meta({ id: 'OAuthError', description: 'A refusal as OAuth 2.0 has it (RFC 6749 §5.2).' });
}

/** The codes of one style: what its endpoints give, and for problems also what an unknown address or method gets. */
function codes(contract: readonly Endpoint[], style: 'problem' | 'oauth'): FaultKind[] {
  const given = new Set(contract.filter(({ errors = 'problem' }) => errors === style).flatMap(refusalsOf));
  const always: FaultKind[] = style === 'problem' ? ['not_found', 'method_not_allowed'] : [];
  return (Object.keys(MEANING) as FaultKind[]).filter((kind) => given.has(kind) || always.includes(kind));
}

/** `Idempotency-Key` for `idempotency-key`, as people write it. */
function inTrainCase(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

/** `RateLimited` for `rate_limited`; wallets get `OAuthRateLimited`. */
function nameOf(style: 'problem' | 'oauth', kind: string): string {
  const words = kind.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${style === 'oauth' ? 'OAuth' : ''}${words.join('')}`;
}

/** Answers may grow new fields, so no answer is closed; and the format says what the pattern of an instant does. */
const plain: NonNullable<CreateDocumentOptions['override']> = ({ jsonSchema, io }) => {
  if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
};
