import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { readPass } from '../../../../src/formats/pass.ts';
import type { TakenPass } from '../../../../src/web/wallet/passes/box.ts';
import { type PassShowing, startPass } from '../../../../src/web/wallet/passes/show-pass.ts';
import { type HeldPass, makePass, makePassKey } from '../../../support/passes.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');

describe('a showing of a pass', () => {
  let held: HeldPass;
  before(async () => {
    held = await makePass(makePassKey());
  });

  /** A showing on a clock that is moved by hand. */
  async function scene({ left = 1, from = NOON + 3_000 } = {}) {
    let at = from;
    let taken = 0;
    const states: PassShowing[] = [];
    const pass: TakenPass = {
      claim: 'age_over_18',
      pass: held.stocked,
      device: { sign: (data) => held.sign(Uint8Array.from(data)) },
    };
    let told: () => void = () => {};
    const next = () => new Promise<void>((resolve) => (told = resolve));
    const first = next();
    const control = startPass({
      now: () => new Date(at),
      take: async () => (taken++ < left ? pass : null),
      tell: (state) => {
        states.push(state);
        if (state.step !== 'preparing') told();
      },
    });
    await first;
    return {
      control,
      states,
      taken: () => taken,
      move: (milliseconds: number) => {
        at += milliseconds;
        control.tick();
      },
      moveTo: async (milliseconds: number) => {
        const coming = next();
        at += milliseconds;
        control.tick();
        await coming;
      },
    };
  }
  const digitsOf = (state: PassShowing | undefined) => (state?.step === 'on_screen' ? state.digits : '');
  const timeOf = (state: PassShowing | undefined) => readPass(digitsOf(state))?.shownAt;

  test('takes one pass and signs the time in steps of ten seconds', async () => {
    const { states, moveTo, move, taken } = await scene();
    assert.equal(timeOf(states.at(-1)), NOON / 1_000);
    move(6_900);
    assert.equal(states.length, 2);
    await moveTo(100);
    assert.equal(timeOf(states.at(-1)), NOON / 1_000 + 10);
    assert.equal(taken(), 1);
  });

  test('is put away after five minutes, and the pass with it', async () => {
    const { states, moveTo, move } = await scene();
    await moveTo(299_000);
    assert.equal(states.at(-1)?.step, 'on_screen');
    await moveTo(1_000);
    assert.deepEqual(states.at(-1), { step: 'stopped', why: 'left_lying' });
    move(20_000);
    assert.deepEqual(states.at(-1), { step: 'stopped', why: 'left_lying' });
  });

  test('says so where no pass is left', async () => {
    assert.deepEqual((await scene({ left: 0 })).states.at(-1), { step: 'stopped', why: 'none_left' });
  });

  test('that was closed signs nothing any more', async () => {
    const { states, control, move } = await scene();
    const before = states.length;
    control.stop();
    move(60_000);
    await new Promise(setImmediate);
    assert.equal(states.length, before);
  });
});
