import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Ticket } from '../../../src/formats/ticket.ts';
import type { Asking, Became } from '../../../src/web/wallet/became.ts';
import type { PresentTrouble } from '../../../src/web/wallet/present.ts';
import { countdown, OVERLAP, type Showing, startShowing } from '../../../src/web/wallet/showing.ts';

const LIFE = 58_000;
const NOON = Date.parse('2026-11-22T12:00:00Z');

const asking = (outcome: Asking['outcome']): Asking => ({
  askedAt: '2026-11-22T12:00:20.000Z',
  shop: { id: 'ret_1', name: 'Corner Shop' },
  asked: ['age_over_18'],
  outcome,
  reason: outcome === 'approved' ? null : 'claim_not_presented',
  told: outcome === 'approved' ? ['age_over_18'] : [],
});

/** A showing on a clock that is moved by hand, and a service that answers as the list says, then with tickets. */
async function scene(answers: readonly PresentTrouble[] = []) {
  const troubles = [...answers];
  const followed = new Map<string, { tell: (became: Became) => void; signal: AbortSignal }>();
  const heard: Asking[] = [];
  let at = NOON;
  let made = 0;
  let state: Showing = { step: 'preparing' };
  const control = startShowing({
    now: () => new Date(at),
    makeTicket: async () => {
      const trouble = troubles.shift();
      if (trouble !== undefined) return trouble;
      made += 1;
      const took = { signing: 0, uploading: 0 };
      return {
        id: `prs_${made}`,
        digits: String(made) as Ticket,
        secret: 's',
        shownFrom: at,
        expiresAt: at + LIFE,
        took,
      };
    },
    follow: async (ticket, signal, tell) => void followed.set(ticket.id, { tell, signal }),
    tell: (next) => {
      state = next;
    },
    heard: (one) => heard.push(one),
  });
  const settle = async () => {
    for (let i = 0; i < 5; i++) await null;
  };
  await settle();
  return {
    control,
    followed,
    heard,
    state: () => state,
    onScreen: () => (state.step === 'on_screen' ? state.ticket.id : state.step),
    fail: (...more: PresentTrouble[]) => troubles.push(...more),
    made: () => made,
    async pass(milliseconds: number) {
      const until = at + milliseconds;
      while (at < until) {
        at = Math.min(until, at + 250);
        control.tick();
        await settle();
      }
    },
    countdown: () => (state.step === 'on_screen' ? countdown(state, new Date(at)) : null),
  };
}

describe('a showing', () => {
  test('puts a code on the screen, with the time that it stays', async () => {
    const { onScreen, countdown: left, pass } = await scene();
    assert.equal(onScreen(), 'prs_1');
    assert.deepEqual(left(), { left: LIFE - OVERLAP, part: 1 });
    await pass(10_000);
    assert.deepEqual(left(), { left: 30_000, part: 0.75 });
  });

  test('replaces a code while the one before is still good', async () => {
    const { onScreen, pass, state } = await scene();
    await pass(LIFE - OVERLAP - 250);
    assert.equal(onScreen(), 'prs_1');
    await pass(250);
    assert.equal(onScreen(), 'prs_2');
    const now = state();
    assert.ok(now.step === 'on_screen' && now.ticket.expiresAt - (NOON + LIFE - OVERLAP) > OVERLAP);
  });

  test('follows the code before too, so that a scan at the last moment is noticed', async () => {
    const { onScreen, pass, followed, state } = await scene();
    await pass(LIFE - OVERLAP);
    assert.equal(onScreen(), 'prs_2');
    followed.get('prs_1')?.tell({ state: 'used', askings: [asking('approved')] });
    assert.equal(state().step, 'told');
  });

  test('ends when a shop was told, and follows nothing any more', async () => {
    const { state, followed, heard, pass, made } = await scene();
    followed.get('prs_1')?.tell({ state: 'used', askings: [asking('approved')] });
    assert.deepEqual(state(), { step: 'told', asking: asking('approved') });
    assert.equal(followed.get('prs_1')?.signal.aborted, true);
    await pass(120_000);
    assert.deepEqual([heard.length, made()], [1, 1]);
  });

  test('goes on after a question that was refused, and hears it once', async () => {
    const { state, followed, heard } = await scene();
    for (let twice = 0; twice < 2; twice++) {
      followed.get('prs_1')?.tell({ state: 'waiting', askings: [asking('refused')] });
    }
    const now = state();
    assert.ok(now.step === 'on_screen' && now.refused?.shop.name === 'Corner Shop');
    assert.equal(heard.length, 1);
  });

  test('keeps a code for as long as it is good where no next one comes, and tries again', async () => {
    const { onScreen, pass, fail } = await scene();
    fail('unreachable', 'unreachable', 'unreachable', 'unreachable');
    await pass(LIFE - OVERLAP + 2_000);
    assert.equal(onScreen(), 'prs_1');
    await pass(6_000);
    assert.equal(onScreen(), 'prs_2');
  });

  test('says that there is no network once the last code has lapsed', async () => {
    const { state, pass, fail } = await scene();
    fail(...Array.from({ length: 40 }, () => 'unreachable' as const));
    await pass(LIFE + 1_000);
    assert.deepEqual(state(), { step: 'stopped', why: 'unreachable' });
  });

  for (const why of ['suspended', 'revoked', 'clock', 'refused', 'unreachable'] as const) {
    test(`that cannot begin says why: ${why}`, async () => {
      assert.deepEqual((await scene([why])).state(), { step: 'stopped', why });
    });
  }

  test('is put away after about five minutes', async () => {
    const { state, pass, made } = await scene();
    await pass(8 * (LIFE - OVERLAP) + OVERLAP + 1_000);
    assert.deepEqual(state(), { step: 'stopped', why: 'left_lying' });
    assert.equal(made(), 8);
  });

  test('that was stopped makes no more codes', async () => {
    const { control, pass, made, followed } = await scene();
    control.stop();
    await pass(120_000);
    assert.equal(made(), 1);
    assert.equal(followed.get('prs_1')?.signal.aborted, true);
  });
});
