import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { fill, lockPhone, lookUp } from '../../../src/web/wallet/enrol.ts';
import { enter } from '../../../src/web/wallet/enter.ts';
import { copiesLeft } from '../../../src/web/wallet/face.ts';
import { LockChanged } from '../../../src/web/wallet/held-shelf.ts';
import { readOfferLink } from '../../../src/web/wallet/offer.ts';
import { redeem } from '../../../src/web/wallet/redeem.ts';
import { openToRelock, setPin } from '../../../src/web/wallet/set-pin.ts';
import { signIn } from '../../../src/web/wallet/sign-in.ts';
import { openWith, unlock } from '../../../src/web/wallet/unlock.ts';
import { readFace } from '../../../src/web/wallet/vault.ts';
import { ADA, offeredPerson } from '../../support/people.ts';
import { runService } from '../../support/service.ts';
import { type MadeUpPhone, madeUpPhone } from './support/made-up-phone.ts';

const [PIN, OTHER] = ['280519', '407312'];
const ENTRY = {
  id: 'e',
  at: '2026-11-22T10:00:00Z',
  choice: 'age_over_18',
  kind: 'shown',
  shop: null,
  asked: [],
  told: [],
} as const;

async function enrolled(
  t: TestContext,
  yields: MadeUpPhone['yields'] = 'at once',
  pin: string | null = null,
) {
  const running = await runService(t);
  const person = await offeredPerson(running, { ...ADA, statuses: [] });
  const phone = madeUpPhone(running);
  phone.yields = yields;
  const found = await lookUp(phone, readOfferLink(person.offerUri) ?? assert.fail('there is no offer'));
  assert.ok(typeof found === 'object', String(found));
  const redeemed = await redeem(phone.fetch, found.issuer, found.offer, person.txCode);
  assert.ok(typeof redeemed === 'object');
  const locked = await lockPhone(phone, found.issuer, redeemed.token, pin);
  assert.ok(typeof locked === 'object', String(locked));
  assert.equal(await fill(phone, { ...found, token: redeemed.token }, locked.vault), null);
  await locked.vault.note([ENTRY]);
  const face = async () => (await readFace(phone.shelf)) ?? assert.fail('there is no face');
  const open = async (...pins: string[]) => {
    phone.pins = pins;
    return unlock(phone, await face());
  };
  const set = async (next: string | null, ...pins: string[]) => {
    phone.pins = pins;
    const opened = await openToRelock(phone, await face());
    assert.ok(typeof opened === 'object', String(opened));
    await setPin(phone, opened, next);
  };
  return { running, phone, vault: locked.vault, face, open, set };
}

for (const yields of ['at once', 'never'] as const) {
  test(`a PIN that is set, changed and dropped keeps all that is there, where the passkey yields its secret ${yields}`, async (t) => {
    const { phone, face, open, set, running } = await enrolled(t, yields);
    const left = async () => copiesLeft(await face(), 'age', running.now()).length;
    const before = new Map(phone.shelf.things);
    const copies = await left();
    await set(PIN);
    for (const [name, thing] of phone.shelf.things)
      if (thing instanceof Uint8Array) assert.notDeepEqual(thing, before.get(name), name);
    assert.equal(await open(OTHER), 'refused');
    await set(OTHER, PIN);
    assert.equal(await open(PIN), 'refused');
    await set(null, OTHER);
    const opened = await open();
    assert.ok(typeof opened === 'object', String(opened));
    assert.deepEqual(await opened.history(), [ENTRY]);
    assert.notEqual(await opened.session(), null);
    for (let taken = 0; taken < copies; taken++) assert.notEqual(await opened.take('age'), null);
    assert.equal(await left(), 0);
  });
}

test('a wallet that begins with a PIN opens by that PIN and no other', async (t) => {
  const { phone, open } = await enrolled(t, 'when used', PIN);
  assert.equal(await open(), 'refused');
  assert.equal(await open(OTHER), 'refused');
  assert.equal(typeof (await open(OTHER, PIN)), 'object');
  assert.deepEqual(phone.stood, [{ left: 4, until: null }, { left: 3, until: null }, null]);
});

test('a wrong PIN is told from a wrong passkey, which costs no try', async (t) => {
  const { phone, running } = await enrolled(t, 'at once', PIN);
  const stranger = await madeUpPhone(running).passkeys.unlock('');
  const own = await phone.passkeys.unlock('');
  assert.ok(typeof stranger === 'object' && typeof own === 'object');
  phone.pins = [PIN];
  assert.equal(await openWith(phone, stranger), 'wrong_passkey');
  assert.equal(await openWith(phone, { ...stranger, passkey: own.passkey }), 'wrong_passkey');
  assert.deepEqual([phone.stood, phone.pins], [[], [PIN]]);
});

test('after five wrong PINs even the right one waits, and nothing is erased', async (t) => {
  const { phone, open, running } = await enrolled(t, 'at once', PIN);
  const there = phone.shelf.things.size;
  assert.equal(await open(...Array(5).fill(OTHER), PIN), 'refused');
  assert.equal(phone.stood.at(-1)?.left, 0);
  running.pass(30_000);
  const opened = await open(PIN);
  assert.ok(typeof opened === 'object', String(opened));
  assert.deepEqual(await opened.history(), [ENTRY]);
  assert.equal(phone.shelf.things.size, there);
});

test('a tab that has the vault open under the old key writes nothing any more, and loses nothing', async (t) => {
  const { phone, vault, open, set, running, face } = await enrolled(t);
  await set(PIN);
  const before = new Map(phone.shelf.things);
  await assert.rejects(vault.take('age'), LockChanged);
  await assert.rejects(vault.note([{ ...ENTRY, id: 'late' }]), LockChanged);
  await assert.rejects(vault.eraseHistory(), LockChanged);
  await assert.rejects(vault.keepSession(null), LockChanged);
  await assert.rejects(vault.passes.take('age_over_18'), LockChanged);
  await assert.rejects(vault.passes.sweep(), LockChanged);
  assert.deepEqual(new Map(phone.shelf.things), before);
  const opened = await open(PIN);
  assert.ok(typeof opened === 'object');
  assert.deepEqual(await opened.history(), [ENTRY]);
  assert.equal(copiesLeft(await face(), 'age', running.now()).length, 30);
});

test('what another tab takes or writes down while everything is sealed anew is not undone', async (t) => {
  const { phone, vault, open, face, running, set } = await enrolled(t);
  const late = { ...ENTRY, id: 'late', at: '2026-11-22T11:00:00Z' };
  const { step } = phone.shelf;
  // Right behind the first look at what there is to seal, and before any of it is written.
  phone.shelf.step = async (work) => {
    phone.shelf.step = step;
    const seen = await step(work);
    for (let taken = 0; taken < 5; taken++) assert.notEqual(await vault.take('age'), null);
    await vault.note([late]);
    return seen;
  };
  await set(PIN);
  await assert.rejects(vault.note([]), LockChanged);
  const opened = await open(PIN);
  assert.ok(typeof opened === 'object');
  assert.deepEqual(await opened.history(), [late, ENTRY]);
  const left = copiesLeft(await face(), 'age', running.now()).length;
  assert.equal(left, 25);
  for (let taken = 0; taken < left; taken++) assert.notEqual(await opened.take('age'), null);
});

test('signing in is by the passkey of whoever is on the screen, and asks for their PIN before it opens anything', async (t) => {
  const { phone, face } = await enrolled(t, 'at once', PIN);
  assert.equal(await signIn(phone, 'somebody else’s'), 'refused');
  assert.equal(await enter(phone, await face()), 'refused');
  phone.pins = [PIN];
  assert.equal(typeof (await enter(phone, await face())), 'object');
});
