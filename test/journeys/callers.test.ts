import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { pino } from 'pino';
import { serviceApp } from '../../src/app.ts';
import { contract } from '../../src/contract.ts';
import { SCOPES } from '../../src/http/caller.ts';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { makeInFlight } from '../../src/http/in-flight.ts';
import type { Bytes } from '../../src/kernel/bytes.ts';
import { type ApiKeyKind, makeApiKey } from '../../src/keys/api-key.ts';
import { makeAdminKey } from '../../src/officers/make-admin-key.ts';
import { places } from '../support/service.ts';
import { holderSession, rightCaller, type Stage, sharedStage } from '../support/stage.ts';

type Keyed = 'officer' | 'terminal' | 'holder' | 'operator';

const KEYED: readonly Keyed[] = ['officer', 'terminal', 'holder', 'operator'];
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const DESTRUCTIVE = ['delete', 'post', 'put', 'patch'];

const stage = sharedStage();
const keyed = contract.filter(
  ({ caller }) => !caller.public && KEYED.some((kind) => caller[kind] !== undefined),
);
const paths = [...new Set(contract.map(({ path }) => path))];

describe('the contract', () => {
  test('is what is served, no more and no less', () => {
    const served = routesOf(stage()).map(({ method, path }) => `${method} ${path}`);
    const stated = contract.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`);
    assert.deepEqual(served.sort(), stated.sort());
  });

  test('says of each endpoint who may call it', () => {
    for (const { id, caller } of contract) assert.ok(Object.keys(caller).length > 0, id);
  });

  for (const endpoint of contract) {
    test(`has ${endpoint.id} where it says, for whom it says`, async () => {
      if (DESTRUCTIVE.includes(endpoint.method)) return answersSomebody(endpoint);
      const answer = await good(endpoint);
      const reply = endpoint.id === 'getPresentation' ? 401 : 200;
      assert.equal(answer.status, reply, answer.text);
    });
  }
});

describe('an address', () => {
  for (const path of paths) {
    test(`${path} names its methods to whoever uses another`, async () => {
      const here = contract.filter((endpoint) => endpoint.path === path);
      const allow = here
        .flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))
        .sort();
      const taken = contract.filter((endpoint) => reaches(endpoint, path)).map(({ method }) => method);
      for (const method of METHODS.filter((one) => !taken.includes(one))) {
        const answer = await stage().client.stray(method, filled(path));
        assert.equal(answer.status, 405);
        assert.deepEqual(answer.headers.allow?.split(', ').sort(), allow);
      }
    });
  }

  for (const path of [
    '/v1',
    '/v1/',
    '/v1/nothing',
    '/V1/people',
    '/oid4vci',
    '/.well-known/x',
    '/.git/config',
  ]) {
    test(`${path} that is none is a problem, and no page`, async () => {
      for (const method of METHODS) {
        const { code } = await stage().client.stray(method, path);
        assert.equal(code, 'not_found');
      }
    });
  }

  test('answers pages of other origins where wallets call, and there alone', async () => {
    for (const path of paths) {
      const here = contract.filter((endpoint) => endpoint.path === path);
      const { url } = stage().client;
      const answer = await fetch(url + filled(path), { method: 'OPTIONS' });
      assert.equal(answer.status, here[0]!.cors ? 204 : 405, path);
      assert.equal(answer.headers.get('access-control-allow-credentials'), null);
    }
  });
});

describe('who has no key', () => {
  for (const endpoint of keyed) {
    test(`is not let in to ${endpoint.id}`, async () => {
      await refused(endpoint, undefined, 401);
    });

    test(`is not let in to ${endpoint.id} with keys that are nobody's`, async () => {
      for (const token of strangers()) await refused(endpoint, token, 401);
    });
  }

  test('is not let in by other ways of showing a key', async () => {
    const { client, tokens } = stage();
    const ways = [tokens.officer, `Basic ${btoa(tokens.officer)}`, `Bearer`, `Bearer ${tokens.officer} x`];
    for (const authorization of ways) {
      const answer = await client.send(named('listPeople'), { headers: { authorization } });
      assert.equal(answer.code, 'unauthenticated');
    }
    const asked = { query: `access_token=${tokens.officer}&key=${tokens.officer}` };
    const answer = await client.send(named('listPeople'), {
      ...asked,
      headers: { cookie: `key=${tokens.officer}` },
    });
    assert.equal(answer.code, 'unauthenticated');
  });
});

describe('the wrong kind of caller', () => {
  for (const endpoint of keyed) {
    for (const kind of KEYED.filter((one) => endpoint.caller[one] === undefined)) {
      test(`as ${kind} is not let in to ${endpoint.id}`, async () => {
        await refused(endpoint, stage().tokens[kind], 403);
      });
    }
  }

  for (const endpoint of keyed.filter(
    ({ path }) => path.startsWith('/v1/people') || path.startsWith('/v1/wallets'),
  )) {
    test(`as any terminal reads nothing about a person from ${endpoint.id}`, async () => {
      for (const token of [stage().tokens.terminal, stage().testTerminal]) {
        const { text } = await refused(endpoint, token, 403);
        assert.doesNotMatch(text, /Lovelace|Ada|1992/);
      }
    });
  }

  for (const endpoint of keyed.filter(({ caller }) => caller.holder?.startsWith('offer') === false)) {
    test(`as a holder with no more than the token of an offer is not let in to ${endpoint.id}`, async () => {
      await refused(endpoint, stage().tokens.holder, 403);
    });
  }

  for (const endpoint of keyed.filter(({ caller }) => caller.holder === 'offer' || !caller.holder)) {
    test(`as a holder who signed in is not let in to ${endpoint.id}`, async () => {
      await refused(endpoint, await holderSession(stage()), 403);
    });
  }

  for (const endpoint of keyed.filter(({ caller }) => caller.officer !== undefined)) {
    test(`without the scope of ${endpoint.id} is not let in to it`, async () => {
      const { service, now } = stage().running;
      const scopes = SCOPES.filter((scope) => scope !== endpoint.caller.officer);
      const world = { now, random: bytes };
      await refused(endpoint, await makeAdminKey({ ...service, world }, scopes, null), 403);
    });
  }
});

/** Sends no body, so that nothing but the caller can be what is refused. */
async function refused(endpoint: Endpoint, token: string | undefined, status: 401 | 403) {
  const { client, params } = stage();
  const answer = await client.send(endpoint, { params: params(endpoint), token });
  const nobody = endpoint.errors === 'oauth' ? 'invalid_token' : 'unauthenticated';
  assert.equal(answer.code, status === 401 ? nobody : 'forbidden', answer.text);
  assert.equal(answer.status, status);
  if (status === 401) assert.match(String(answer.headers['www-authenticate']), /^Bearer/);
  if (token !== undefined) assert.ok(!stage().running.log().includes(token), 'the key is in the log');
  return answer;
}

async function answersSomebody(endpoint: Endpoint): Promise<void> {
  const { client, params } = stage();
  const away = { id: 'nothing', reference: 'nothing', type: 'nothing' };
  const { code } = await client.send(endpoint, {
    params: { ...params(endpoint), ...away },
    ...(await rightCaller(stage(), endpoint)),
    json: { nothing: true },
  });
  assert.ok(
    !['unauthenticated', 'invalid_token', 'forbidden', 'method_not_allowed'].includes(String(code)),
    String(code),
  );
}

async function good(endpoint: Endpoint) {
  const { client, params } = stage();
  return client.send(endpoint, { params: params(endpoint), ...(await rightCaller(stage(), endpoint)) });
}

function filled(path: string): string {
  return path.replace(/\{\w+\}/g, 'anything');
}

/** Whether the endpoint answers at this address, as `/v1/people/{id}` does at `/v1/people/search`. */
function reaches(endpoint: Endpoint, path: string): boolean {
  return new RegExp(`^${endpoint.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(filled(path));
}

function named(id: string): Endpoint {
  const found = contract.find((endpoint) => endpoint.id === id);
  assert.ok(found, id);
  return found;
}

function bytes(length: number): Bytes {
  return new Uint8Array(randomBytes(length));
}

/** Well-formed credentials of every kind, which were given to nobody. */
function strangers(): readonly string[] {
  const kinds: readonly ApiKeyKind[] = ['admin', 'live', 'test'];
  return [
    ...kinds.map((kind) => makeApiKey(kind, bytes)),
    randomBytes(32).toString('base64url'),
    'some-metrics-token',
  ];
}

interface Layer {
  readonly name: string;
  readonly route?: { readonly path: string; readonly stack: readonly { readonly method?: string }[] };
  readonly handle: { readonly stack?: readonly Layer[] };
}

/** What hangs in the API's router, as express has it; answers to every method are refusals and left out. */
function routesOf({ running }: Stage): { method: string; path: string }[] {
  const { service, now } = running;
  const logger = pino({ level: 'silent' });
  const stopping = new AbortController().signal;
  const inFlight = makeInFlight();
  const app = serviceApp({ service, world: { now, random: bytes }, logger, stopping, inFlight, places });
  const layers = (app.router as unknown as { stack: readonly Layer[] }).stack;
  const api = layers.find(({ handle }) => handle.stack !== undefined);
  return (api?.handle.stack ?? []).flatMap(({ route }) =>
    (route?.stack ?? []).flatMap(({ method }) => (route && method ? [{ method, path: route.path }] : [])),
  );
}
