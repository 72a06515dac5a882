import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EMPTY } from '../../../../src/web/terminal/basket.ts';
import { KioskMode } from '../../../../src/web/terminal/kiosk/kiosk-mode.ts';
import type { Place } from '../../../../src/web/terminal/place.ts';
import { type Event, openTill, step, type Till } from '../../../../src/web/terminal/till-state.ts';

const START = new Date('2026-11-22T10:00:00Z');
const CODE = '25801';
const POLICIES = [
  { id: 'alcohol', title: 'Alcohol', claims: ['age_over_18'], presenter: 'none' },
  { id: 'parcel', title: 'Parcel', claims: ['family_name'], presenter: 'portrait' },
] as const;
const SESSION = {
  token: 'cp_live_secret',
  terminalId: 'ter_4',
  terminalName: 'Till 4',
  retailerName: 'Corner Shop',
  live: true,
  expiresAt: new Date('2026-11-22T22:00:00Z'),
};
const OPEN: Place = { at: 'open', session: SESSION };
const ENDED: Place = { at: 'unpaired', ended: true, busy: false, wrong: null };

/** A till with its policies, and the world of its kiosk. What is kept outlives each page that `page` opens. */
function world() {
  let now = START;
  let kept: string | null = null;
  const spoken: (string | null)[] = [];
  const terminal = {
    place: OPEN as Place,
    till: { ...openTill(true), policies: POLICIES } as Till,
    send(event: Event) {
      terminal.till = step(terminal.till, event, now).till;
    },
  };
  const page = () =>
    new KioskMode(terminal, {
      now: () => now,
      kept: async () => kept,
      keep: async (text) => {
        kept = text;
      },
      newSalt: () => 'salt',
      hashOf: async (code, salt) => `${salt}:${code.split('').reverse().join('')}`,
      speak: (language) => spoken.push(language),
    });
  return {
    terminal,
    page,
    spoken,
    kept: () => kept,
    pass: (milliseconds: number) => {
      now = new Date(now.getTime() + milliseconds);
    },
    /** The page is loaded again: what was in memory is gone. */
    async again() {
      terminal.till = { ...openTill(true), policies: POLICIES };
      const mode = page();
      await mode.start();
      mode.tick();
      return mode;
    },
  };
}

async function opened() {
  const it = world();
  const mode = it.page();
  assert.equal(await mode.open(['alcohol'], CODE), null);
  return { ...it, mode };
}

describe('a kiosk', () => {
  test('asks what it was opened with, also after a reload, and takes nothing else', async () => {
    const it = await opened();
    assert.deepEqual(it.terminal.till.basket.chosen, ['alcohol']);
    assert.equal((await it.again()).kiosk?.policies[0], 'alcohol');
    assert.equal(it.terminal.till.basket.by, 'kiosk');
    it.terminal.send({ type: 'policies', policies: [] });
    assert.deepEqual(it.terminal.till.basket.chosen, ['alcohol']);
  });

  test('does not open over a policy that tells who somebody is, nor over none', async () => {
    const it = world();
    const mode = it.page();
    assert.equal((await mode.open(['alcohol', 'parcel'], CODE))?.key, 'kiosk.nothing_chosen');
    assert.equal((await mode.open([], CODE))?.key, 'kiosk.nothing_chosen');
    assert.equal(mode.kiosk, null);
    assert.equal(it.kept(), null);
  });

  test('keeps no exit code', async () => {
    const it = await opened();
    assert.ok(it.kept()?.includes('"salt":"salt"'));
    assert.ok(!it.kept()?.includes(CODE));
  });

  test('is left by its code, and the next one begins with what it asked', async () => {
    const it = await opened();
    assert.equal(await it.mode.leave(CODE), true);
    assert.equal(it.mode.kiosk, null);
    assert.deepEqual(it.terminal.till.basket, EMPTY);
    const later = await it.again();
    assert.equal(later.kiosk, null);
    assert.deepEqual(later.before, ['alcohol']);
  });

  test('counts wrong codes across reloads, and does not hear the right one while it waits', async () => {
    const it = await opened();
    await it.mode.leave('1111');
    await it.mode.leave('2222');
    const second = await it.again();
    assert.equal(second.wait, 0);
    await second.leave('3333');
    assert.equal(second.wait, 30);
    const third = await it.again();
    assert.equal(third.wait, 30);
    assert.equal(await third.leave(CODE), false);
    it.pass(30_000);
    assert.equal(await third.leave(CODE), true);
  });

  test('has kept a try before it knows whether the code was right', async () => {
    const it = await opened();
    const left = it.mode.leave('1111');
    assert.match(it.kept() ?? '', /"tries":1/);
    assert.equal(await left, false);
  });

  test('is over once its till is paired anew, and not before', async () => {
    const it = await opened();
    it.terminal.place = ENDED;
    it.mode.tick();
    assert.equal(it.mode.kiosk?.ended, true);
    const reloaded = await it.again();
    assert.equal(reloaded.kiosk?.ended, true);
    it.terminal.place = OPEN;
    reloaded.tick();
    assert.equal(reloaded.kiosk, null);
    assert.equal((await it.again()).kiosk, null);
  });

  test('speaks a customer’s language until nobody has done anything for half a minute', async () => {
    const it = await opened();
    it.mode.speak('ar');
    it.pass(29_999);
    it.mode.tick();
    assert.deepEqual(it.spoken, ['ar']);
    it.mode.touched();
    it.pass(29_999);
    it.mode.tick();
    assert.deepEqual(it.spoken, ['ar']);
    it.pass(1);
    it.mode.tick();
    it.mode.tick();
    assert.deepEqual(it.spoken, ['ar', null]);
  });

  test('closes the way out behind staff who went away', async () => {
    const it = await opened();
    it.mode.staff(true);
    it.pass(30_000);
    it.mode.tick();
    assert.equal(it.mode.kiosk?.staff, false);
  });

  test('lets go of a question that nobody has answered, so that it opens for nobody else', async () => {
    const it = await opened();
    it.terminal.send({ type: 'scanned', token: '1', is: 'code', key: 'k' });
    it.terminal.send({ type: 'lost', key: 'k', why: 'unreachable', retryAfter: 60 });
    it.pass(14_999);
    it.mode.tick();
    assert.equal(it.terminal.till.phase.at, 'unanswered');
    it.pass(1);
    it.mode.tick();
    assert.equal(it.terminal.till.phase.at, 'ready');
  });

  test('sounds the same for a refusal as for a code to be shown anew', async () => {
    const it = await opened();
    assert.equal(it.mode.toneOf('refused'), 'again');
    assert.equal(it.mode.toneOf('approved'), 'approved');
    assert.equal(world().page().toneOf('refused'), 'refused');
  });
});
