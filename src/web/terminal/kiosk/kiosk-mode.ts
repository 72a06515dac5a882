import { signal } from '@preact/signals';
import type { Said } from '../../language/words.ts';
import { EMPTY, fixedTo } from '../basket.ts';
import type { Tone } from '../result.ts';
import { said } from '../said.ts';
import type { Terminal } from '../terminal.ts';
import {
  isStale,
  type Kiosk,
  keptText,
  later,
  openKiosk,
  readKept,
  speaking,
  touched,
  unfit,
} from './kiosk-state.ts';
import { type Lock, newLock, tried, waitLeft } from './lock.ts';

/** What a kiosk needs of the world around it. */
export interface KioskDevices {
  readonly now: () => Date;
  readonly kept: () => Promise<string | null>;
  readonly keep: (text: string | null) => Promise<void>;
  readonly newSalt: () => string;
  readonly hashOf: (code: string, salt: string) => Promise<string>;
  /** Speaks a language without keeping it; null is the shop's own. */
  readonly speak: (language: string | null) => void;
}

type KioskTerminal = Pick<Terminal, 'place' | 'till' | 'send'>;

/** Whether the till is a kiosk, and the way in and out of it. */
export class KioskMode {
  readonly #terminal: KioskTerminal;
  readonly #devices: KioskDevices;
  readonly #kiosk = signal<Kiosk | null>(null);
  readonly #wait = signal(0);
  #before: readonly string[] = [];

  constructor(terminal: KioskTerminal, devices: KioskDevices) {
    this.#terminal = terminal;
    this.#devices = devices;
  }

  get kiosk(): Kiosk | null {
    return this.#kiosk.value;
  }

  /** What the last kiosk of this till asked. */
  get before(): readonly string[] {
    return this.#before;
  }

  /** Takes up a kiosk that is kept. To be awaited before anything is drawn: a till must not show in its place. */
  async start(): Promise<void> {
    const kept = readKept(await this.#devices.kept());
    this.#before = kept?.policies ?? [];
    if (kept === null || kept.lock === null) return;
    this.#kiosk.value = { ...openKiosk(kept.policies, kept.lock, this.#devices.now()), ended: kept.ended };
  }

  /** Makes the till a kiosk; says why it did not. */
  async open(policies: readonly string[], code: string): Promise<Said | null> {
    if (policies.length === 0 || unfit(this.#terminal.till.policies, policies)) {
      return said('kiosk.nothing_chosen');
    }
    const { now, newSalt, hashOf } = this.#devices;
    const salt = newSalt();
    const hash = await hashOf(code, salt).catch(() => null);
    if (hash === null) return said('kiosk.cannot');
    const kiosk = openKiosk(policies, newLock(salt, hash, now()), now());
    await this.#keep(kiosk);
    this.#kiosk.value = kiosk;
    this.#fix(kiosk);
    return null;
  }

  /** Seconds until an exit code may be tried. */
  get wait(): number {
    return this.#wait.value;
  }

  /** Opens the way out for somebody who works here, or closes it. */
  staff(open: boolean): void {
    this.touched();
    if (this.kiosk !== null) this.#kiosk.value = { ...this.kiosk, staff: open };
  }

  /**
   * Leaves the kiosk by its code; answers whether that was it. A try is kept before it is judged, so that a reload in
   * between does not win another.
   */
  async leave(code: string): Promise<boolean> {
    const before = this.kiosk;
    const lock = before === null ? null : tried(before.lock, this.#devices.now());
    if (before === null || lock === null) return false;
    this.#kiosk.value = { ...before, lock };
    this.#countDown();
    await this.#keep({ ...before, lock });
    const right = (await this.#devices.hashOf(code, lock.salt)) === lock.hash;
    if (right) await this.#end();
    return right;
  }

  /** Somebody touched the screen, or showed something. */
  touched(): void {
    const { kiosk } = this;
    if (kiosk !== null) this.#kiosk.value = touched(kiosk, this.#devices.now());
  }

  speak(language: string): void {
    const { kiosk } = this;
    if (kiosk === null) return;
    this.#kiosk.value = speaking(kiosk, language, this.#devices.now());
    this.#devices.speak(language);
  }

  /** The sound of a result: beside a kiosk nobody hears that somebody was refused. */
  toneOf(tone: Tone): Tone {
    return this.kiosk !== null && tone === 'refused' ? 'again' : tone;
  }

  /** Lets time pass: several times a second. */
  tick(): void {
    const before = this.kiosk;
    if (before === null) return;
    const now = this.#devices.now();
    this.#countDown();
    const kiosk = later(before, now);
    if (kiosk !== before) this.#kiosk.value = kiosk;
    if (kiosk.language !== before.language) this.#devices.speak(null);
    const { place, till } = this.#terminal;
    if (place.at === 'unpaired' || place.at === 'shut_out') this.#sessionOver(kiosk);
    else if (place.at === 'open' && kiosk.ended) void this.#end();
    else if (place.at === 'open') this.#fix(kiosk);
    const { phase } = till;
    if (phase.at === 'unanswered' && isStale(phase.question.scannedAt, now)) {
      this.#terminal.send({ type: 'dismissed' });
    }
  }

  #countDown(): void {
    const { kiosk } = this;
    this.#wait.value = kiosk === null ? 0 : Math.ceil(waitLeft(kiosk.lock, this.#devices.now()) / 1_000);
  }

  #sessionOver(kiosk: Kiosk): void {
    if (kiosk.ended) return;
    this.#kiosk.value = { ...kiosk, ended: true };
    void this.#keep({ ...kiosk, ended: true });
  }

  /** A till that was opened anew has an empty basket. */
  #fix({ policies }: Kiosk): void {
    const { basket } = this.#terminal.till;
    if (basket.by !== 'kiosk') this.#terminal.send({ type: 'basket', basket: fixedTo(policies) });
  }

  async #end(): Promise<void> {
    const policies = this.kiosk?.policies ?? [];
    this.#kiosk.value = null;
    this.#before = policies;
    this.#terminal.send({ type: 'basket', basket: EMPTY });
    this.#devices.speak(null);
    await this.#devices.keep(keptText({ policies, lock: null, ended: false }));
  }

  #keep({
    policies,
    lock,
    ended,
  }: {
    policies: readonly string[];
    lock: Lock;
    ended: boolean;
  }): Promise<void> {
    return this.#devices.keep(keptText({ policies, lock, ended }));
  }
}
