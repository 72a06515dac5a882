import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contract } from '../../src/contract.ts';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { getNonce, issueCredential } from '../../src/issuance/endpoints.ts';
import { getHealth } from '../../src/operating/endpoints.ts';
import { createPerson, mendPerson } from '../../src/people/endpoints.ts';
import { createPresentation } from '../../src/presentation/endpoints.ts';
import { listPolicies, setPolicyPack } from '../../src/retailers/policies/endpoints.ts';
import { type Answer, clientOf, copies, presentationOf } from '../support/client.ts';
import { runService } from '../support/service.ts';
import { openStage, rightCaller, sharedStage, spare } from '../support/stage.ts';

const KB = 1024;
const PEOPLE: readonly Endpoint[] = [createPerson, mendPerson];
const LARGE: readonly Endpoint[] = [issueCredential, createPresentation, setPolicyPack];

/** So many at once that they are more than an allowance of one a second, however slow the machine is. */
const MANY = 24;

const stage = sharedStage();

describe('a body', () => {
  for (const endpoint of contract.filter(({ body }) => body !== undefined)) {
    const limit = (PEOPLE.includes(endpoint) ? 512 : LARGE.includes(endpoint) ? 128 : 16) * KB;

    test(`at ${endpoint.id} is read up to ${limit / KB} kB`, async () => {
      assert.notEqual((await sized(endpoint, limit)).status, 413);
    });

    test(`at ${endpoint.id} is too large from one byte above ${limit / KB} kB, said beforehand or not`, async () => {
      const chunked = { 'transfer-encoding': 'chunked' };
      for (const headers of [{}, chunked]) {
        assert.equal((await sized(endpoint, limit + 1, headers)).code, 'payload_too_large');
      }
    });
  }

  test('of somebody who may not send it is not read, however large', async () => {
    const body = ' '.repeat(513 * KB);
    assert.equal((await stage().client.send(createPerson, { body })).code, 'unauthenticated');
    const { terminal } = stage().tokens;
    assert.equal((await stage().client.send(createPerson, { body, token: terminal })).code, 'forbidden');
  });
});

describe('an allowance', () => {
  test('is told with each answer that it is taken from', async () => {
    const { client, tokens } = stage();
    const open = (await client.ask(getHealth, 200)).headers;
    assert.match(String(open['ratelimit-policy']), /^"address";q=20000;w=2$/);
    assert.match(String(open.ratelimit), /^"address";r=\d+;t=[12]$/);
    const keyed = (await client.ask(listPolicies, 200, { token: tokens.terminal })).headers;
    assert.match(String(keyed.ratelimit), /^"key";r=\d+;t=[12]$/);
  });

  test('belongs to a key, and the address that many keys share has none of it', async (t) => {
    const { running, one, other } = await shop(t, { TERMINAL_RATE: '1' });
    const client = clientOf(running.url);
    const answers = await atOnce(() => client.send(listPolicies, { token: one }));
    limited(answers);
    await client.ask(listPolicies, 200, { token: other });
    await client.ask(getHealth, 200);
  });

  test('belongs to an address where there is no key, and those with a key have their own', async (t) => {
    const { running, one } = await shop(t, { ADDRESS_RATE: '1' });
    const client = clientOf(running.url);
    limited(await atOnce(() => client.send(getHealth)));
    await client.ask(listPolicies, 200, { token: one });
  });

  test("of an address pays for wrong keys and other people's, so that none is guessed fast", async (t) => {
    const { running, one } = await shop(t, { ADDRESS_RATE: '1' });
    const client = clientOf(running.url);
    const wrong = await atOnce((at) =>
      client.send(listPolicies, { token: `cp_live_${String(at).padEnd(46, 'x')}` }),
    );
    limited(wrong, 401);
    await client.ask(listPolicies, 200, { token: one });
  });

  test('of an address pays for keys that are shown at the wrong door', async (t) => {
    const { running, one } = await shop(t, { ADDRESS_RATE: '1' });
    const client = clientOf(running.url);
    limited(await atOnce(() => client.send(createPerson, { token: one })), 403);
  });

  test('of a copy pays for its presentations, once its signature was found good', async (t) => {
    const scene = await openStage(t, { COPY_RATE: '1' });
    const { client, tokens } = scene;
    const [copy, other] = await copies(scene, tokens.holder, 2);
    const json = { presentation: await presentationOf(scene, copy!) };
    const answers = await atOnce(() => client.send(createPresentation, { json }));
    limited(
      answers.filter(({ status }) => status !== 422),
      201,
    );
    const another = { presentation: await presentationOf(scene, other!) };
    await client.ask(createPresentation, 201, { json: another });
    const forged = { presentation: json.presentation.replace('.', '.AAAA') };
    const strangers = await atOnce(() => client.send(createPresentation, { json: forged }));
    assert.ok(strangers.every(({ code }) => code === 'invalid_presentation'));
  });

  test('is told to wallets in their own way', async (t) => {
    const running = await runService(t, { ADDRESS_RATE: '1' });
    const client = clientOf(running.url);
    const answers = await atOnce(() => client.send(getNonce));
    limited(answers);
    const refused = answers.filter(({ code }) => code !== null).map(({ body }) => body as { error: string });
    assert.ok(refused.every(({ error }) => error === 'rate_limited'));
  });
});

/** Answers to as many requests at once as no small allowance has room for. */
function atOnce(ask: (at: number) => Promise<Answer>): Promise<readonly Answer[]> {
  return Promise.all(Array.from({ length: MANY }, (_, at) => ask(at)));
}

/** Some were answered, the others were told when to come again. */
function limited(answers: readonly Answer[], status = 200): void {
  const refused = answers.filter(({ code }) => code === 'rate_limited');
  assert.ok(refused.length > 0, 'nobody was limited');
  assert.ok(refused.length < answers.length, 'everybody was limited');
  for (const answer of answers.filter(({ code }) => code !== 'rate_limited'))
    assert.equal(answer.status, status);
  for (const { headers } of refused) assert.ok(Number(headers['retry-after']) <= 2);
}

/** A body of exactly so many bytes, in which there is little. */
async function sized(
  endpoint: Endpoint,
  bytes: number,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const params = await spare(stage(), endpoint);
  const form = endpoint.body?.media !== 'application/json';
  const body = form ? 'a='.padEnd(bytes, 'x') : '{}'.padEnd(bytes);
  const caller = await rightCaller(stage(), endpoint);
  const sent = { ...caller, params, body, headers: { ...caller.headers, ...headers } };
  return stage().client.send(endpoint, sent);
}

/** A service with two tills and low limits: nothing is spent of them. */
async function shop(t: Parameters<typeof runService>[0], settings: Record<string, string>) {
  const running = await runService(t, settings);
  const { retailers, terminals } = running.service;
  const retailer = await retailers.register({ name: 'Shop', permitted: ['age_over_18'] }, 'system');
  const asked = { name: 'Till', store: null, live: true };
  const [one, other] = [
    await terminals.add(retailer.id, asked, 'system'),
    await terminals.add(retailer.id, asked, 'system'),
  ];
  return { running, one: one.key, other: other.key };
}
