import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { importP256 } from '../../src/formats/jwk.ts';
import { readJws, verifyJws } from '../../src/formats/jws.ts';
import { readStatusList, statusAt } from '../../src/formats/status-list.ts';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import { LIST_TTL } from '../../src/status/status-list.ts';
import type { Copy } from '../support/holder-keys.ts';
import { refusal } from '../support/retailers-world.ts';
import {
  copies,
  DAY,
  enrol,
  OFFICER,
  oneCopy,
  person,
  placeOf,
  SECOND,
  type ServiceWorld,
  serviceWorld,
  standing,
  URL_OF_SERVICE,
} from '../support/world.ts';

/** The list of a copy as a stranger reads it: fetched, verified by its own header's key id, unpacked. */
async function published(w: ServiceWorld, copy: Copy) {
  const { list } = placeOf(copy);
  const { token, etag } = await w.service.publishList(list);
  const header = readJws(token)!.header;
  const jwk = w.service.ring.published('issuer').find(({ kid }) => kid === header.kid)!;
  const key = await importP256(jwk);
  const jws = await verifyJws(token, key!, { typ: 'statuslist+jwt' });
  assert.ok(jws !== null, 'the list is signed by a published issuer key');
  const read = await readStatusList(jws.payload, (bytes) => inflateSync(bytes));
  return { token, etag, header, payload: jws.payload, ...read! };
}

async function bitsOf(w: ServiceWorld, ...all: readonly Copy[]): Promise<(number | null)[]> {
  const { bytes, bits } = await published(w, all[0]!);
  return all.map((copy) => statusAt(bytes, bits, placeOf(copy).index));
}

const change = (
  w: ServiceWorld,
  id: Parameters<typeof w.service.people.find>[0],
  to: 'suspend' | 'reinstate' | 'revoke',
) => w.service.people.changeState(id, { change: to, reason: 'as told' }, OFFICER);

test('a list is signed by the key of its credentials, in the form of the draft', async (t) => {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  const { header, payload, bits, bytes, uri, ttl, expiresAt, issuedAt } = await published(w, copy);
  assert.equal(header.kid, readJws(copy.sdJwt.split('~')[0]!)!.header.kid);
  assert.equal((header.x5c as string[]).length, 1);
  assert.deepEqual([bits, bytes.length, ttl], [2, 32_768, 300]);
  assert.deepEqual(
    [uri, payload.iss],
    [`${URL_OF_SERVICE}/status-lists/${placeOf(copy).list}`, URL_OF_SERVICE],
  );
  assert.deepEqual([issuedAt, expiresAt!.getTime() - issuedAt.getTime()], [w.world.now(), 3_600 * SECOND]);
});

test('suspending, reinstating and revoking show in the next list, and nobody else is touched', async (t) => {
  const w = await serviceWorld(t);
  const [one, other] = [await oneCopy(w), await oneCopy(w)];
  const bits = () => bitsOf(w, one.copy, other.copy);
  assert.deepEqual(await bits(), [0, 0]);
  await change(w, one.person.id, 'suspend');
  assert.deepEqual(await bits(), [2, 0]);
  await change(w, one.person.id, 'reinstate');
  assert.deepEqual(await bits(), [0, 0]);
  await change(w, one.person.id, 'revoke');
  assert.deepEqual(await bits(), [1, 0]);
});

test('locking a wallet and erasing a person show in the next list', async (t) => {
  const w = await serviceWorld(t);
  const [one, other] = [await oneCopy(w), await oneCopy(w)];
  assert.deepEqual(await bitsOf(w, one.copy, other.copy), [0, 0]);
  await w.service.wallets.lock(one.holder.wallet, OFFICER);
  assert.deepEqual(await bitsOf(w, one.copy, other.copy), [1, 0]);
  await w.service.people.erase(other.person.id, OFFICER);
  assert.deepEqual(await bitsOf(w, one.copy, other.copy), [1, 1]);
});

test('the bits of a list are its entries, and 0 everywhere else', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w);
  const { copies: all } = await copies(w, await enrol(w, id), 'age', 30);
  const rest = await oneCopy(w);
  await change(w, id, 'suspend');
  const { bytes, bits } = await published(w, rest.copy);
  const indexes = Array.from({ length: 131_072 }, (_, i) => i).filter((i) => statusAt(bytes, bits, i) !== 0);
  assert.deepEqual(
    indexes,
    all.map((copy) => placeOf(copy).index).sort((a, b) => a - b),
  );
});

test('a list in which nothing changed is the same within its ttl and signed anew after it', async (t) => {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  const first = await published(w, copy);
  w.pass(LIST_TTL * SECOND - 1);
  assert.deepEqual(await published(w, copy), first);
  w.pass(1);
  const second = await published(w, copy);
  assert.notEqual(second.token, first.token);
  assert.notEqual(second.etag, first.etag);
  assert.deepEqual(second.issuedAt, w.world.now());
});

test('new copies do not change a list, since a free place and a valid one look alike', async (t) => {
  const w = await serviceWorld(t);
  const { copy, holder } = await oneCopy(w);
  const first = await published(w, copy);
  await copies(w, holder, 'age', 5);
  assert.equal((await published(w, copy)).token, first.token);
});

test('many who fetch at once get one and the same list', async (t) => {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  const all = await Promise.all(Array.from({ length: 10 }, () => w.service.publishList(placeOf(copy).list)));
  assert.equal(new Set(all.map(({ token }) => token)).size, 1);
});

test('a copy whose status ends is invalid on the day after, by the date of the jurisdiction', async (t) => {
  const w = await serviceWorld(t);
  w.goTo('2026-06-20T12:00:00Z');
  const until = (text: string) => text as CalendarDate;
  const statuses = [
    { type: 'student', until: until('2026-06-30') },
    { type: 'veteran', until: until('2026-06-25') },
  ];
  const { copy, holder } = await oneCopy(w, 'status', { statuses });
  const [age] = (await copies(w, holder, 'age')).copies;
  const told = async () => [...(await bitsOf(w, copy, age!)), ...(await standing(w, copy, age!))];
  w.goTo('2026-06-25T22:54:59Z');
  assert.deepEqual(await told(), [0, 0, 'valid', 'valid']);
  w.goTo('2026-06-25T23:00:00Z');
  assert.deepEqual(await told(), [1, 0, 'revoked', 'valid']);
});

test('a suspended copy whose status has ended stays suspended, and is invalid once reinstated', async (t) => {
  const w = await serviceWorld(t);
  const until = '2026-11-25' as CalendarDate;
  const { copy, person: somebody } = await oneCopy(w, 'status', { statuses: [{ type: 'student', until }] });
  await change(w, somebody.id, 'suspend');
  w.goTo('2026-11-26T12:00:00Z');
  assert.deepEqual([...(await bitsOf(w, copy)), ...(await standing(w, copy))], [2, 'suspended']);
  await change(w, somebody.id, 'reinstate');
  assert.deepEqual([...(await bitsOf(w, copy)), ...(await standing(w, copy))], [1, 'revoked']);
});

test('lists of a retired key are signed by that key, and new copies go to lists of the new one', async (t) => {
  const w = await serviceWorld(t);
  const { copy: old, person: somebody } = await oneCopy(w);
  const before = (await published(w, old)).header.kid;
  await w.service.rotateKeys(OFFICER);
  await w.service.ring.refresh();
  await change(w, somebody.id, 'suspend');
  const after = await published(w, old);
  assert.deepEqual([after.header.kid, statusAt(after.bytes, 2, placeOf(old).index)], [before, 2]);
  const { copy: young } = await oneCopy(w);
  assert.notEqual(placeOf(young).list, placeOf(old).list);
  assert.equal((await published(w, young)).header.kid, w.service.ring.signer('issuer').kid);
});

test('a list that there is not is not found', async (t) => {
  const { publishList, mint } = (await serviceWorld(t)).service;
  for (const id of ['', 'lst_', '../keys', mint('person'), mint('status_list')]) {
    await assert.rejects(publishList(id), refusal('not_found'), id);
  }
});

test('a list whose key was destroyed is not found', async (t) => {
  const w = await serviceWorld(t);
  const { copy } = await oneCopy(w);
  await w.service.rotateKeys(OFFICER);
  w.pass(16 * DAY);
  assert.equal(await w.service.destroyOverKeys(), 3);
  await w.service.ring.refresh();
  await assert.rejects(w.service.publishList(placeOf(copy).list), refusal('not_found'));
});
