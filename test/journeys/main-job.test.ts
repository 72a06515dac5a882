import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { call } from '../../src/cli/demo/call.ts';
import { type Copy, makeHolder } from '../../src/cli/demo/holder.ts';
import type { ClaimPath } from '../../src/formats/sd-jwt/reveal.ts';
import { SAMPLE_PERSON } from '../../src/judgement/sample-person.ts';
import { testToken } from '../../src/judgement/test-token.ts';
import { ADA, offeredPerson, shopWith } from '../support/people.ts';
import { type RunningService, runService } from '../support/service.ts';

const only =
  (...names: readonly string[]) =>
  (path: ClaimPath): boolean =>
    names.includes(String(path.at(-1)));

async function scene(t: Parameters<typeof runService>[0], permitted: readonly string[]) {
  const running = await runService(t);
  const shop = await shopWith(running, permitted);
  const person = await offeredPerson(running, { ...ADA, portrait: SAMPLE_PERSON.portrait });
  const holder = makeHolder(running.url, running.now);
  const wallet = await holder.enrol(person.offerUri, person.txCode, 5);
  const copy = (type: string, at = 0): Copy => wallet[type]?.[at] ?? assert.fail(`there is no ${type} copy`);
  const ask = asker(running, shop.key);
  return { running, shop, person, holder, copy, ask };
}

function asker({ url }: RunningService, token: string) {
  return (ticket: string, ask: object, more: object = {}) =>
    call(`${url}/v1/verifications`, { method: 'POST', token, json: { token: ticket, ask, ...more } });
}

test('a till learns that somebody is over 18, and nothing else', async (t) => {
  const { running, holder, copy, ask } = await scene(t, ['age_over_18']);
  const shown = await holder.show(copy('age'), only('18'));
  const { status, body } = await ask(shown.ticket, { policies: ['alcohol'] }, { reference: 'till 4' });
  const { id, presented_at, checked_at, ...rest } = body;
  assert.equal(status, 201);
  assert.match(String(id), /^ver_/);
  assert.ok(String(presented_at) <= String(checked_at));
  assert.deepEqual(rest, {
    object: 'verification',
    livemode: true,
    outcome: 'approved',
    reason: null,
    next_step: 'sell',
    claims: { age_over_18: true },
    proof: 'ticket',
    freshness: null,
    receipt_url: `${running.url}/v1/verifications/${String(id)}/receipt`,
    reference: 'till 4',
  });
});

test('the holder learns who asked what and was told what, and the stream says so as it happens', async (t) => {
  const { running, shop, holder, copy, ask } = await scene(t, ['age_over_18']);
  const shown = await holder.show(copy('age'), only('18'));
  assert.equal((await holder.whatBecame(shown)).body.state, 'waiting');

  const response = await fetch(`${running.url}/v1/presentations/${shown.id}`, {
    headers: { authorization: `Bearer ${shown.secret}`, accept: 'text/event-stream' },
  });
  const events = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  assert.ok(events);
  assert.match((await events.read()).value ?? '', /"state":"waiting"/);
  await ask(shown.ticket, { claims: ['age_over_18'] });
  assert.match((await events.read()).value ?? '', /"state":"used"/);
  assert.equal((await events.read()).done, true);

  const { body } = await holder.whatBecame(shown);
  const [asking] = body.askings as readonly Record<string, unknown>[];
  assert.equal(body.state, 'used');
  assert.deepEqual(asking?.retailer, { id: shop.retailer, name: 'Corner Shop' });
  assert.deepEqual(asking?.asked, ['age_over_18']);
  assert.deepEqual(asking?.told, { age_over_18: true });
});

test('a parcel is handed over to the face on the portrait, which the answer carries once', async (t) => {
  const claims = ['family_name', 'given_name', 'portrait'];
  const { running, shop, holder, copy, ask } = await scene(t, claims);
  const shown = await holder.show(copy('identity'), only(...claims));
  const { body } = await ask(shown.ticket, { policies: ['parcel_pickup'] });
  assert.equal(body.next_step, 'compare_portrait');
  const answered = body.claims as Record<string, string>;
  assert.equal(answered.family_name, ADA.family_name);
  assert.equal(answered.given_name, ADA.given_name);
  assert.match(answered.portrait ?? '', /^data:image\/jpeg;base64,/);

  const again = await call(`${running.url}/v1/verifications/${String(body.id)}`, { token: shop.key });
  assert.deepEqual(again.body.claims, {});
  assert.equal(again.body.claims_expired, true);
  assert.equal((await ask(shown.ticket, { policies: ['parcel_pickup'] })).body.reason, 'already_used');
});

test('a holder who keeps the portrait back is asked for a new code', async (t) => {
  const { holder, copy, ask } = await scene(t, ['family_name', 'given_name', 'portrait']);
  const shown = await holder.show(copy('identity'), only('family_name', 'given_name'));
  const { body } = await ask(shown.ticket, { policies: ['parcel_pickup'] });
  assert.equal(body.reason, 'claim_not_presented');
  assert.equal(body.next_step, 'ask_for_new_code');
});

test('a screenshot shown by the next in the queue is never approved', async (t) => {
  const { running, holder, copy, ask } = await scene(t, ['age_over_18']);
  const shown = await holder.show(copy('age'), only('18'));
  const question = { claims: ['age_over_18'] };
  assert.equal((await ask(shown.ticket, question)).body.outcome, 'approved');
  assert.equal((await ask(shown.ticket, question)).body.reason, 'already_used', 'same till, no reference');
  assert.equal((await ask(shown.ticket, question, { reference: 'next' })).body.reason, 'already_used');
  const other = asker(running, (await shopWith(running, ['age_over_18'])).key);
  assert.equal((await other(shown.ticket, question)).body.reason, 'already_used', 'another till');
});

test('a scanner that fires twice gets the same approval within five seconds, and no later', async (t) => {
  const { running, holder, copy, ask } = await scene(t, ['age_over_18']);
  const shown = await holder.show(copy('age'), only('18'));
  const question = { claims: ['age_over_18'] };
  const sale = { reference: 'receipt 2231' };
  const first = await ask(shown.ticket, question, sale);
  const second = await ask(shown.ticket, question, sale);
  assert.equal(second.status, 200);
  assert.deepEqual(second.body, first.body);
  running.pass(6_000);
  assert.equal((await ask(shown.ticket, question, sale)).body.reason, 'already_used');
});

test('64 terminals that ask about one ticket at once get exactly one approval, ten times over', async (t) => {
  const { running, shop, holder, person, ask: _ask } = await scene(t, ['age_over_18']);
  const { url, adminKey: token } = running;
  const keys = await Promise.all(
    Array.from({ length: 64 }, async (_, at) => {
      const json = { name: `Till ${at}`, live: true };
      const path = `${url}/v1/retailers/${shop.retailer}/terminals`;
      return String((await call(path, { method: 'POST', token, json })).body.key);
    }),
  );
  const offer = await call(`${url}/v1/people/${person.id}/offers`, { method: 'POST', token, json: {} });
  const wallet = await holder.enrol(String(offer.body.offer_uri), String(offer.body.tx_code), 10);
  for (const copy of wallet.age ?? []) {
    const { ticket } = await holder.show(copy, only('18'));
    const answers = await Promise.all(
      keys.map((key) => asker(running, key)(ticket, { claims: ['age_over_18'] })),
    );
    const outcomes = answers.map(({ body }) => body.reason ?? body.outcome);
    assert.equal(outcomes.filter((outcome) => outcome === 'approved').length, 1);
    assert.equal(outcomes.filter((outcome) => outcome === 'already_used').length, 63);
  }
});

test('a receipt is signed by a published key, and one of a test terminal by none of them', async (t) => {
  const { running, shop, holder, copy, ask } = await scene(t, ['age_over_18']);
  const { url } = running;
  const shown = await holder.show(copy('age'), only('18'));
  const { body } = await ask(shown.ticket, { claims: ['age_over_18'] });
  const receipt = await (
    await fetch(String(body.receipt_url), { headers: { authorization: `Bearer ${shop.key}` } })
  ).text();
  const jwks = async (name: string) =>
    createLocalJWKSet((await (await fetch(`${url}/.well-known/${name}`)).json()) as JSONWebKeySet);
  const checks = { typ: 'counterproof-receipt+jwt', algorithms: ['ES256'], issuer: url };
  const { payload } = await jwtVerify(receipt, await jwks('jwks.json'), checks);
  assert.equal(payload.jti, body.id);
  assert.equal(payload.livemode, true);

  const test = await shopWith(running, ['age_over_18'], false);
  const tested = await asker(running, test.key)(testToken('approved'), { claims: ['age_over_18'] });
  assert.equal(tested.body.livemode, false);
  const testReceipt = await (
    await fetch(String(tested.body.receipt_url), { headers: { authorization: `Bearer ${test.key}` } })
  ).text();
  await assert.rejects(jwtVerify(testReceipt, await jwks('jwks.json'), checks));
  assert.equal((await jwtVerify(testReceipt, await jwks('test-jwks.json'), checks)).payload.livemode, false);
});
