import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublished, ROTATING } from '../../src/keys/issuer-key.ts';
import { destroyOverKeys, ensureKeys, rotateKeys } from '../../src/keys/rotate.ts';
import { DAY, keyedWorld, keysWorld, NOW, of, the, URL_OF_IT } from './support/keys-world.ts';

const OFFICER = 'adk_0000000000000000000000000a' as Parameters<typeof rotateKeys>[1];

test('a new service gets a root, and an active and a next key for each purpose', async (t) => {
  const { keys, events } = await keyedWorld(t);
  const all = await keys.all();
  assert.equal(all.length, 7);
  assert.equal(the(all, 'root', 'active').issuerUrl, URL_OF_IT);
  for (const purpose of ROTATING) {
    for (const state of ['active', 'next'] as const) {
      const key = the(all, purpose, state);
      assert.equal(key.issuerUrl, URL_OF_IT);
      assert.deepEqual(key.createdAt, NOW);
      assert.deepEqual(await events(key.id), ['issuer_key.made by system']);
    }
  }
});

test('every key but those for tests has a certificate', async (t) => {
  const { keys } = await keyedWorld(t);
  for (const { purpose, certificate } of await keys.all()) {
    assert.equal(certificate !== null, purpose !== 'test', purpose);
  }
});

test('a key of documents from before they had certificates gives way to one that has one', async (t) => {
  const { keys, needs } = await keyedWorld(t);
  const old = the(await keys.all(), 'document', 'active');
  await keys.retire(old.id, NOW);
  await keys.add({ ...old, id: needs.mint('issuer_key'), certificate: null });
  await ensureKeys(needs);
  const active = the(await keys.all(), 'document', 'active');
  assert.notEqual(active.certificate, null);
});

test('where all is well nothing is done', async (t) => {
  const { keys, needs } = await keyedWorld(t);
  const before = await keys.all();
  await ensureKeys(needs);
  assert.deepEqual(await keys.all(), before);
});

test('keys that speak for another address are retired, and new ones made; the root stays', async (t) => {
  const { keys, needs } = await keyedWorld(t);
  const before = await keys.all();
  await ensureKeys({ ...needs, issuerUrl: 'https://new.example' });
  const after = await keys.all();
  assert.deepEqual(the(after, 'root', 'active'), the(before, 'root', 'active'));
  for (const purpose of ROTATING) {
    assert.deepEqual(
      of(after, purpose, 'retired')
        .map(({ id }) => id)
        .sort(),
      [the(before, purpose, 'active').id, the(before, purpose, 'next').id].sort(),
    );
    assert.equal(the(after, purpose, 'active').issuerUrl, 'https://new.example');
    assert.equal(the(after, purpose, 'next').issuerUrl, 'https://new.example');
  }
});

test('a missing next key is made again, and nothing else', async (t) => {
  const { keys, needs } = await keyedWorld(t);
  const before = await keys.all();
  await keys.retire(the(before, 'document', 'next').id, NOW);
  await ensureKeys(needs);
  const after = await keys.all();
  assert.equal(after.length, before.length + 1);
  assert.deepEqual(the(after, 'document', 'active'), the(before, 'document', 'active'));
  the(after, 'document', 'next');
});

test('at a rotation the next key becomes active, the active one retires, and there is a new next', async (t) => {
  const { keys, needs, pass, events } = await keyedWorld(t);
  const before = await keys.all();
  pass(DAY);
  await rotateKeys(needs, OFFICER);
  const after = await keys.all();
  for (const purpose of ROTATING) {
    const [was, next] = [the(before, purpose, 'active'), the(before, purpose, 'next')];
    assert.equal(the(after, purpose, 'active').id, next.id);
    assert.deepEqual(the(after, purpose, 'retired'), {
      ...was,
      state: 'retired',
      retiredAt: new Date(NOW.getTime() + DAY),
    });
    assert.ok(!before.some(({ id }) => id === the(after, purpose, 'next').id));
    assert.deepEqual(await events(was.id), ['issuer_key.made by system', `issuer_key.retired by ${OFFICER}`]);
    assert.deepEqual(await events(next.id), [
      'issuer_key.made by system',
      `issuer_key.activated by ${OFFICER}`,
    ]);
  }
  assert.deepEqual(the(after, 'root', 'active'), the(before, 'root', 'active'));
});

test('each of many rotations leaves one active and one next key of each purpose', async (t) => {
  const { keys, needs } = await keyedWorld(t);
  for (let i = 1; i <= 3; i++) {
    await rotateKeys(needs, 'system');
    const all = await keys.all();
    for (const purpose of ROTATING) {
      the(all, purpose, 'active');
      the(all, purpose, 'next');
      assert.equal(of(all, purpose, 'retired').length, i);
    }
  }
});

test('without keys there is nothing to rotate, and nothing is written', async (t) => {
  const { keys, needs } = await keysWorld(t);
  await assert.rejects(() => rotateKeys(needs, 'system'), /no keys to rotate/);
  assert.deepEqual(await keys.all(), []);
});

test('a retired key is destroyed a day after everything that it signed has expired, and no sooner', async (t) => {
  const { keys, needs, pass, events } = await keyedWorld(t);
  await rotateKeys(needs, 'system');
  const retired = the(await keys.all(), 'issuer', 'retired');
  pass(15 * DAY);
  assert.equal(await destroyOverKeys(needs), 0);
  pass(1);
  assert.equal(await destroyOverKeys(needs), ROTATING.length);
  const destroyed = the(await keys.all(), 'issuer', 'destroyed');
  assert.deepEqual(destroyed, { ...retired, state: 'destroyed', sealedPrivate: null });
  assert.equal(isPublished(destroyed), false);
  assert.equal(isPublished(the(await keys.all(), 'document', 'destroyed')), true, 'receipts never expire');
  assert.equal((await events(retired.id)).at(-1), 'issuer_key.destroyed by system');
  assert.equal(await destroyOverKeys(needs), 0);
});

test('keys that were not retired are never destroyed, however old', async (t) => {
  const { keys, needs, pass } = await keyedWorld(t);
  const before = await keys.all();
  pass(10_000 * DAY);
  assert.equal(await destroyOverKeys(needs), 0);
  assert.deepEqual(await keys.all(), before);
});

test('the store changes states forwards only', async (t) => {
  const { keys } = await keyedWorld(t);
  const before = await keys.all();
  const [active, next] = [the(before, 'issuer', 'active'), the(before, 'issuer', 'next')];
  await keys.destroy(active.id);
  await keys.destroy(next.id);
  await keys.activate(active.id);
  assert.deepEqual(await keys.all(), before);
  await keys.retire(active.id, NOW);
  await keys.activate(active.id);
  await keys.retire(active.id, new Date(0));
  assert.deepEqual(the(await keys.all(), 'issuer', 'retired'), {
    ...active,
    state: 'retired',
    retiredAt: NOW,
  });
});
