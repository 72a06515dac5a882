import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import type { CryptoKey } from 'jose';
import { call as demand } from '../../../src/cli/demo/call.ts';
import { parseSdJwt } from '../../../src/formats/sd-jwt/parse.ts';
import { SAMPLE_PERSON } from '../../../src/judgement/sample-person.ts';
import { type Became, follow, lookOnce } from '../../../src/web/wallet/became.ts';
import type { Fetch, Init } from '../../../src/web/wallet/call.ts';
import { call } from '../../../src/web/wallet/call.ts';
import { choicesOf } from '../../../src/web/wallet/choice.ts';
import { copiesLeft } from '../../../src/web/wallet/face.ts';
import { findIssuer } from '../../../src/web/wallet/issuer.ts';
import { readOffer, readOfferLink } from '../../../src/web/wallet/offer.ts';
import { present } from '../../../src/web/wallet/present.ts';
import { collectCopies, freshNonce, keepableTypes, redeem } from '../../../src/web/wallet/redeem.ts';
import { sealingKey } from '../../../src/web/wallet/seal.ts';
import { beginVault, openVault, readFace } from '../../../src/web/wallet/vault.ts';
import { ADA, offeredPerson, shopWith } from '../../support/people.ts';
import { runService } from '../../support/service.ts';
import { memoryShelf } from './support/memory-shelf.ts';

/** A phone whose every request is written down, and an offer that waits for it. */
async function scene(t: TestContext, facts: object = { ...ADA, portrait: SAMPLE_PERSON.portrait }) {
  const running = await runService(t);
  const person = await offeredPerson(running, facts);
  const asked: { url: string; init: Init }[] = [];
  const recording: Fetch = (url, init) => {
    asked.push({ url, init });
    return fetch(url, init);
  };
  const world = { now: running.now, random: (length: number) => new Uint8Array(randomBytes(length)) };
  const link = readOfferLink(person.offerUri);
  assert.ok(link?.kind === 'address');
  const offer = readOffer((await call(recording, link.url))?.body);
  assert.ok(offer !== null);
  const issuer = await findIssuer(recording, offer.issuer);
  assert.ok(typeof issuer === 'object');
  return { running, person, asked, fetch: recording, world, offer, issuer };
}

/** The same phone with all its copies in a vault. */
async function enrolled(t: TestContext, facts?: object) {
  const here = await scene(t, facts);
  const { fetch, world, issuer, offer, person } = here;
  const redeemed = await redeem(fetch, issuer, offer, person.txCode);
  assert.ok(typeof redeemed === 'object');
  const shelf = memoryShelf();
  const key = await sealingKey(new Uint8Array(32).fill(5), new Uint8Array(16));
  const lock = { kind: 'sealed', passkey: 'pk', salt: new Uint8Array(16) } as const;
  const vault = await beginVault({ shelf, world }, { issuer: issuer.id, wallet: null, lock }, key);
  for (const type of keepableTypes(issuer, offer.configurations)) {
    const copies = await collectCopies({ fetch, world }, issuer, redeemed.token, type);
    assert.ok(typeof copies === 'object', String(copies));
    await vault.stock(copies);
  }
  const face = async () => (await readFace(shelf)) ?? assert.fail('there is no face');
  const show = async (at: number) => {
    const choice = choicesOf((await face()).claims).usual[at] ?? assert.fail('there is no such choice');
    const copy = (await vault.take(choice.type)) ?? assert.fail('there is no copy');
    const nonce = (await freshNonce(fetch, issuer.nonceEndpoint)) ?? assert.fail('there is no nonce');
    return {
      choice,
      copy,
      ticket: await present({ fetch, now: running.now }, copy, choice, { issuer: issuer.id, ...nonce }),
    };
  };
  const { running } = here;
  return { ...here, shelf, key, vault, face, show };
}

test('a phone finds its issuer by metadata and fills itself with copies of all that was offered', async (t) => {
  const { face, world, asked, issuer } = await enrolled(t);
  const { name, claims } = await face();
  assert.equal(name, 'Adalberta');
  assert.ok(
    claims.includes('age_over_25') && claims.includes('status_student') && claims.includes('portrait'),
  );
  assert.ok(!claims.includes('age_over_60'));
  const left = (['age', 'status', 'identity'] as const).map(
    async (type) => copiesLeft(await face(), type, world.now()).length,
  );
  assert.deepEqual(await Promise.all(left), [issuer.batchSize, issuer.batchSize, 5]);
  const told = asked.filter(({ url }) => url === issuer.notificationEndpoint);
  assert.deepEqual(
    told.map(({ init }) => JSON.parse(String(init.body)).event),
    Array(3).fill('credential_accepted'),
  );
});

test('no request of a phone carries cookies, and only what is the holder’s own carries a token', async (t) => {
  const { asked, show, issuer } = await enrolled(t);
  await show(0);
  assert.ok(asked.every(({ init }) => init.credentials === 'omit'));
  const withToken = asked.filter(({ init }) => 'authorization' in init.headers);
  const owned = new Set([issuer.credentialEndpoint, issuer.notificationEndpoint]);
  assert.ok(withToken.length > 0 && withToken.every(({ url }) => owned.has(url)));
});

test('a wrong transaction code is said to be wrong, and the right one still works', async (t) => {
  const { fetch, issuer, offer, person } = await scene(t);
  const wrong = person.txCode === '000000' ? '000001' : '000000';
  assert.equal(await redeem(fetch, issuer, offer, wrong), 'wrong_code');
  assert.equal(typeof (await redeem(fetch, issuer, offer, person.txCode)), 'object');
});

test('a phone without a network learns so at each step', async (t) => {
  const { issuer, offer, world } = await scene(t);
  const none: Fetch = () => Promise.reject(new TypeError('no network'));
  assert.equal(await findIssuer(none, issuer.id), 'unreachable');
  assert.equal(await redeem(none, issuer, offer, '123456'), 'unreachable');
  assert.equal(await freshNonce(none, issuer.nonceEndpoint), null);
  assert.equal(await collectCopies({ fetch: none, world }, issuer, 'token', 'age'), 'unreachable');
});

test('an issuer whose metadata names another is none', async (t) => {
  const { running, fetch } = await scene(t);
  const asLocalhost = running.url.replace('localhost', '127.0.0.1');
  assert.notEqual(asLocalhost, running.url);
  assert.equal(await findIssuer(fetch, asLocalhost), 'not_an_issuer');
});

test('a copy shows the chosen claim and nothing else, and the phone hears who asked', async (t) => {
  const { running, show, fetch, issuer } = await enrolled(t);
  const shop = await shopWith(running, ['age_over_18']);
  const { ticket } = await show(0);
  assert.ok(typeof ticket === 'object', String(ticket));
  const states: Became[] = [];
  const over = new AbortController();
  const followed = { issuer: issuer.id, ...ticket };
  const ended = follow(fetch, followed, over.signal, (became) => states.push(became));
  const json = { token: ticket.digits, ask: { policies: ['alcohol'] } };
  const { body } = await demand(`${running.url}/v1/verifications`, { method: 'POST', token: shop.key, json });
  assert.equal(body.outcome, 'approved');
  assert.deepEqual(body.claims, { age_over_18: true });
  await ended;
  assert.deepEqual(states.at(-1)?.state, 'used');
  assert.deepEqual(states.at(-1)?.askings[0]?.shop, { id: shop.retailer, name: 'Corner Shop' });
  assert.deepEqual(states.at(-1)?.askings[0]?.told, ['age_over_18']);
  assert.deepEqual(await lookOnce(fetch, followed), states.at(-1));
});

test('what leaves the phone holds one disclosure for an age, and its parents', async (t) => {
  const { show, asked } = await enrolled(t);
  await show(0);
  const upload = asked.find(({ url }) => url.endsWith('/v1/presentations'));
  const parsed = parseSdJwt(JSON.parse(String(upload?.init.body)).presentation);
  const names = parsed?.disclosures.map((one) => (one.kind === 'member' ? one.name : '?'));
  assert.deepEqual(
    names?.filter((name) => name !== 'age_equal_or_over'),
    ['18'],
  );
});

test('a name and a face go together for a parcel, without a birthday', async (t) => {
  const { running, show } = await enrolled(t);
  const shop = await shopWith(running, ['given_name', 'family_name', 'portrait']);
  const { ticket } = await show(3);
  assert.ok(typeof ticket === 'object');
  const ask = { claims: ['given_name', 'family_name'], portrait: true };
  const json = { token: ticket.digits, ask };
  const { body } = await demand(`${running.url}/v1/verifications`, { method: 'POST', token: shop.key, json });
  assert.equal(body.outcome, 'approved', JSON.stringify(body));
  assert.deepEqual(Object.keys(body.claims as object).sort(), ['family_name', 'given_name', 'portrait']);
});

test('a copy that was taken is gone, even if the phone dies the moment after', async (t) => {
  const { vault, shelf, face, world } = await enrolled(t, { ...ADA, statuses: [] });
  const before = shelf.things.size;
  const first = await vault.take('age');
  const second = await vault.take('age');
  assert.notEqual(first?.id, second?.id);
  assert.equal(shelf.things.size, before - 4);
  for (let left = 28; left > 0; left--) assert.ok(await vault.take('age'));
  assert.equal(await vault.take('age'), null);
  assert.equal(copiesLeft(await face(), 'age', world.now()).length, 0);
});

test('a phone keeps nothing readable of a credential, and its device keys cannot be read out', async (t) => {
  const { shelf, key, world } = await enrolled(t);
  for (const [name, value] of shelf.things) {
    if (name.startsWith('key/')) assert.equal((value as CryptoKey).extractable, false);
    else if (name !== 'face') assert.ok(value instanceof Uint8Array, name);
  }
  const readable = JSON.stringify(shelf.things.get('face'));
  assert.doesNotMatch(readable, /Quillfeather|1991-04-07|DOC-7781/);
  const another = await sealingKey(new Uint8Array(32).fill(6), new Uint8Array(16));
  assert.equal(await openVault({ shelf, world }, another), null);
  assert.notEqual(await openVault({ shelf, world }, key), null);
});

for (const [state, why] of [
  ['suspend', 'suspended'],
  ['revoke', 'revoked'],
] as const) {
  test(`a copy of somebody who is ${why} is refused, and the phone says which it is`, async (t) => {
    const { running, person, show } = await enrolled(t);
    const token = running.adminKey;
    const address = `${running.url}/v1/people/${person.id}/${state}`;
    await demand(address, { method: 'POST', token, json: { reason: 'lost_document' } });
    assert.equal((await show(0)).ticket, why);
  });
}

test('a phone whose clock is wrong by an hour still shows, by the clock of the service', async (t) => {
  const { vault, fetch, running, issuer, face } = await enrolled(t);
  const choice = choicesOf((await face()).claims).usual[0] ?? assert.fail();
  const copy = (await vault.take('age')) ?? assert.fail();
  const now = () => new Date(running.now().getTime() + 3_600_000);
  const nonce = (await freshNonce(fetch, issuer.nonceEndpoint)) ?? assert.fail();
  const ticket = await present({ fetch, now }, copy, choice, { issuer: issuer.id, ...nonce });
  assert.ok(typeof ticket === 'object', String(ticket));
  const life = ticket.expiresAt - ticket.shownFrom;
  assert.ok(life > 55_000 && life <= 58_000, String(life));
});
