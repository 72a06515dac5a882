/**
 * One showing of one pass, without a request of any kind: the time is signed anew every ten seconds, until the holder
 * closes it or it was left lying. The pass was taken out before, and whatever happens it is not shown again.
 */

import { showPass } from '../../../formats/pass.ts';
import type { Clock } from '../../../kernel/world.ts';
import type { TakenPass } from './box.ts';

/** Milliseconds from one picture to the next: the steps to which the time of showing is floored. */
export const STEP = 10_000;
/** Milliseconds after which it is put away. */
const LONGEST = 300_000;

export type PassShowing =
  | { readonly step: 'preparing' }
  | {
      readonly step: 'on_screen';
      readonly digits: string;
      /** When the next picture takes its place, by the clock that was given. */
      readonly leavesAt: number;
    }
  | { readonly step: 'stopped'; readonly why: 'none_left' | 'left_lying' };

interface Needs {
  /** Takes a pass out for good; null if none is left. */
  readonly take: () => Promise<TakenPass | null>;
  /** The service's time, as far as the phone knows it. */
  readonly now: Clock;
  readonly tell: (state: PassShowing) => void;
}

export interface PassControl {
  /** Looks at the clock; to be called a few times a second while the code is seen. */
  tick(): void;
  /** Ends it, and with it the pass. */
  stop(): void;
}

/** Begins to show: one pass is taken at once. */
export function startPass(needs: Needs): PassControl {
  const running = new RunningPass(needs);
  void running.begin();
  return running;
}

class RunningPass implements PassControl {
  readonly #needs: Needs;
  #taken: TakenPass | null = null;
  #over = false;
  #since = 0;
  #signing = false;
  #leavesAt = 0;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  async begin(): Promise<void> {
    this.#needs.tell({ step: 'preparing' });
    const taken = await this.#needs.take();
    if (this.#over) return;
    if (taken === null) return this.#end('none_left');
    this.#taken = taken;
    this.#since = this.#now();
    await this.#sign();
  }

  tick(): void {
    const now = this.#now();
    if (this.#over || this.#taken === null) return;
    // A clock that was set back is a reason to sign anew, too.
    const due = now >= this.#leavesAt || now < this.#leavesAt - STEP;
    if (Math.abs(now - this.#since) >= LONGEST) this.#end('left_lying');
    else if (due && !this.#signing) void this.#sign();
  }

  stop(): void {
    this.#over = true;
    this.#taken = null;
  }

  async #sign(): Promise<void> {
    if (this.#taken === null) return;
    const { pass, device } = this.#taken;
    this.#signing = true;
    const at = this.#now();
    const digits = await showPass(pass, new Date(at), device.sign);
    this.#signing = false;
    if (this.#over) return;
    this.#leavesAt = (Math.floor(at / STEP) + 1) * STEP;
    this.#needs.tell({ step: 'on_screen', digits, leavesAt: this.#leavesAt });
  }

  #end(why: 'none_left' | 'left_lying'): void {
    this.stop();
    this.#needs.tell({ step: 'stopped', why });
  }

  #now(): number {
    return this.#needs.now().getTime();
  }
}
