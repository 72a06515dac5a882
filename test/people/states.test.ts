import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import type { Mending } from '../../src/people/mend-person.ts';
import type { PersonState, StateChange } from '../../src/people/person.ts';
import { refusal } from '../support/retailers-world.ts';
import {
  ADA,
  copies,
  enrol,
  OFFICER,
  PORTRAIT,
  person,
  type ServiceWorld,
  serviceWorld,
  standing,
} from '../support/world.ts';

const day = (text: string) => text as CalendarDate;
const change = (w: ServiceWorld, id: Parameters<typeof w.service.people.find>[0], to: StateChange) =>
  w.service.people.changeState(id, { change: to, reason: 'as told' }, OFFICER);

/** A person with one copy of each type. */
async function withCopies(w: ServiceWorld) {
  const { id } = await person(w, {}, PORTRAIT);
  const holder = await enrol(w, id);
  const [age] = (await copies(w, holder, 'age')).copies;
  const [status] = (await copies(w, holder, 'status')).copies;
  const [identity] = (await copies(w, holder, 'identity')).copies;
  return { id, all: [age!, status!, identity!] };
}

const WAY: Record<PersonState, StateChange[]> = { active: [], suspended: ['suspend'], revoked: ['revoke'] };
const AFTER: [PersonState, StateChange, PersonState | null][] = [
  ['active', 'suspend', 'suspended'],
  ['active', 'reinstate', null],
  ['active', 'revoke', 'revoked'],
  ['suspended', 'suspend', null],
  ['suspended', 'reinstate', 'active'],
  ['suspended', 'revoke', 'revoked'],
  ['revoked', 'suspend', null],
  ['revoked', 'reinstate', null],
  ['revoked', 'revoke', null],
];
const COPIES = { active: 'valid', suspended: 'suspended', revoked: 'revoked' };

for (const [from, to, after] of AFTER) {
  const rule = after === null ? 'is a conflict and changes nothing' : `makes one who is ${after}`;
  test(`to ${to} somebody who is ${from} ${rule}`, async (t) => {
    const w = await serviceWorld(t);
    const { id, all } = await withCopies(w);
    for (const step of WAY[from]) await change(w, id, step);
    const before = await w.events();
    if (after === null) {
      await assert.rejects(change(w, id, to), refusal('conflict'));
      assert.deepEqual(await w.events(), before);
    } else {
      const changed = await change(w, id, to);
      assert.deepEqual([changed.state, changed.facts.stateReason], [after, 'as told']);
      assert.equal((await w.events()).length, before.length + 1);
    }
    const now = after ?? from;
    assert.equal((await w.service.people.find(id)).state, now);
    assert.deepEqual(await standing(w, ...all), Array(3).fill(COPIES[now]));
  });
}

test("a change of state touches no other person's copies", async (t) => {
  const w = await serviceWorld(t);
  const [one, other] = [await withCopies(w), await withCopies(w)];
  await change(w, one.id, 'revoke');
  assert.deepEqual(await standing(w, ...other.all), ['valid', 'valid', 'valid']);
});

const longer = [{ type: 'student', until: day('2027-08-01') }];
const MENDINGS: [string, Mending, readonly string[]][] = [
  ['another birth date', { facts: { birthDate: day('1992-12-11') } }, ['age', 'identity']],
  [
    'a status cut short',
    { facts: { statuses: [{ type: 'student', until: day('2027-07-30') }] } },
    ['status'],
  ],
  ['a status taken away', { facts: { statuses: [] } }, ['status']],
  [
    'a status exchanged',
    { facts: { statuses: [{ type: 'veteran', until: day('2030-01-01') }] } },
    ['status'],
  ],
  ['a longer status', { facts: { statuses: longer } }, []],
  [
    'another status besides',
    { facts: { statuses: [...ADA.statuses, { type: 'veteran', until: day('2026-12-01') }] } },
    [],
  ],
  ['another family name', { facts: { familyName: 'King' } }, ['identity']],
  ['another given name', { facts: { givenName: 'Augusta' } }, ['identity']],
  ['another nationality', { facts: { nationality: 'IE' } }, ['identity']],
  ['another document number', { facts: { documentNumber: 'X' } }, ['identity']],
  ['another portrait', { facts: {}, portrait: new Uint8Array([0xff, 0xd8]) }, ['identity']],
  ['no portrait any more', { facts: {}, portrait: null }, ['identity']],
  ['another external id', { facts: { externalId: 'B-2' } }, []],
  ['nothing', { facts: { ...ADA }, portrait: Uint8Array.from(PORTRAIT) }, []],
];

for (const [what, mending, outdated] of MENDINGS) {
  test(`${what} makes invalid: ${outdated.join(' and ') || 'no copies'}`, async (t) => {
    const w = await serviceWorld(t);
    const { id, all } = await withCopies(w);
    await w.service.people.mend(id, mending, OFFICER);
    const expected = ['age', 'status', 'identity'].map((type) =>
      outdated.includes(type) ? 'revoked' : 'valid',
    );
    assert.deepEqual(await standing(w, ...all), expected);
  });
}

test('what was first entered spoils no copy that says nothing of it', async (t) => {
  const w = await serviceWorld(t);
  const { id } = await person(w, { statuses: [] });
  const [copy] = (await copies(w, await enrol(w, id), 'age')).copies;
  await w.service.people.mend(id, { facts: { statuses: longer } }, OFFICER);
  assert.deepEqual(await standing(w, copy!), ['valid']);
});

test('copies that a mending made invalid while their person was suspended are not reinstated', async (t) => {
  const w = await serviceWorld(t);
  const { id, all } = await withCopies(w);
  await change(w, id, 'suspend');
  await w.service.people.mend(id, { facts: { birthDate: day('1992-12-11') } }, OFFICER);
  await change(w, id, 'reinstate');
  assert.deepEqual(await standing(w, ...all), ['revoked', 'valid', 'revoked']);
});
