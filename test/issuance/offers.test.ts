import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identifyHolder } from '../../src/issuance/identify-holder.ts';
import type { Id } from '../../src/kernel/ids.ts';
import { refusal } from '../support/retailers-world.ts';
import {
  ADA,
  HOUR,
  MINUTE,
  OFFICER,
  offer,
  person,
  type ServiceWorld,
  serviceWorld,
  URL_OF_SERVICE,
} from '../support/world.ts';

const wrongCode = (right: string, n = 1) => String((Number(right) + n) % 1_000_000).padStart(6, '0');
const invalidGrant = refusal('invalid_grant');

async function withOffer(t: Parameters<typeof serviceWorld>[0]) {
  const w = await serviceWorld(t);
  const { id } = await person(w);
  const made = await offer(w, id);
  const redeem = (txCode = made.txCode) => w.service.issuance.redeem(made.code, txCode);
  return { w, person: id, made, redeem };
}

const holderOf = (w: ServiceWorld, token: string) =>
  identifyHolder(w.service.stores.tokens, w.world.now(), token);

test('an offer leads by its link and code to a wallet of its person, and is recorded', async (t) => {
  const { w, person: id, made, redeem } = await withOffer(t);
  const link = `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(`${URL_OF_SERVICE}/oid4vci/offers/${made.reference}`)}`;
  assert.equal(made.offerUri, link);
  assert.equal(made.walletUrl, `${URL_OF_SERVICE}/wallet#offer=${encodeURIComponent(link)}`);
  assert.match(made.txCode, /^\d{6}$/);
  assert.equal(made.expiresAt.getTime(), w.world.now().getTime() + 24 * HOUR);
  const holder = await holderOf(w, await redeem());
  assert.equal(holder?.person, id);
  const { rows } = await w.service.wallets.list({ limit: 9, after: null }, id);
  assert.deepEqual(
    rows.map(({ id: wallet, state }) => [wallet, state]),
    [[holder?.wallet, 'active']],
  );
  assert.deepEqual((await w.events()).slice(-2), [`offer.made ${made.id}`, `offer.redeemed ${made.id}`]);
});

test('an offer names the credentials that the person has, or those of them that are wanted', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w);
  const plain = await person(w, { statuses: [] });
  const past = await person(w, {
    statuses: [{ ...ADA.statuses[0]!, until: '2026-11-21' as typeof ADA.birthDate }],
  });
  const named = async (who: Id<'person'>, wanted: Parameters<typeof offer>[2] = null) => {
    const read = await w.service.issuance.readOffer((await offer(w, who, wanted)).reference);
    return (read as { credential_configuration_ids: string[] }).credential_configuration_ids;
  };
  assert.deepEqual(await named(id), ['age', 'status', 'identity']);
  assert.deepEqual(await named(id, ['identity', 'age']), ['age', 'identity']);
  assert.deepEqual(await named(plain.id), ['age', 'identity']);
  assert.deepEqual(await named(past.id), ['age', 'identity']);
  const notHers = w.service.issuance.makeOffer(plain.id, ['age', 'status'], OFFICER);
  await assert.rejects(notHers, refusal('invalid_request', '/credentials/1', 'not_entitled'));
});

test('nothing is offered to somebody suspended, revoked or not there', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w);
  const make = (who: Id<'person'>) => w.service.issuance.makeOffer(who, null, OFFICER);
  for (const change of ['suspend', 'revoke'] as const) {
    await w.service.people.changeState(id, { change, reason: 'x' }, OFFICER);
    await assert.rejects(make(id), refusal('conflict'));
  }
  await assert.rejects(make('per_none' as Id<'person'>), refusal('not_found'));
});

test('codes, references and tokens are not in the database', async (t) => {
  const { w, made, redeem } = await withOffer(t);
  const token = await redeem();
  const bytes = await w.bytes();
  assert.ok(bytes.includes(made.id));
  for (const secret of [made.code, made.reference, token]) assert.equal(bytes.includes(secret), false);
  const rows = JSON.stringify(await w.db('offers'));
  assert.equal(rows.includes(`"${made.txCode}"`), false);
});

test('the right code on the fifth try works', async (t) => {
  const { w, made, redeem } = await withOffer(t);
  for (const n of [1, 2, 3, 4]) await assert.rejects(redeem(wrongCode(made.txCode, n)), invalidGrant);
  assert.notEqual(await holderOf(w, await redeem()), null);
});

test('the fifth wrong code kills the offer, and the right one is too late', async (t) => {
  const { w, made, redeem } = await withOffer(t);
  for (const n of [1, 2, 3, 4, 5]) await assert.rejects(redeem(wrongCode(made.txCode, n)), invalidGrant);
  await assert.rejects(redeem(), invalidGrant);
  await assert.rejects(w.service.issuance.readOffer(made.reference), refusal('not_found'));
  assert.deepEqual((await w.events()).slice(-1), [`offer.killed ${made.id} too_many_codes`]);
});

test('twenty wrong codes at once count as five tries, and the right one is too late', async (t) => {
  const { w, made, redeem } = await withOffer(t);
  const tries = Array.from({ length: 20 }, (_, n) => redeem(wrongCode(made.txCode, n + 1)));
  const results = await Promise.allSettled(tries);
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 0);
  const { tries: counted, state } = await w.db('offers').first();
  assert.deepEqual([Number(counted), state], [5, 'dead']);
  await assert.rejects(redeem(), invalidGrant);
  assert.equal((await w.events()).filter((event) => event.startsWith('offer.killed')).length, 1);
});

test('of many right codes at once exactly one makes a wallet', async (t) => {
  const { w, redeem } = await withOffer(t);
  const results = await Promise.allSettled([1, 2, 3, 4].map(() => redeem()));
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const result of results) if (result.status === 'rejected') invalidGrant(result.reason);
  assert.equal((await w.db('wallets')).length, 1);
  assert.equal((await w.db('access_tokens')).length, 1);
});

test('an offer is redeemed once, and then nobody reads it', async (t) => {
  const { w, made, redeem } = await withOffer(t);
  await redeem();
  await assert.rejects(redeem(), invalidGrant);
  await assert.rejects(w.service.issuance.readOffer(made.reference), refusal('not_found'));
});

test('an offer can be redeemed for a day and no longer', async (t) => {
  const early = await withOffer(t);
  early.w.pass(24 * HOUR - 1);
  await assert.doesNotReject(early.redeem());
  const late = await withOffer(t);
  late.w.pass(24 * HOUR);
  await assert.rejects(late.redeem(), invalidGrant);
  await assert.rejects(late.w.service.issuance.readOffer(late.made.reference), refusal('not_found'));
});

test('a suspended person redeems nothing, and the same offer once reinstated', async (t) => {
  const { w, person: id, redeem } = await withOffer(t);
  await w.service.people.changeState(id, { change: 'suspend', reason: 'x' }, OFFICER);
  await assert.rejects(redeem(), invalidGrant);
  assert.equal((await w.db('wallets')).length, 0);
  await w.service.people.changeState(id, { change: 'reinstate', reason: 'x' }, OFFICER);
  await assert.doesNotReject(redeem());
});

test('every refusal to redeem says the same', async (t) => {
  const said = new Set<string>();
  const { w, person: id, made, redeem } = await withOffer(t);
  const note = async (promise: Promise<unknown>) => {
    await promise.then(
      () => assert.fail(),
      (thrown: Error) => said.add(`${thrown.message} ${JSON.stringify(thrown)}`),
    );
  };
  await note(w.service.issuance.redeem('nothing', made.txCode));
  await note(w.service.issuance.redeem(made.reference, made.txCode));
  await note(redeem(wrongCode(made.txCode)));
  await note(redeem(''));
  await w.service.people.changeState(id, { change: 'suspend', reason: 'x' }, OFFICER);
  await note(redeem());
  w.pass(24 * HOUR);
  await note(redeem());
  assert.equal(said.size, 1);
});

test("a code of one offer does not open another person's offer", async (t) => {
  const { w, made } = await withOffer(t);
  const other = await offer(w, (await person(w)).id);
  const txCode = other.txCode === made.txCode ? wrongCode(made.txCode) : other.txCode;
  await assert.rejects(w.service.issuance.redeem(made.code, txCode), invalidGrant);
  const macs = (await w.db('offers')).map(({ tx_code_mac }) => tx_code_mac);
  assert.equal(new Set(macs).size, 2);
});

test('an access token calls for a quarter of an hour, and what is not one is nobody', async (t) => {
  const { w, redeem } = await withOffer(t);
  const token = await redeem();
  w.pass(15 * MINUTE - 1);
  assert.notEqual(await holderOf(w, token), null);
  for (const other of [
    '',
    token.slice(1),
    `${token}A`,
    token.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')),
  ]) {
    assert.equal(await holderOf(w, other), null);
  }
  w.pass(1);
  assert.equal(await holderOf(w, token), null);
});
