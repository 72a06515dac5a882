import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listAuditEvents } from '../../src/audit/endpoints.ts';
import * as issuance from '../../src/issuance/endpoints.ts';
import { listPasskeys } from '../../src/passkeys/endpoints.ts';
import { erasePerson, suspendPerson } from '../../src/people/endpoints.ts';
import { createPresentation } from '../../src/presentation/endpoints.ts';
import { registerRetailer } from '../../src/retailers/endpoints.ts';
import { addTerminal } from '../../src/retailers/terminals/endpoints.ts';
import { createVerification } from '../../src/verification/endpoints.ts';
import * as wallets from '../../src/wallets/endpoints.ts';
import { copies, GRANT, presentationOf } from '../support/client.ts';
import {
  FIVE_MINUTES,
  type PasskeyHolder,
  type PasskeyScene,
  passkeyHolder,
  passkeyScene,
  signedIn,
  somebody,
  tryToRegister,
  tryToSignIn,
} from '../support/passkeys.ts';

/** What redeems the offer that a holder asks for. */
async function offered({ client }: PasskeyScene, token: string, json: object = {}) {
  const { body } = await client.ask(issuance.makeWalletOffer, 201, { token, json });
  const link = new URL(body.offer_uri).searchParams.get('credential_offer_uri') ?? '';
  const params = { reference: link.slice(link.lastIndexOf('/') + 1) };
  const { grants } = (await client.ask(issuance.readOffer, 200, { params })).body;
  const grant = (grants as Record<string, Record<string, string>>)[GRANT] ?? {};
  return {
    body,
    grant,
    form: { grant_type: GRANT, 'pre-authorized_code': grant['pre-authorized_code'] ?? '' },
  };
}

async function redeemed({ client }: PasskeyScene, form: Record<string, string>): Promise<string> {
  return (await client.ask(issuance.redeemOffer, 200, { form })).body.access_token;
}

async function walletsOf({ client }: PasskeyScene, { token }: Pick<PasskeyHolder, 'token'>) {
  return (await client.ask(wallets.listWallets, 200, { token })).body.data;
}

/** Two wallets of one person, the second on the phone in hand. */
async function twoPhones(scene: PasskeyScene) {
  const person = await somebody(scene);
  return { lost: await passkeyHolder(scene, person), here: await passkeyHolder(scene, person) };
}

test('a wallet asks for a refill without a transaction code, and no second wallet is made', async (t) => {
  const scene = await passkeyScene(t);
  const holder = await passkeyHolder(scene);
  const { body, grant, form } = await offered(scene, holder.token);
  assert.deepEqual([body.tx_code, 'tx_code' in grant], [null, false]);
  assert.match(body.wallet_url, /\/wallet#offer=openid-credential-offer/);
  const access = await redeemed(scene, form);
  assert.equal((await copies(scene, access, 2)).length, 2);
  assert.deepEqual(
    (await walletsOf(scene, holder)).map(({ id }) => id),
    [holder.wallet],
  );
  await scene.client.ask(issuance.redeemOffer, 400, { form });
});

test('the access token of a refill registers no passkey', async (t) => {
  const scene = await passkeyScene(t);
  const holder = await passkeyHolder(scene);
  const token = await redeemed(scene, (await offered(scene, holder.token)).form);
  await assert.rejects(tryToRegister(scene, token), /verification_required/);
});

test('a holder who signs in on a new phone enrols a new wallet there, and locks the old one', async (t) => {
  const scene = await passkeyScene(t);
  const old = await passkeyHolder(scene);
  const session = await signedIn(scene, old.authenticator);
  const { form } = await offered(scene, session.token, { for: 'new_wallet' });
  const access = await redeemed(scene, form);
  const { answer } = await tryToRegister(scene, access);
  assert.equal(answer.status, 201, answer.text);
  const { token } = (answer.body as { session: { token: string } }).session;
  const all = await walletsOf(scene, { token });
  assert.deepEqual([all.length, all[1]?.id], [2, old.wallet]);
  const locked = await scene.client.ask(wallets.lockWallet, 200, { token, params: { id: old.wallet } });
  assert.equal(locked.body.state, 'locked');
  assert.deepEqual(
    (await walletsOf(scene, { token })).map(({ state }) => state),
    ['active', 'locked'],
  );
});

test('an offer to a wallet lives ten minutes', async (t) => {
  const scene = await passkeyScene(t);
  const { token } = await passkeyHolder(scene);
  const [early, late] = [await offered(scene, token), await offered(scene, token)];
  scene.running.pass(2 * FIVE_MINUTES - 5_000);
  await redeemed(scene, early.form);
  scene.running.pass(5_000);
  assert.equal(
    (await scene.client.ask(issuance.redeemOffer, 400, { form: late.form })).code,
    'invalid_grant',
  );
});

test('a transaction code that the offer does not take is refused as such, and the offer stays open', async (t) => {
  const scene = await passkeyScene(t);
  const { form } = await offered(scene, (await passkeyHolder(scene)).token);
  const wrong = await scene.client.ask(issuance.redeemOffer, 400, { form: { ...form, tx_code: '123456' } });
  assert.equal(wrong.code, 'invalid_request');
  await redeemed(scene, form);
});

test('an offer takes a session that began less than five minutes ago', async (t) => {
  const scene = await passkeyScene(t);
  const { token, access } = await passkeyHolder(scene);
  scene.running.pass(FIVE_MINUTES);
  const { client } = scene;
  const stale = await client.send(issuance.makeWalletOffer, { token, json: {} });
  assert.equal(stale.code, 'verification_required');
  const early = await client.send(issuance.makeWalletOffer, { token: access, json: {} });
  assert.equal(early.code, 'forbidden');
});

test('a person who is suspended is offered nothing', async (t) => {
  const scene = await passkeyScene(t);
  const { token, person } = await passkeyHolder(scene);
  const json = suspendPerson.body.example;
  await scene.client.ask(suspendPerson, 200, { token: scene.admin, params: { id: person }, json });
  const { code } = await scene.client.ask(issuance.makeWalletOffer, 409, { token, json: {} });
  assert.equal(code, 'conflict');
});

test('a holder sees the wallets of one person alone, whoever else is named', async (t) => {
  const scene = await passkeyScene(t);
  const { lost, here } = await twoPhones(scene);
  const stranger = await passkeyHolder(scene);
  const query = `person_id=${stranger.person}`;
  const { data } = (await scene.client.ask(wallets.listWallets, 200, { token: here.token, query })).body;
  assert.deepEqual(
    data.map(({ id }) => id),
    [here.wallet, lost.wallet],
  );
});

test('locking a wallet ends its sessions, passkeys, offers and tokens, and nothing of another', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const { lost, here } = await twoPhones(scene);
  const open = [await offered(scene, lost.token), await offered(scene, lost.token, { for: 'new_wallet' })];
  const kept = await offered(scene, here.token);
  await client.ask(wallets.lockWallet, 200, { token: here.token, params: { id: lost.wallet } });
  await client.ask(listPasskeys, 401, { token: lost.token });
  await client.ask(issuance.issueCredential, 401, { token: lost.access, json: {} });
  assert.equal((await tryToSignIn(scene, lost.authenticator)).answer.code, 'invalid_request');
  for (const { form } of open) await client.ask(issuance.redeemOffer, 400, { form });
  await redeemed(scene, kept.form);
  await client.ask(listPasskeys, 200, { token: here.token });
});

test('a holder locks no wallet of somebody else, and none with a stale session', async (t) => {
  const scene = await passkeyScene(t);
  const { client } = scene;
  const [holder, stranger] = [await passkeyHolder(scene), await passkeyHolder(scene)];
  const lock = (id: string) => client.send(wallets.lockWallet, { token: holder.token, params: { id } });
  assert.equal((await lock(stranger.wallet)).code, 'not_found');
  scene.running.pass(FIVE_MINUTES);
  assert.equal((await lock(holder.wallet)).code, 'verification_required');
});

test('a lock code alone locks its wallet, in any spelling, and again changes nothing', async (t) => {
  const scene = await passkeyScene(t);
  const { client, admin } = scene;
  const { lost, here } = await twoPhones(scene);
  const [copy] = await copies(scene, lost.access, 1);
  assert.ok(copy);
  const json = { presentation: await presentationOf(scene, copy) };
  const { ticket } = (await client.ask(createPresentation, 201, { json })).body;
  const typed = ` ${lost.lockCode.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
  for (const lock_code of [typed, lost.lockCode]) {
    const { body } = await client.ask(wallets.lockByCode, 200, { json: { lock_code } });
    assert.deepEqual(body, { locked: true });
  }
  await client.ask(listPasskeys, 401, { token: lost.token });
  assert.deepEqual(
    (await walletsOf(scene, here)).map(({ state }) => state),
    ['active', 'locked'],
  );
  assert.equal(await reasonOf(scene, ticket), 'revoked');
  const { data } = (await client.ask(listAuditEvents, 200, { token: admin })).body;
  const events = data.filter(({ action }) => action === 'wallet.locked');
  assert.deepEqual(
    events.map(({ actor, subject }) => [actor, subject]),
    [['wallet', lost.wallet]],
  );
});

async function reasonOf({ client, admin }: PasskeyScene, token: string) {
  const shop = { name: 'Corner Shop', permitted_claims: ['age_over_18'] };
  const { id } = (await client.ask(registerRetailer, 201, { token: admin, json: shop })).body;
  const till = { token: admin, params: { id }, json: { name: 'Till', live: true } };
  const { key } = (await client.ask(addTerminal, 201, till)).body;
  const json = { token, ask: { claims: ['age_over_18'] } };
  return (await client.ask(createVerification, 201, { token: key, json })).body.reason;
}

test('a lock code of no wallet, or that cannot be one, is refused in the same words', async (t) => {
  const scene = await passkeyScene(t);
  const { lockCode, token } = await passkeyHolder(scene);
  const wrong = lockCode.replace(/.$/, (last) => (last === '7' ? '8' : '7'));
  const words = new Set<string>();
  for (const lock_code of [wrong, '', 'nonsense', '0000-0000-0000', `${lockCode}0`]) {
    const { body } = await scene.client.ask(wallets.lockByCode, 400, { json: { lock_code } });
    words.add(JSON.stringify([body.detail, body.errors]));
  }
  assert.equal(words.size, 1);
  assert.match([...words].join(), /\/lock_code.*wrong_code/);
  await scene.client.ask(listPasskeys, 200, { token });
});

test('lock codes are tried on one account by everybody together', async (t) => {
  const scene = await passkeyScene(t);
  const json = { lock_code: '0000-0000-0000' };
  const tries = Array.from({ length: 120 }, () => scene.client.send(wallets.lockByCode, { json }));
  const codes = (await Promise.all(tries)).map(({ code }) => code);
  assert.ok(codes.includes('rate_limited'));
  assert.ok(codes.includes('invalid_request'));
});

test('erasing a person leaves no passkey, session, challenge, offer or lock code behind', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running, admin } = scene;
  const holder = await passkeyHolder(scene);
  await offered(scene, holder.token);
  await client.ask(listPasskeys, 200, { token: holder.token });
  const traces = [holder.wallet, holder.passkey, holder.session, holder.authenticator.id];
  const before = await running.databaseBytes();
  for (const trace of traces) assert.ok(before.includes(trace), 'the search can find what is there');
  await client.ask(erasePerson, 204, { token: admin, params: { id: holder.person } });
  await client.ask(listPasskeys, 401, { token: holder.token });
  assert.equal((await tryToSignIn(scene, holder.authenticator)).answer.code, 'invalid_request');
  const { code } = await client.ask(wallets.lockByCode, 400, { json: { lock_code: holder.lockCode } });
  assert.equal(code, 'invalid_request');
  const after = await running.databaseBytes();
  // The audit log keeps the ids of wallets: they say of nobody whose they were.
  for (const trace of traces.slice(1)) assert.ok(!after.includes(trace), trace);
});
