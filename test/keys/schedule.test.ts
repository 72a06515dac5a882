import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../src/kernel/fault.ts';
import { getKeySchedule, listKeys, rotateKeysNow, setKeySchedule } from '../../src/keys/endpoints.ts';
import { ensureKeys, rotateKeys, rotateKeysWhenDue } from '../../src/keys/rotate.ts';
import { EVERY_DAYS, NOTICE } from '../../src/keys/rotation-schedule.ts';
import { readSchedule, scheduleRotation } from '../../src/keys/schedule-rotation.ts';
import { FIVE_MINUTES, officerOf, type PasskeyScene, passkeyScene, withCookie } from '../support/passkeys.ts';
import { DAY, keyedWorld, NOW, the } from './support/keys-world.ts';

const OFFICER = 'adk_0000000000000000000000000a' as Parameters<typeof rotateKeys>[1];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type World = Awaited<ReturnType<typeof keyedWorld>>;

const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);

function schedule({ needs }: World, everyDays: number | null, nextAt: Date | null = null) {
  const asked = everyDays === null ? null : { everyDays, nextAt };
  return scheduleRotation({ ...needs, now: needs.world.now }, asked, OFFICER);
}

const nextOf = async ({ needs }: World) => (await needs.stores.rotation.schedule())?.nextAt;
const activeOf = async ({ keys }: World) => the(await keys.all(), 'issuer', 'active').id;

/** What the log says of rotation, the oldest first. */
async function logOf({ db }: World): Promise<readonly string[]> {
  const rows: { action: string; actor: string; code: string | null }[] = await db('audit_events')
    .where({ subject: 'key_rotation' })
    .orderBy('id');
  return rows.map(({ action, actor, code }) => [action, actor, code].filter(Boolean).join(' '));
}

test('where nobody has set a schedule no key rotates by itself', async (t) => {
  const w = await keyedWorld(t);
  const before = await w.keys.all();
  w.pass(10_000 * DAY);
  assert.equal(await rotateKeysWhenDue(w.needs), false);
  assert.deepEqual(await w.keys.all(), before);
});

test('a schedule begins a whole time from now, and the keys rotate at that time and no sooner', async (t) => {
  const w = await keyedWorld(t);
  const { schedule: set } = await schedule(w, 30);
  assert.deepEqual(set, { everyDays: 30, nextAt: later(30 * DAY) });
  const next = the(await w.keys.all(), 'issuer', 'next').id;
  w.pass(30 * DAY - 1);
  assert.equal(await rotateKeysWhenDue(w.needs), false);
  w.pass(1);
  assert.equal(await rotateKeysWhenDue(w.needs), true);
  assert.equal(await activeOf(w), next);
  assert.deepEqual(await nextOf(w), later(60 * DAY));
  assert.equal(await rotateKeysWhenDue(w.needs), false);
  assert.deepEqual(await logOf(w), [
    `key_rotation.scheduled ${OFFICER}`,
    'key_rotation.done system by_schedule',
  ]);
  assert.equal((await w.events(next)).at(-1), 'issuer_key.activated by system');
});

test('a rotation that comes within the hour keeps the hour that was chosen', async (t) => {
  const w = await keyedWorld(t);
  await schedule(w, 7, later(2 * DAY));
  w.pass(2 * DAY + HOUR);
  assert.equal(await rotateKeysWhenDue(w.needs), true);
  assert.deepEqual(await nextOf(w), later(9 * DAY));
});

test('after a long standstill the keys rotate once, and the time counts on from then', async (t) => {
  const w = await keyedWorld(t);
  await schedule(w, 7);
  w.pass(50 * DAY + 1);
  assert.equal(await rotateKeysWhenDue(w.needs), true);
  assert.equal(await rotateKeysWhenDue(w.needs), false);
  assert.deepEqual(await nextOf(w), later(57 * DAY + 1));
});

test('a daily rotation rotates every day', async (t) => {
  const w = await keyedWorld(t);
  await schedule(w, EVERY_DAYS.least);
  for (let day = 1; day <= 3; day++) {
    w.pass(DAY);
    assert.equal(await rotateKeysWhenDue(w.needs), true, `day ${day}`);
    w.pass(MINUTE);
  }
});

test('no next key signs by itself before it was published for long enough', async (t) => {
  const w = await keyedWorld(t);
  await schedule(w, 1, later(NOTICE));
  w.pass(HOUR);
  const next = the(await w.keys.all(), 'issuer', 'next');
  await w.keys.retire(next.id, w.needs.world.now());
  await ensureKeys(w.needs);
  w.pass(NOTICE - 1);
  assert.equal(await rotateKeysWhenDue(w.needs), false);
  w.pass(1);
  assert.equal(await rotateKeysWhenDue(w.needs), true);
});

test('a rotation by hand moves the next one on', async (t) => {
  const w = await keyedWorld(t);
  await schedule(w, 30);
  w.pass(29 * DAY);
  await rotateKeys(w.needs, OFFICER);
  assert.deepEqual(await nextOf(w), later(59 * DAY));
  w.pass(DAY);
  assert.equal(await rotateKeysWhenDue(w.needs), false);
  assert.equal((await logOf(w)).at(-1), `key_rotation.done ${OFFICER} by_hand`);
});

test('a schedule that was taken away rotates nothing', async (t) => {
  const w = await keyedWorld(t);
  await schedule(w, 30);
  assert.equal((await schedule(w, null)).schedule, null);
  w.pass(31 * DAY);
  assert.equal(await rotateKeysWhenDue(w.needs), false);
  assert.deepEqual(await logOf(w), [
    `key_rotation.scheduled ${OFFICER}`,
    `key_rotation.unscheduled ${OFFICER}`,
  ]);
});

for (const [what, nextAt, code] of [
  ['before the next keys were published for long enough', later(NOTICE - 1), 'too_early'],
  ['that has passed', later(-1), 'too_early'],
  ['more than a year ahead', later(365 * DAY + 1), 'too_late'],
] as const) {
  test(`a first rotation ${what} is refused, and nothing changes`, async (t) => {
    const w = await keyedWorld(t);
    await assert.rejects(
      () => schedule(w, 30, nextAt),
      (fault) => fault instanceof Fault && fault.more.errors?.[0]?.code === code,
    );
    assert.equal((await readSchedule({ ...w, ...w.needs.stores })).schedule, null);
    assert.deepEqual(await logOf(w), []);
  });
}

test('a first rotation may come as soon as the next keys were published for long enough', async (t) => {
  const w = await keyedWorld(t);
  const { earliest } = await readSchedule({ ...w, ...w.needs.stores });
  assert.deepEqual(earliest, later(NOTICE));
  assert.deepEqual((await schedule(w, 30, earliest)).schedule?.nextAt, earliest);
});

async function owner(scene: PasskeyScene) {
  const { cookie } = await officerOf(scene);
  return withCookie(cookie);
}

test('an owner sets the schedule, an auditor reads it, and a rotation by hand moves it on', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const headers = await owner(scene);
  const { cookie } = await officerOf(scene, 'auditor');
  const asAuditor = async () => (await client.ask(getKeySchedule, 200, { headers: { cookie } })).body;
  const none = await asAuditor();
  assert.deepEqual([none.every_days, none.next_at], [null, null]);
  const set = (await client.ask(setKeySchedule, 200, { headers, json: { every_days: 90 } })).body;
  assert.deepEqual(await asAuditor(), set);
  const first = Date.parse(set.next_at ?? '');
  running.pass(MINUTE);
  await client.ask(rotateKeysNow, 200, { headers });
  assert.ok(Date.parse((await asAuditor()).next_at ?? '') >= first + MINUTE);
  await client.ask(setKeySchedule, 200, { headers, json: { every_days: null } });
  assert.equal((await asAuditor()).every_days, null);
});

test('setting the schedule asks for a fresh passkey, and for the scope', async (t) => {
  const scene = await passkeyScene(t);
  const { client, running } = scene;
  const headers = await owner(scene);
  const json = { every_days: 90 };
  const { cookie } = await officerOf(scene, 'auditor');
  const auditor = await client.send(setKeySchedule, { headers: withCookie(cookie), json });
  assert.equal(auditor.code, 'forbidden');
  running.pass(FIVE_MINUTES);
  assert.equal((await client.send(setKeySchedule, { headers, json })).code, 'verification_required');
});

const NO_SCHEDULES = [
  [{ every_days: 0 }, '/every_days'],
  [{ every_days: 366 }, '/every_days'],
  [{ every_days: 1.5 }, '/every_days'],
  [{}, '/every_days'],
  [{ every_days: null, next_at: '2099-01-01T00:00:00Z' }, '/next_at'],
  [{ every_days: 30, next_at: 'tomorrow' }, '/next_at'],
  [{ every_days: 30, next_at: '2020-01-01T00:00:00Z' }, '/next_at'],
] as const;

test('what is no schedule is refused at the field that is wrong', async (t) => {
  const { client, admin: token } = await passkeyScene(t);
  for (const [json, pointer] of NO_SCHEDULES) {
    const answer = await client.send(setKeySchedule, { token, json });
    assert.equal(answer.code, 'invalid_request', JSON.stringify(json));
    assert.ok(answer.text.includes(`"pointer":"${pointer}"`), answer.text);
  }
});

test('a service that stood still past the time rotates when it runs again, and signs with the new keys', async (t) => {
  const { client, admin: token, running } = await passkeyScene(t);
  const active = async () => {
    const { data } = (await client.ask(listKeys, 200, { token })).body;
    return data.find(({ purpose, state }) => purpose === 'issuer' && state === 'active')?.id;
  };
  const before = await active();
  await client.ask(setKeySchedule, 200, { token, json: { every_days: 30 } });
  running.pass(100 * DAY);
  await running.service.rotateKeysWhenDue();
  assert.notEqual(await active(), before);
  assert.equal(running.service.ring.signer('issuer').kid, await active());
});
