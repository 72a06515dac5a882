/** What has to hold when transactions run beside each other. On SQLite they queue, and it has to hold all the same. */

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { compose } from '../../src/compose.ts';
import { Fault } from '../../src/kernel/fault.ts';
import { DATABASE } from '../support/database.ts';
import {
  copies,
  DAY,
  enrol,
  MASTER_KEY,
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

const ROUNDS = 5;

/** A service and, where several may share a database, another process's service beside it. */
async function twoServices(t: TestContext) {
  const w = await serviceWorld(t);
  if (DATABASE === 'sqlite') return { w, both: [w.service, w.service] as const };
  const other = await compose(w.config, w.world, MASTER_KEY);
  t.after(() => other.close());
  return { w, both: [w.service, other] as const };
}

/** What was not refused by a `Fault`. Any other failure is a failure. */
async function done<Result>(attempts: readonly Promise<Result>[]): Promise<readonly Result[]> {
  const settled = await Promise.allSettled(attempts);
  return settled.flatMap((one) => {
    if (one.status === 'fulfilled') return [one.value];
    if (!(one.reason instanceof Fault)) throw one.reason;
    return [];
  });
}

test('of two tickets of one copy, shown at two tills at once, one is approved', async (t) => {
  const { w, both } = await twoServices(t);
  const tills = [await till(w), await till(w)] as const;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { copy } = await oneCopy(w);
    const tickets = [(await present(w, copy)).ticket, (await present(w, copy)).ticket];
    const answers = await Promise.all(
      tickets.map((ticket, i) => both[i]!.verifications.verify(question(tills[i]!, ticket))),
    );
    const said = answers.map(({ verification }) => verification.reason ?? 'approved').sort();
    assert.deepEqual(said, ['already_used', 'approved']);
  }
});

test('one ticket at many tills at once is approved once', async (t) => {
  const { w, both } = await twoServices(t);
  const { copy } = await oneCopy(w);
  const { ticket } = await present(w, copy);
  const tills = await Promise.all(Array.from({ length: 8 }, () => till(w)));
  const answers = await Promise.all(
    tills.map((terminal, i) => both[i % 2]!.verifications.verify(question(terminal, ticket))),
  );
  assert.equal(answers.filter(({ verification }) => verification.outcome === 'approved').length, 1);
});

test('two officers who mend different things at once undo nothing of each other', async (t) => {
  const { w, both } = await twoServices(t);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { id } = await person(w);
    await Promise.all([
      both[0].people.mend(id, { facts: { givenName: 'Augusta' } }, OFFICER),
      both[1].people.mend(id, { facts: { nationality: 'FR' } }, OFFICER),
    ]);
    const { facts } = await w.service.people.find(id);
    assert.deepEqual([facts.givenName, facts.nationality], ['Augusta', 'FR']);
  }
});

test('of a suspension and a revocation at once both are recorded, and the person ends revoked', async (t) => {
  const { w, both } = await twoServices(t);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { id } = await person(w);
    await done([
      both[0].people.changeState(id, { change: 'suspend', reason: 'x' }, OFFICER),
      both[1].people.changeState(id, { change: 'revoke', reason: 'y' }, OFFICER),
    ]);
    assert.equal((await w.service.people.find(id)).state, 'revoked');
  }
});

/** Fetches copies while something happens to who fetches them, and answers how those stand that were issued. */
async function whileIssuing(
  w: ServiceWorld,
  happens: (ids: Awaited<ReturnType<typeof enrol>>) => Promise<unknown>,
): Promise<readonly string[]> {
  const { id } = await person(w);
  const holder = await enrol(w, id);
  const fetching = copies(w, holder, 'age', 5);
  await new Promise((resolve) => setTimeout(resolve, 2));
  const [issued] = await Promise.all([done([fetching]), happens(holder)]);
  return standing(w, ...issued.flatMap((batch) => batch.copies));
}

test('copies that are issued while their person is suspended are suspended', async (t) => {
  const { w, both } = await twoServices(t);
  for (let round = 0; round < ROUNDS; round += 1) {
    const suspend = { change: 'suspend', reason: 'x' } as const;
    const stand = await whileIssuing(w, (holder) =>
      both[1].people.changeState(holder.person, suspend, OFFICER),
    );
    assert.ok(
      stand.every((status) => status === 'suspended'),
      stand.join(),
    );
  }
});

test('copies that are issued while their wallet is locked are revoked', async (t) => {
  const { w, both } = await twoServices(t);
  for (let round = 0; round < ROUNDS; round += 1) {
    const stand = await whileIssuing(w, (holder) => both[1].wallets.lock(holder.wallet, OFFICER));
    assert.ok(
      stand.every((status) => status === 'revoked'),
      stand.join(),
    );
  }
});

test('copies that are issued while their person is erased are revoked', async (t) => {
  const { w, both } = await twoServices(t);
  for (let round = 0; round < ROUNDS; round += 1) {
    const stand = await whileIssuing(w, (holder) => both[1].people.erase(holder.person, OFFICER));
    assert.ok(
      stand.every((status) => status === 'revoked'),
      stand.join(),
    );
  }
});

test('a wallet that two officers lock at once is locked once', async (t) => {
  const { w, both } = await twoServices(t);
  const { wallet } = await enrol(w, (await person(w)).id);
  const locked = await Promise.all(both.map(({ wallets }) => wallets.lock(wallet, OFFICER)));
  assert.deepEqual(
    locked.map(({ state }) => state),
    ['locked', 'locked'],
  );
  assert.equal((await w.events()).filter((event) => event.startsWith('wallet.locked')).length, 1);
});

test('services that start at once share one root and one active key for each purpose', async (t) => {
  const w = await serviceWorld(t);
  await w.db('status_lists').delete();
  await w.db('issuer_keys').delete();
  const count = DATABASE === 'sqlite' ? 1 : 3;
  const services = await Promise.all(
    Array.from({ length: count }, () => compose(w.config, w.world, MASTER_KEY)),
  );
  const keys = services.map(({ ring }) => ring.all().map(({ id }) => id));
  for (const service of services) await service.close();
  for (const ids of keys) assert.deepEqual(ids, keys[0]);
  assert.equal(keys[0]?.length, 7);
});

test('keys that are rotated twice at once are rotated twice', async (t) => {
  const { w, both } = await twoServices(t);
  await Promise.all(both.map(({ rotateKeys }) => rotateKeys(OFFICER)));
  await w.service.ring.refresh();
  for (const purpose of ['issuer', 'document', 'test']) {
    const states = w.service.ring.all().flatMap((key) => (key.purpose === purpose ? [key.state] : []));
    assert.deepEqual(states.sort(), ['active', 'next', 'retired', 'retired']);
  }
});

test('of two services that see a rotation due at once exactly one rotates', async (t) => {
  const { w, both } = await twoServices(t);
  await w.service.keySchedule.set({ everyDays: 1, nextAt: null }, OFFICER);
  w.pass(DAY);
  await Promise.all(both.map(({ rotateKeysWhenDue }) => rotateKeysWhenDue()));
  await w.service.ring.refresh();
  const states = w.service.ring.all().flatMap(({ purpose, state }) => (purpose === 'issuer' ? [state] : []));
  assert.deepEqual(states.sort(), ['active', 'next', 'retired']);
});

test('of the keys that two officers make for a till at once, one works for good', async (t) => {
  const { w, both } = await twoServices(t);
  const { terminal } = await till(w);
  await Promise.all(both.map(({ terminals }) => terminals.rotateKey(terminal, OFFICER)));
  const ends = await w.db('terminal_keys').where({ terminal_id: terminal }).pluck('expires_at');
  assert.equal(ends.filter((end) => end === null).length, 1);
});

test('an offer that is redeemed many times at once makes one wallet', async (t) => {
  const { w, both } = await twoServices(t);
  const { id } = await person(w);
  const { code, txCode } = await offer(w, id);
  const tokens = await done(Array.from({ length: 4 }, (_, i) => both[i % 2]!.issuance.redeem(code, txCode)));
  assert.equal(tokens.length, 1);
});
