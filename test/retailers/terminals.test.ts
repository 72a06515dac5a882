import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Id } from '../../src/kernel/ids.ts';
import { readApiKey } from '../../src/keys/api-key.ts';
import { hash } from '../../src/keys/hash.ts';
import { addStore } from '../../src/retailers/add-store.ts';
import { changeRetailer } from '../../src/retailers/change-retailer.ts';
import { registerRetailer } from '../../src/retailers/register-retailer.ts';
import { addTerminal } from '../../src/retailers/terminals/add-terminal.ts';
import { blockTerminal } from '../../src/retailers/terminals/block-terminal.ts';
import { listTerminals } from '../../src/retailers/terminals/find-terminals.ts';
import { identifyTerminal } from '../../src/retailers/terminals/identify-terminal.ts';
import { renewPairingCode } from '../../src/retailers/terminals/renew-pairing-code.ts';
import { rotateKey } from '../../src/retailers/terminals/rotate-key.ts';
import { HOUR, NOW, OFFICER, refusal, retailersWorld, tillWorld } from '../support/retailers-world.ts';

const nobody = 'ter_00000000000000000000000000' as Id<'terminal'>;
const noRetailer = 'ret_00000000000000000000000000' as Id<'retailer'>;
const till = { name: 'Till 4', store: null, live: false };
const page = { limit: 10, after: null };

test('a terminal is added with a key of its kind and a pairing code', async (t) => {
  const { added } = await tillWorld(t, { live: true });
  assert.equal(readApiKey(added.key), 'live');
  assert.match(added.pairingCode, /^[0-9A-HJKMNP-TV-Z]{8}$/);
  assert.equal(added.pairingCodeExpiresAt.getTime(), NOW.getTime() + 10 * 60_000);
  assert.equal(added.terminal.state, 'active');
  const test = await tillWorld(t, { live: false });
  assert.equal(readApiKey(test.added.key), 'test');
});

test('adding a terminal is recorded, and so is its key', async (t) => {
  const world = await tillWorld(t);
  assert.deepEqual(await world.events(world.added.terminal.id), [
    `terminal.added by ${OFFICER}`,
    `terminal_key.made by ${OFFICER}`,
  ]);
});

test('neither key nor pairing code can be read from the tables', async (t) => {
  const { db, added } = await tillWorld(t);
  const kept = JSON.stringify([await db('terminals'), await db('terminal_keys'), await db('pairing_codes')]);
  assert.equal(kept.includes(added.key), false);
  assert.equal(kept.includes(added.pairingCode), false);
});

test('a terminal stands in a store of its retailer', async (t) => {
  const world = await tillWorld(t);
  const store = await addStore(world, world.retailer.id, 'High Street', OFFICER);
  const { terminal } = await addTerminal(world, world.retailer.id, { ...till, store: store.id }, OFFICER);
  assert.equal(terminal.store, store.id);
});

test("another retailer's store, or one that is not there, is refused for a terminal", async (t) => {
  const world = await tillWorld(t);
  const other = await registerRetailer(world, { name: 'Other', permitted: [] }, OFFICER);
  const theirs = await addStore(world, other.id, 'Station', OFFICER);
  for (const store of [theirs.id, 'sto_00000000000000000000000000' as Id<'store'>]) {
    await assert.rejects(
      addTerminal(world, world.retailer.id, { ...till, store }, OFFICER),
      refusal('invalid_request', '/store_id', 'unknown_store'),
    );
  }
});

test('a retailer that is not there gets no terminal and has no list', async (t) => {
  const world = await retailersWorld(t);
  await assert.rejects(addTerminal(world, noRetailer, till, OFFICER), refusal('not_found'));
  await assert.rejects(listTerminals(world, noRetailer, page), refusal('not_found'));
});

test("a retailer's terminals are listed, the blocked too, and no other's", async (t) => {
  const world = await tillWorld(t);
  const other = await registerRetailer(world, { name: 'Other', permitted: [] }, OFFICER);
  await addTerminal(world, other.id, till, OFFICER);
  await blockTerminal(world, world.added.terminal.id, OFFICER);
  assert.deepEqual((await listTerminals(world, world.retailer.id, page)).rows, [
    { ...world.added.terminal, state: 'blocked', blockedAt: NOW },
  ]);
});

test('a key says which terminal calls, for whom, and what may be asked', async (t) => {
  const { terminals, added, retailer } = await tillWorld(t);
  assert.deepEqual(await identifyTerminal(terminals, NOW, added.key), {
    kind: 'terminal',
    terminal: added.terminal.id,
    retailer: retailer.id,
    retailerName: 'Corner Shop',
    live: true,
    permitted: ['age_over_18'],
    key: hash(added.key),
  });
});

test('what a retailer may ask for changes for its keys at once', async (t) => {
  const world = await tillWorld(t);
  await changeRetailer(world, world.retailer.id, { permitted: ['status_student'] }, OFFICER);
  const caller = await identifyTerminal(world.terminals, NOW, world.added.key);
  assert.deepEqual(caller?.permitted, ['status_student']);
});

test('a key that is unknown, mistyped or of another kind is nobody', async (t) => {
  const { terminals, added } = await tillWorld(t);
  const stranger = await tillWorld(t);
  const { key } = await rotateKey(stranger, stranger.added.terminal.id, OFFICER);
  const mistyped = `${added.key.slice(0, -1)}${added.key.endsWith('0') ? '1' : '0'}`;
  for (const token of ['', key, mistyped, added.key.replace('live', 'admin'), ` ${added.key}`]) {
    assert.equal(await identifyTerminal(terminals, NOW, token), null);
  }
});

test('a key whose prefix disagrees with its terminal is nobody', async (t) => {
  const { db, terminals, added } = await tillWorld(t);
  await db('terminals').update({ live: 0 });
  assert.equal(await identifyTerminal(terminals, NOW, added.key), null);
});

test('the last use of a key is noted at most once an hour', async (t) => {
  const world = await tillWorld(t);
  const noted = async () => (await world.terminals.byKey(hash(world.added.key)))?.lastUsedAt;
  const useNow = () => identifyTerminal(world.terminals, world.world.now(), world.added.key);
  assert.equal(await noted(), null);
  await useNow();
  world.pass(HOUR);
  await useNow();
  assert.deepEqual(await noted(), NOW);
  world.pass(1);
  await useNow();
  assert.deepEqual(await noted(), world.world.now());
});

test('after a rotation both keys work for a day, then the new one alone', async (t) => {
  const world = await tillWorld(t);
  const { id } = world.added.terminal;
  const rotated = await rotateKey(world, id, OFFICER);
  assert.equal(readApiKey(rotated.key), 'live');
  assert.equal(rotated.olderKeysExpireAt.getTime(), NOW.getTime() + 24 * HOUR);
  const who = async (key: string) =>
    (await identifyTerminal(world.terminals, world.world.now(), key))?.terminal ?? null;
  world.pass(24 * HOUR - 1);
  assert.deepEqual([await who(world.added.key), await who(rotated.key)], [id, id]);
  world.pass(1);
  assert.deepEqual([await who(world.added.key), await who(rotated.key)], [null, id]);
  assert.equal((await world.events(id)).filter((event) => event.startsWith('terminal_key.made')).length, 2);
});

test('a second rotation does not prolong the first key, and keys that expired are deleted', async (t) => {
  const world = await tillWorld(t);
  const { id } = world.added.terminal;
  await rotateKey(world, id, OFFICER);
  world.pass(HOUR);
  await rotateKey(world, id, OFFICER);
  const first = await world.terminals.byKey(hash(world.added.key));
  assert.equal(first?.expiresAt?.getTime(), NOW.getTime() + 24 * HOUR);
  world.pass(23 * HOUR);
  await rotateKey(world, id, OFFICER);
  assert.equal(await world.terminals.byKey(hash(world.added.key)), null);
});

test('a blocked terminal is nobody at once, by whatever key', async (t) => {
  const world = await tillWorld(t);
  const { id } = world.added.terminal;
  const { key } = await rotateKey(world, id, OFFICER);
  await blockTerminal(world, id, OFFICER);
  for (const token of [world.added.key, key]) {
    assert.equal(await identifyTerminal(world.terminals, NOW, token), null);
  }
});

test('blocking twice is no refusal and is recorded once', async (t) => {
  const world = await tillWorld(t);
  const { id } = world.added.terminal;
  await Promise.all([1, 2, 3].map(() => blockTerminal(world, id, OFFICER)));
  assert.deepEqual(
    (await world.events(id)).filter((event) => event.includes('blocked')),
    [`terminal.blocked by ${OFFICER}`],
  );
});

test('a blocked terminal gets neither a new key nor a new pairing code', async (t) => {
  const world = await tillWorld(t);
  const { id } = world.added.terminal;
  await blockTerminal(world, id, OFFICER);
  await assert.rejects(rotateKey(world, id, OFFICER), refusal('conflict'));
  await assert.rejects(renewPairingCode(world, id, OFFICER), refusal('conflict'));
});

test('a terminal that is not there is not found, whatever is wanted of it', async (t) => {
  const world = await tillWorld(t);
  await assert.rejects(rotateKey(world, nobody, OFFICER), refusal('not_found'));
  await assert.rejects(renewPairingCode(world, nobody, OFFICER), refusal('not_found'));
  await assert.rejects(blockTerminal(world, nobody, OFFICER), refusal('not_found'));
});
