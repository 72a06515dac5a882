import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Secret } from '../../src/kernel/secret.ts';
import { openVault } from '../../src/keys/vault.ts';
import { makeNonce, NONCE_LIFETIME, nonceExpiry } from '../../src/nonces/nonce.ts';
import { nonceStore } from '../../src/nonces/store.ts';
import { freshDatabase } from '../support/database.ts';
import { seeded } from '../support/random.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const END = new Date(NOW.getTime() + 5 * 60_000);
const vault = vaultOf(7);
const nonce = makeNonce(vault, NOW, seeded(1));

function vaultOf(master: number) {
  return openVault(new Secret(new Uint8Array(32).fill(master)), seeded(master));
}

function expiryAt(milliseconds: number): Date | null {
  return nonceExpiry(vault, nonce, new Date(NOW.getTime() + milliseconds));
}

test('a nonce is good for five minutes and says until when', () => {
  assert.equal(NONCE_LIFETIME, 300);
  assert.deepEqual(expiryAt(0), END);
  assert.deepEqual(expiryAt(299_999), END);
  assert.equal(expiryAt(300_000), null);
  assert.equal(expiryAt(300_001), null);
});

test('nonces of one instant differ', () => {
  const random = seeded(1);
  assert.equal(new Set(Array.from({ length: 100 }, () => makeNonce(vault, NOW, random))).size, 100);
});

test('any changed character makes it void, and so does a cut or anything added', () => {
  const letters = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=');
  fc.assert(
    fc.property(fc.nat({ max: nonce.length - 1 }), letters, (at, letter) => {
      const changed = nonce.slice(0, at) + letter + nonce.slice(at + 1);
      assert.equal(nonceExpiry(vault, changed, NOW) === null, changed !== nonce);
      assert.equal(nonceExpiry(vault, nonce.slice(0, at), NOW), null);
      assert.equal(nonceExpiry(vault, nonce + letter, NOW), null);
    }),
    { numRuns: 500 },
  );
});

test('a nonce of another service is void', () => {
  assert.equal(nonceExpiry(vaultOf(8), nonce, NOW), null);
});

test('a body that was given the MAC of another purpose is void', () => {
  const [body = ''] = nonce.split('.');
  assert.equal(nonceExpiry(vault, `${body}.${vault.mac('offer code', body)}`, NOW), null);
});

test('a MAC of something that is no nonce opens nothing', () => {
  for (const body of ['', 'x', 'AAAA', 'é'])
    assert.equal(nonceExpiry(vault, `${body}.${vault.mac('nonce', body)}`, NOW), null);
});

test('any text is a nonce or not, and never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(nonceExpiry(vault, text, NOW), null)),
  );
});

const mine = { nonce, expiresAt: END };

test('of twenty who use a nonce at once exactly one succeeds', async (t) => {
  const store = nonceStore(await freshDatabase(t));
  const used = await Promise.all(Array.from({ length: 20 }, () => store.use([mine])));
  assert.equal(used.filter((accepted) => accepted.has(nonce)).length, 1);
  const other = { nonce: makeNonce(vault, NOW, seeded(2)), expiresAt: END };
  assert.deepEqual([...(await store.use([mine, other, other]))], [other.nonce]);
  assert.deepEqual([...(await store.use([]))], []);
});

test('a used nonce is remembered until its time alone refuses it', async (t) => {
  const db = await freshDatabase(t);
  const store = nonceStore(db);
  await store.use([mine]);
  await store.purge(new Date(END.getTime() - 1));
  assert.equal((await store.use([mine])).size, 0);
  await store.purge(END);
  assert.deepEqual(await db('used_nonces'), []);
});

test('the nonce itself is not kept', async (t) => {
  const db = await freshDatabase(t);
  await nonceStore(db).use([mine]);
  assert.ok(!JSON.stringify(await db('used_nonces')).includes(nonce.slice(0, 20)));
});
