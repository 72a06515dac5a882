/** One visit to the till with a pass: unlock, show, write it down. Nothing in here knows the network. */

import { type Signal, signal } from '@preact/signals';
import { base64url } from '../../kernel/bytes.ts';
import type { Claim } from '../../kernel/claims.ts';
import type { Choice } from './choice.ts';
import type { App } from './device/app.ts';
import { shownEntry } from './history.ts';
import { correctedNow } from './passes/book.ts';
import { type PassControl, type PassShowing, startPass } from './passes/show-pass.ts';
import { type GatedShowing, openGate } from './showing-gate.ts';
import type { OpenVault } from './vault.ts';

export interface PassSession extends GatedShowing {
  readonly showing: Signal<PassShowing>;
  /** The time by which the pass is shown. */
  now(): Date;
}

/** Prepares a showing of one claim. The pass is taken when the owner has unlocked, and not before. */
export function passSession(app: App, choice: Choice, claim: Claim): PassSession {
  const showing = signal<PassShowing>({ step: 'preparing' });
  const now = (): Date => correctedNow(app.book.value, app.phone.world);
  let control: PassControl | null = null;
  const { gate, covered, open } = openGate(app);
  const begin = (vault: OpenVault): PassControl => {
    const id = base64url(app.phone.world.random(9));
    let noted = false;
    return startPass({
      now,
      take: async () => {
        const taken = await vault.passes.take(claim);
        await app.look();
        return taken;
      },
      tell: (state) => {
        showing.value = state;
        if (state.step !== 'on_screen' || noted) return;
        noted = true;
        void vault.note([shownEntry(id, choice, app.phone.world.now())]);
      },
    });
  };
  return {
    gate,
    covered,
    showing,
    now,
    async begin() {
      const vault = await open();
      if (vault !== null) control = begin(vault);
    },
    cover() {
      if (showing.value.step === 'on_screen') covered.value = true;
    },
    async uncover() {
      if ((await open()) === null) return;
      control?.tick();
      covered.value = false;
    },
    tick: () => control?.tick(),
    end: () => control?.stop(),
  };
}
