import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { call as demand } from '../../../src/cli/demo/call.ts';
import { fill, lockPhone, lookUp } from '../../../src/web/wallet/enrol.ts';
import { copiesLeft } from '../../../src/web/wallet/face.ts';
import { lockOne, lockWithCode, ownWallets } from '../../../src/web/wallet/lost.ts';
import { readOfferLink } from '../../../src/web/wallet/offer.ts';
import { redeem } from '../../../src/web/wallet/redeem.ts';
import { ownOffer, refill } from '../../../src/web/wallet/refill.ts';
import { sendReport } from '../../../src/web/wallet/report.ts';
import { endOne, ownSessions } from '../../../src/web/wallet/sessions.ts';
import { signIn } from '../../../src/web/wallet/sign-in.ts';
import { topUp } from '../../../src/web/wallet/top-up.ts';
import { openWith, unlock } from '../../../src/web/wallet/unlock.ts';
import { readFace } from '../../../src/web/wallet/vault.ts';
import { ADA, offeredPerson, shopWith } from '../../support/people.ts';
import { runService } from '../../support/service.ts';
import { type MadeUpPhone, madeUpPhone } from './support/made-up-phone.ts';

async function offered(t: TestContext, yields: MadeUpPhone['yields'] = 'at once') {
  const running = await runService(t);
  const person = await offeredPerson(running, { ...ADA, statuses: [] });
  const phone = madeUpPhone(running);
  phone.yields = yields;
  const link = readOfferLink(person.offerUri) ?? assert.fail('there is no offer');
  const found = await lookUp(phone, link);
  assert.ok(typeof found === 'object', String(found));
  const redeemed = await redeem(phone.fetch, found.issuer, found.offer, person.txCode);
  assert.ok(typeof redeemed === 'object');
  return { running, person, phone, link, found, token: redeemed.token };
}

async function enrolled(t: TestContext, yields?: MadeUpPhone['yields']) {
  const here = await offered(t, yields);
  const locked = await lockPhone(here.phone, here.found.issuer, here.token);
  assert.ok(typeof locked === 'object', String(locked));
  assert.equal(await fill(here.phone, { ...here.found, token: here.token }, locked.vault), null);
  const face = async () => (await readFace(here.phone.shelf)) ?? assert.fail('there is no face');
  const session = (await locked.vault.session()) ?? assert.fail('there is no session');
  return { ...here, ...locked, face, session };
}

for (const [yields, kind] of [
  ['at once', 'sealed'],
  ['when used', 'sealed'],
  ['never', 'gate'],
] as const) {
  test(`a phone whose passkey yields its secret ${yields} is locked by a ${kind} and opens again`, async (t) => {
    const { phone, face, lock, lockCode } = await enrolled(t, yields);
    assert.equal(lock.kind, kind);
    assert.match(lockCode ?? '', /^\w{4}-\w{4}-\w{4}$/);
    const opened = await unlock(phone, await face());
    assert.ok(typeof opened === 'object');
    assert.notEqual(await opened.take('age'), null);
  });
}

test('a finger that is not the owner’s opens nothing and makes no wallet', async (t) => {
  const { phone, found, token } = await offered(t);
  phone.finger = 'stranger';
  assert.equal(await lockPhone(phone, found.issuer, token), 'refused');
  assert.equal(phone.shelf.things.size, 0);
  phone.finger = 'owner';
  assert.equal(typeof (await lockPhone(phone, found.issuer, token)), 'object');
  const face = (await readFace(phone.shelf)) ?? assert.fail();
  phone.finger = 'stranger';
  assert.equal(await unlock(phone, face), 'refused');
});

test('another passkey does not open the vault, though its owner touched it', async (t) => {
  const { phone, face, running } = await enrolled(t);
  const touch = await madeUpPhone(running).passkeys.unlock('');
  assert.ok(typeof touch === 'object');
  assert.equal(await openWith(phone, touch), 'wrong_passkey');
  const { passkey } = (await face()).lock;
  assert.equal(await openWith(phone, { ...touch, passkey }), 'wrong_passkey');
});

test('an offer that was redeemed is gone, and one of another service is not taken', async (t) => {
  const { phone, link } = await enrolled(t);
  assert.equal(await lookUp(phone, link), 'gone');
  assert.equal(await lookUp({ ...phone, origin: 'https://other.example' }, link), 'other_service');
  assert.equal(await lookUp(phone, { kind: 'value', offer: {} }), 'not_an_offer');
});

test('a wallet refills with its session while that is fresh, and is told to sign in when it is not', async (t) => {
  const { phone, vault, session, face, running } = await enrolled(t);
  assert.equal(await refill(phone, vault, session), null);
  assert.equal(copiesLeft(await face(), 'age', running.now()).length, 60);
  running.pass(301_000);
  assert.equal(await refill(phone, vault, session), 'stale');
  const signed = await signIn(phone);
  assert.ok(typeof signed === 'object', String(signed));
  assert.equal(signed.wallet, (await face()).wallet);
  assert.equal(await refill(phone, vault, signed.session), null);
});

test('a wallet tops itself up only where few copies are left and the owner was just verified', async (t) => {
  const { phone, vault, face, running } = await enrolled(t);
  assert.equal(await topUp(phone, await face(), vault), false);
  for (let shown = 0; shown < 23; shown++) await vault.take('age');
  const low = await face();
  assert.equal(await topUp(phone, low, vault), true);
  running.pass(301_000);
  assert.equal(await topUp(phone, low, vault), false);
});

test('a wallet for a new phone is offered to whoever signed in', async (t) => {
  const { phone, session } = await enrolled(t);
  const found = await ownOffer(phone, session, 'new_wallet');
  assert.ok(typeof found === 'object');
  assert.equal(found.offer.txCode, null);
});

test('the lock code locks the wallet from anywhere, in whatever case it is typed', async (t) => {
  const { phone, lockCode, running, session } = await enrolled(t);
  const other = madeUpPhone(running);
  assert.equal(await lockWithCode(other, 'AAAA-AAAA-AAAA'), 'wrong_code');
  assert.equal(await lockWithCode(other, (lockCode ?? '').toLowerCase()), 'locked');
  assert.equal(await ownWallets(phone, session), null);
  assert.equal(await signIn(phone), 'unknown_passkey');
});

test('an own wallet is locked with a session', async (t) => {
  const { phone, session, face } = await enrolled(t);
  const [wallet] = (await ownWallets(phone, session)) ?? [];
  assert.deepEqual([wallet?.id, wallet?.state], [(await face()).wallet, 'active']);
  assert.equal(await lockOne(phone, session, wallet?.id ?? ''), true);
  assert.equal(await lockOne(phone, session, wallet?.id ?? ''), false);
});

test('sessions are listed and ended; one that is over is told to sign in again', async (t) => {
  const { phone, session } = await enrolled(t);
  const signed = await signIn(phone);
  assert.ok(typeof signed === 'object');
  const listed = await ownSessions(phone, signed.session);
  assert.ok(Array.isArray(listed) && listed.length === 2);
  const other = listed.find(({ current }) => !current) ?? assert.fail();
  assert.equal(await endOne(phone, signed.session, other), true);
  assert.equal(await ownSessions(phone, session), 'stale');
});

test('a report names the shop and what it asked, and nobody else', async (t) => {
  const { phone, running } = await enrolled(t);
  const { retailer } = await shopWith(running, ['age_over_18']);
  assert.equal(await sendReport(phone, { shop: retailer, asked: ['birth_date'], words: ' ' }), true);
  const { body } = await demand(`${running.url}/v1/reports`, { token: running.adminKey });
  const [report] = body.data as readonly { asked: readonly string[]; words: string | null }[];
  assert.deepEqual([report?.asked, report?.words], [['birth_date'], null]);
  assert.equal(await sendReport(phone, { shop: 'ret_0', asked: ['birth_date'], words: '' }), false);
});

test('without a network each of these says so', async (t) => {
  const { phone, session, running } = await enrolled(t);
  await running.stop();
  assert.equal(await signIn(phone), 'unreachable');
  assert.equal(await lockWithCode(phone, 'AAAA-AAAA-AAAA'), 'unreachable');
  assert.equal(await ownOffer(phone, session, 'this_wallet'), 'unreachable');
  assert.equal(await ownSessions(phone, session), null);
});
