import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identifyHolder } from '../../src/issuance/identify-holder.ts';
import type { Id } from '../../src/kernel/ids.ts';
import { refusal } from '../support/retailers-world.ts';
import {
  copies,
  enrol,
  NOW,
  OFFICER,
  offer,
  oneCopy,
  person,
  present,
  question,
  type ServiceWorld,
  serviceWorld,
  standing,
  till,
} from '../support/world.ts';

const lock = (w: ServiceWorld, id: Id<'wallet'>) => w.service.wallets.lock(id, OFFICER);

async function twoWallets(w: ServiceWorld) {
  const { id } = await person(w);
  const [lost, kept] = [await enrol(w, id), await enrol(w, id)];
  const [lostCopies, keptCopies] = [await copies(w, lost, 'age', 2), await copies(w, kept, 'age', 2)];
  return { id, lost, kept, lostCopies: lostCopies.copies, keptCopies: keptCopies.copies };
}

test("locking a wallet makes its copies invalid, and no other wallet's", async (t) => {
  const w = await serviceWorld(t);
  const { lost, lostCopies, keptCopies } = await twoWallets(w);
  const stranger = await oneCopy(w);
  const locked = await lock(w, lost.wallet);
  assert.equal(locked.state, 'locked');
  assert.deepEqual(locked.lockedAt, NOW);
  assert.deepEqual(await standing(w, ...lostCopies, ...keptCopies, stranger.copy), [
    'revoked',
    'revoked',
    'valid',
    'valid',
    'valid',
  ]);
});

test("locking a wallet stops its access token, and no other wallet's", async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w);
  const tokens = [];
  for (const _ of [1, 2]) {
    const { code, txCode } = await offer(w, id);
    tokens.push(await w.service.issuance.redeem(code, txCode));
  }
  const who = (token: string) => identifyHolder(w.service.stores.tokens, w.world.now(), token);
  const [lost, kept] = [await who(tokens[0]!), await who(tokens[1]!)];
  await lock(w, lost!.wallet);
  assert.deepEqual([await who(tokens[0]!), await who(tokens[1]!)], [null, kept]);
});

test('a request that was let in before its wallet was locked gets nothing', async (t) => {
  const w = await serviceWorld(t);
  const holder = await enrol(w, (await person(w)).id);
  await lock(w, holder.wallet);
  await assert.rejects(copies(w, holder, 'age'), refusal('invalid_token'));
});

test('no reinstatement of the person revives a locked wallet', async (t) => {
  const w = await serviceWorld(t);
  const { id, lost, lostCopies, keptCopies } = await twoWallets(w);
  await w.service.people.changeState(id, { change: 'suspend', reason: 'lost phone' }, OFFICER);
  await lock(w, lost.wallet);
  await w.service.people.changeState(id, { change: 'reinstate', reason: 'found' }, OFFICER);
  assert.deepEqual(await standing(w, ...lostCopies, ...keptCopies), ['revoked', 'revoked', 'valid', 'valid']);
  const { rows } = await w.service.wallets.list({ limit: 10, after: null }, id);
  assert.deepEqual(
    rows.map((wallet) => wallet.state),
    ['active', 'locked'],
  );
});

test('locking a wallet again changes nothing and is recorded once', async (t) => {
  const w = await serviceWorld(t);
  const { holder, copy } = await oneCopy(w);
  const first = await lock(w, holder.wallet);
  w.pass(1);
  assert.deepEqual(await lock(w, holder.wallet), first);
  assert.deepEqual(await standing(w, copy), ['revoked']);
  const locked = (await w.events()).filter((event) => event.startsWith('wallet.locked'));
  assert.deepEqual(locked, [`wallet.locked ${holder.wallet}`]);
});

test('locking a wallet many times at once is recorded once', async (t) => {
  const w = await serviceWorld(t);
  const { holder } = await oneCopy(w);
  await Promise.all([1, 2, 3, 4].map(() => lock(w, holder.wallet)));
  assert.equal((await w.events()).filter((event) => event.startsWith('wallet.locked')).length, 1);
});

test('a ticket that was made before its wallet was locked is refused as revoked', async (t) => {
  const w = await serviceWorld(t);
  const { holder, copy } = await oneCopy(w);
  const { ticket } = await present(w, copy);
  await lock(w, holder.wallet);
  const { verification } = await w.service.verifications.verify(question(await till(w), ticket));
  assert.equal(verification.reason, 'revoked');
});

test('a wallet that is not there is not found', async (t) => {
  const w = await serviceWorld(t);
  await assert.rejects(lock(w, 'wal_none' as Id<'wallet'>), refusal('not_found'));
});

test("a person's wallets are listed without those of others, the newest first", async (t) => {
  const w = await serviceWorld(t);
  const { id, lost, kept } = await twoWallets(w);
  const stranger = await oneCopy(w);
  const listed = async (of: Id<'person'> | null) =>
    (await w.service.wallets.list({ limit: 10, after: null }, of)).rows.map((wallet) => wallet.id);
  assert.deepEqual(await listed(id), [kept.wallet, lost.wallet]);
  assert.deepEqual(await listed(null), [stranger.holder.wallet, kept.wallet, lost.wallet]);
});
