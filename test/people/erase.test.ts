import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tablesOf } from '../support/database.ts';
import { refusal } from '../support/retailers-world.ts';
import {
  copies,
  enrol,
  OFFICER,
  offer,
  oneCopy,
  PORTRAIT,
  person,
  placeOf,
  present,
  question,
  serviceWorld,
  standing,
  till,
} from '../support/world.ts';

const TABLES = ['people', 'people_search', 'wallets', 'offers', 'access_tokens', 'notifications'];

test('erasing a person removes record, key, hashes, wallets, offers, tokens and notifications', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w, {}, PORTRAIT);
  await copies(w, await enrol(w, id), 'identity');
  await offer(w, id);
  for (const table of TABLES) assert.notEqual((await w.db(table)).length, 0, table);
  await w.service.people.erase(id, OFFICER);
  for (const table of TABLES) assert.equal((await w.db(table)).length, 0, table);
  await assert.rejects(w.service.people.find(id), refusal('not_found'));
  assert.deepEqual(await w.service.people.search('Ada Lovelace'), []);
  assert.deepEqual((await w.events()).slice(-1), [`person.erased ${id}`]);
});

test('erasing a person leaves everybody else alone', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w);
  const other = await oneCopy(w, 'age', { externalId: 'B-2' });
  await w.service.people.erase(id, OFFICER);
  assert.deepEqual(await w.service.people.find(other.person.id), other.person);
  assert.deepEqual(await standing(w, other.copy), ['valid']);
  assert.equal((await w.service.people.search('B-2')).length, 1);
});

test("an erased person's status places are tied to nobody, stay taken and stay invalid", async (t) => {
  const w = await serviceWorld(t);
  const { person: gone, holder, copy } = await oneCopy(w);
  const [second] = (await copies(w, await enrol(w, gone.id), 'identity')).copies;
  await w.service.wallets.lock(holder.wallet, OFFICER);
  await w.service.people.erase(gone.id, OFFICER);
  assert.deepEqual(await standing(w, copy, second!), ['revoked', 'revoked']);
  for (const { list, index } of [placeOf(copy), placeOf(second!)]) {
    const entry = await w.db('status_entries').where({ list_id: list, idx: index }).first();
    assert.deepEqual([entry.person_id, entry.wallet_id, entry.status], [null, null, 1]);
  }
});

test('no id of an erased person or of a wallet of theirs stands in any table but the log', async (t) => {
  const w = await serviceWorld(t);
  const { person: gone, holder, copy } = await oneCopy(w, 'identity');
  const { ticket } = await present(w, copy, 'given_name');
  const ask = { claims: ['given_name'], portrait: false };
  await w.service.verifications.verify(question(await till(w), ticket, { ask }));
  await w.service.people.erase(gone.id, OFFICER);
  const tables = await tablesOf(w.db);
  for (const name of tables.filter((name) => name !== 'audit_events')) {
    const rows = JSON.stringify(await w.db(name));
    assert.equal(rows.includes(gone.id) || rows.includes(holder.wallet), false, name);
  }
});

test('a ticket of a person who was erased in the meantime is refused as revoked', async (t) => {
  const w = await serviceWorld(t);
  const { person: gone, copy } = await oneCopy(w);
  const { ticket } = await present(w, copy);
  await w.service.people.erase(gone.id, OFFICER);
  const { verification } = await w.service.verifications.verify(question(await till(w), ticket));
  assert.equal(verification.reason, 'revoked');
});

test('offers and access tokens of an erased person are worth nothing', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w);
  const holder = await enrol(w, id);
  const { code, txCode, reference } = await offer(w, id);
  await w.service.people.erase(id, OFFICER);
  await assert.rejects(w.service.issuance.readOffer(reference), refusal('not_found'));
  await assert.rejects(w.service.issuance.redeem(code, txCode), refusal('invalid_grant'));
  await assert.rejects(copies(w, holder, 'age'), refusal('invalid_token'));
});

test('an erased person is erased once', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w);
  await w.service.people.erase(id, OFFICER);
  await assert.rejects(w.service.people.erase(id, OFFICER), refusal('not_found'));
});

test("an erased person's key is nowhere in the database's files", async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w);
  const { wrapped_key } = await w.db('people').where({ id }).first();
  assert.ok((await w.bytes()).includes(wrapped_key), 'the search finds what is there');
  await w.service.people.erase(id, OFFICER);
  assert.equal((await w.bytes()).includes(wrapped_key), false);
});
