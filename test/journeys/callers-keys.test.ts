import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { SCOPES } from '../../src/http/caller.ts';
import * as issuance from '../../src/issuance/endpoints.ts';
import { makeAdminKey } from '../../src/officers/make-admin-key.ts';
import { listPeople, suspendPerson } from '../../src/people/endpoints.ts';
import { createPresentation, getPresentation } from '../../src/presentation/endpoints.ts';
import { listPolicies } from '../../src/retailers/policies/endpoints.ts';
import * as terminals from '../../src/retailers/terminals/endpoints.ts';
import * as verification from '../../src/verification/endpoints.ts';
import { lockWallet } from '../../src/wallets/endpoints.ts';
import { credentialRequest, presentationOf } from '../support/client.ts';
import { deviceKeys } from '../support/holder-keys.ts';
import { openStage, type Stage } from '../support/stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('an admin key', () => {
  test('works until the moment it expires', async (t) => {
    const { running, client } = await openStage(t);
    const world = { now: running.now, random: (length: number) => new Uint8Array(randomBytes(length)) };
    const token = await makeAdminKey({ ...running.service, world }, SCOPES, new Date(Date.now() + HOUR));
    await client.ask(listPeople, 200, { token });
    running.pass(HOUR);
    assert.equal((await client.ask(listPeople, 401, { token })).code, 'unauthenticated');
  });
});

describe('a terminal', () => {
  test('is locked out the moment it is blocked, with its key and its session', async (t) => {
    const stage = await openStage(t);
    const { client, tokens } = stage;
    const till = await added(stage);
    const paired = await client.ask(terminals.pairTerminal, 201, {
      json: { pairing_code: till.pairing_code },
    });
    const ways = [till.key, paired.body.token];
    for (const token of ways) await client.ask(listPolicies, 200, { token });
    await client.ask(terminals.blockTerminal, 204, { token: tokens.officer, params: { id: till.id } });
    for (const token of ways) await client.ask(listPolicies, 401, { token });
    await client.ask(listPolicies, 200, { token: tokens.terminal });
  });

  test('works with its old key and its new one for a day, and then with the new one alone', async (t) => {
    const stage = await openStage(t);
    const { client, tokens, running } = stage;
    const till = await added(stage);
    const asked = { token: tokens.officer, params: { id: till.id } };
    const { key } = (await client.ask(terminals.rotateTerminalKey, 201, asked)).body;
    running.pass(24 * HOUR - MINUTE);
    for (const token of [till.key, key]) await client.ask(listPolicies, 200, { token });
    running.pass(MINUTE);
    await client.ask(listPolicies, 401, { token: till.key });
    await client.ask(listPolicies, 200, { token: key });
  });

  test('reads no verification of another, not even of its own shop', async (t) => {
    const stage = await openStage(t);
    const { client, params, tokens } = stage;
    const other = await added(stage);
    for (const endpoint of [verification.getVerification, verification.getReceipt]) {
      const at = params(endpoint);
      assert.equal((await client.send(endpoint, { token: tokens.terminal, params: at })).status, 200);
      assert.equal((await client.send(endpoint, { token: other.key, params: at })).code, 'not_found');
    }
    const { body } = await client.ask(verification.listVerifications, 200, { token: other.key });
    assert.deepEqual(body.data, []);
  });
});

describe("a holder's access token", () => {
  test('works for a quarter of an hour', async (t) => {
    const stage = await openStage(t);
    await fetches(stage, 200);
    stage.running.pass(15 * MINUTE);
    await fetches(stage, 401);
  });

  test('stops when its wallet is locked', async (t) => {
    const stage = await openStage(t);
    const { client, tokens, params } = stage;
    await client.ask(lockWallet, 200, { token: tokens.officer, params: params(lockWallet) });
    await fetches(stage, 401);
  });

  test('fetches nothing while the person is suspended', async (t) => {
    const stage = await openStage(t);
    const { client, tokens, params } = stage;
    const json = suspendPerson.body.example;
    await client.ask(suspendPerson, 200, { token: tokens.officer, params: params(suspendPerson), json });
    assert.equal(await fetches(stage, 400), 'credential_request_denied');
  });
});

describe('what became of a presentation', () => {
  test('is told to whoever has its secret, and to nobody else', async (t) => {
    const stage = await openStage(t);
    const { client, copy, tokens } = stage;
    const json = { presentation: await presentationOf(stage, copy) };
    const [mine, other] = [
      (await client.ask(createPresentation, 201, { json })).body,
      (await uploadAnother(stage)).body,
    ];
    const params = { id: mine.id };
    await client.ask(getPresentation, 200, { params, token: mine.secret });
    for (const token of [other.secret, tokens.holder])
      await client.ask(getPresentation, 404, { params, token });
    const { officer, terminal } = tokens;
    for (const token of [undefined, officer, terminal, 'short']) {
      await client.ask(getPresentation, 401, { params, token });
    }
  });
});

async function added({ client, tokens, params }: Stage) {
  const json = { name: 'Till 9', live: true };
  const asked = { token: tokens.officer, params: params(terminals.addTerminal), json };
  return (await client.ask(terminals.addTerminal, 201, asked)).body;
}

async function uploadAnother(stage: Stage) {
  const json = { presentation: await presentationOf(stage, stage.copy, 21) };
  return stage.client.ask(createPresentation, 201, { json });
}

/** Asks for a copy; answers the code of the refusal. */
async function fetches(stage: Stage, status: 200 | 400 | 401) {
  const json = await credentialRequest(stage, await deviceKeys(1));
  return (await stage.client.ask(issuance.issueCredential, status, { token: stage.tokens.holder, json }))
    .code;
}
