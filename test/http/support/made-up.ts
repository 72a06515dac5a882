/** A service of made-up endpoints, one for each thing that serving has to get right. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { pino } from 'pino';
import { z } from 'zod';
import { makeApp } from '../../../src/http/app.ts';
import type { Callers } from '../../../src/http/caller.ts';
import { endpoint, reply } from '../../../src/http/endpoint.ts';
import { makeGuard } from '../../../src/http/guard.ts';
import { makeInFlight } from '../../../src/http/in-flight.ts';
import { serve, type Web } from '../../../src/http/serve.ts';
import { minter } from '../../../src/kernel/ids.ts';
import { seeded } from '../../support/random.ts';

export const LIMIT = 200;
const NOTHING = { 200: { description: 'Done.', schema: z.unknown() } };
export const base = { tag: 'Made up', summary: 'Made up', replies: NOTHING } as const;

const addThing = endpoint({
  ...base,
  id: 'addThing',
  method: 'post',
  path: '/v1/things',
  caller: { terminal: true },
  body: {
    media: 'application/json',
    limit: LIMIT,
    schema: z.strictObject({
      name: z
        .string()
        .max(20)
        .regex(/^[a-z]+$/),
      count: z.number().int().optional(),
      kind: z.enum(['a', 'b']).optional(),
    }),
  },
});
const getThing = endpoint({
  ...base,
  id: 'getThing',
  method: 'get',
  path: '/v1/things/{id}',
  caller: { public: true },
  cors: true,
  params: z.object({ id: z.string().regex(/^[a-z]+$/) }),
  query: z.strictObject({ part: z.string().max(3).optional() }),
});
const dropThing = endpoint({
  ...base,
  id: 'dropThing',
  method: 'delete',
  path: '/v1/things/{id}/parts',
  caller: { officer: 'people:write' },
});
const token = endpoint({
  ...base,
  id: 'token',
  method: 'post',
  path: '/token',
  caller: { wallet: true },
  errors: 'oauth',
  body: {
    media: 'application/x-www-form-urlencoded',
    limit: LIMIT,
    schema: z.object({ grant_type: z.literal('code') }),
  },
});
const bug = endpoint({ ...base, id: 'bug', method: 'get', path: '/v1/bug', caller: { public: true } });
const secrets = endpoint({
  ...base,
  id: 'secrets',
  method: 'get',
  path: '/secrets',
  caller: { holder: 'offer' },
  errors: 'oauth',
});

const OFFICER = { kind: 'officer', actor: 'adk_1', scopes: ['people:read'] } as unknown as Callers['officer'];
const TERMINAL = { kind: 'terminal', terminal: 'ter_1' } as Callers['terminal'];

/** A service with the made-up endpoints, over real HTTP. */
export async function service(
  t: TestContext,
  { terminal = 10_000, address = 10_000, thrown = new Error('x') } = {},
) {
  const world = { now: () => new Date('2026-11-22T10:00:00Z'), random: seeded(1) };
  const lines: string[] = [];
  const handled: unknown[] = [];
  const identify = {
    terminal: async (key: string) => (key === 'till' ? TERMINAL : null),
    officer: async (key: string) => (key === 'office' ? OFFICER : null),
    holder: async () => null,
    operator: async () => null,
    cookie: async () => null,
  };
  let toldOfAnswer = (): void => {};
  const app = makeApp({
    world,
    mint: minter(world),
    guard: makeGuard(identify, { terminal, address }),
    logger: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }),
    answered: () => toldOfAnswer(),
    stopping: new AbortController().signal,
    inFlight: makeInFlight(),
    trustedProxies: 0,
    publicUrl: 'https://id.example',
    pages: () => {},
    routes(web: Web) {
      serve(web, addThing, async ({ body }) => {
        handled.push(body);
        return reply(200, body);
      });
      serve(web, getThing, async ({ params, query }) => reply(200, { ...params, ...query }));
      serve(web, dropThing, async () => reply(200, {}));
      serve(web, token, async ({ body }) => reply(200, body));
      serve(web, secrets, async () => reply(200, {}));
      serve(web, bug, async () => {
        throw thrown;
      });
    },
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function call(path: string, init: RequestInit = {}) {
    const logged = new Promise<void>((resolve) => (toldOfAnswer = resolve));
    const response = await fetch(origin + path, init);
    const text = await response.text();
    await logged;
    const body = text.startsWith('{') ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, text, body, code: body.code };
  }
  const add = (body: NonNullable<RequestInit['body']> | null, headers: Record<string, string> = {}) =>
    call('/v1/things', {
      method: 'POST',
      headers: { Authorization: 'Bearer till', 'Content-Type': 'application/json', ...headers },
      body,
      duplex: 'half',
    });
  return { call, add, lines, handled };
}

export const good = JSON.stringify({ name: 'tea' });
