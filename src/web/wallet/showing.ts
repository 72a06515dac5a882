/**
 * One showing of one copy: a code on the screen that is replaced by a new one before it lapses, until a shop was told,
 * the holder closes it, or it was left lying. Codes overlap, so that one that is being scanned as it leaves is good.
 */

import type { Clock } from '../../kernel/world.ts';
import type { Asking, Became } from './became.ts';
import type { LiveTicket, PresentTrouble } from './present.ts';

/** Milliseconds for which a code stays good after it left the screen. */
export const OVERLAP = 18_000;
/** Milliseconds before a code leaves at which the next is fetched. */
const LEAD = 6_000;
/** Milliseconds between tries to fetch the next where one failed. */
const TRY_AGAIN = 3_000;
/** Codes of one showing: after these, about five minutes, it is put away. */
const MOST_CODES = 8;

export type Showing =
  | { readonly step: 'preparing' }
  | {
      readonly step: 'on_screen';
      readonly ticket: LiveTicket;
      /** When the next code takes its place. */
      readonly leavesAt: number;
      /** The last question that was refused, if there was one. */
      readonly refused: Asking | null;
    }
  | { readonly step: 'told'; readonly asking: Asking }
  | { readonly step: 'stopped'; readonly why: PresentTrouble | 'left_lying' };

interface Needs {
  readonly makeTicket: () => Promise<LiveTicket | PresentTrouble>;
  readonly follow: (ticket: LiveTicket, signal: AbortSignal, tell: (became: Became) => void) => Promise<void>;
  readonly now: Clock;
  /** Hears each new state. */
  readonly tell: (state: Showing) => void;
  /** Hears each question once, of whichever code of this showing. */
  readonly heard: (asking: Asking, ticket: LiveTicket) => void;
}

export interface ShowingControl {
  /** Looks at the clock; to be called a few times a second while the code is seen, and not while it is covered. */
  tick(): void;
  /** Ends it: nothing more is fetched or followed. */
  stop(): void;
}

/** Milliseconds until a code leaves the screen, and the part of its stay that is left, from 1 to 0. */
export function countdown(
  { ticket, leavesAt }: { readonly ticket: LiveTicket; readonly leavesAt: number },
  now: Date,
): { readonly left: number; readonly part: number } {
  const stay = Math.max(1, leavesAt - ticket.shownFrom);
  const left = Math.min(stay, Math.max(0, leavesAt - now.getTime()));
  return { left, part: left / stay };
}

/** Begins to show. The first code is made at once. */
export function startShowing(needs: Needs): ShowingControl {
  const running = new RunningShowing(needs);
  running.begin();
  return running;
}

class RunningShowing implements ShowingControl {
  readonly #needs: Needs;
  readonly #over = new AbortController();
  readonly #heard = new Set<string>();
  #state: Showing = { step: 'preparing' };
  #next: LiveTicket | null = null;
  #fetching = false;
  #tryAgainAt = 0;
  #codes = 0;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  begin(): void {
    this.#become(this.#state);
    void this.#fetchNext();
  }

  tick(): void {
    const now = this.#needs.now().getTime();
    const state = this.#state;
    if (state.step !== 'on_screen' || this.#over.signal.aborted) return;
    if (this.#next !== null && now >= state.leavesAt) this.#swap(this.#next);
    else if (now >= state.ticket.expiresAt && this.#codes >= MOST_CODES) this.#end('left_lying');
    else if (now >= state.ticket.expiresAt && !this.#fetching) this.#renewLapsed();
    else if (now >= state.ticket.expiresAt - OVERLAP - LEAD && this.#mayFetch(now)) void this.#fetchNext();
    else if (now >= state.leavesAt && state.leavesAt < state.ticket.expiresAt) this.#stay(state);
  }

  stop(): void {
    this.#over.abort();
  }

  #mayFetch(now: number): boolean {
    return this.#next === null && !this.#fetching && this.#codes < MOST_CODES && now >= this.#tryAgainAt;
  }

  async #fetchNext(): Promise<void> {
    this.#fetching = true;
    const ticket = await this.#needs.makeTicket();
    this.#fetching = false;
    if (this.#over.signal.aborted) return;
    if (typeof ticket === 'string') return this.#failed(ticket);
    this.#codes += 1;
    void this.#needs.follow(ticket, this.#over.signal, (became) => this.#learn(ticket, became));
    if (this.#state.step === 'on_screen' && !this.#overdue(this.#state.ticket)) this.#next = ticket;
    else this.#swap(ticket);
  }

  /** Whether a code should have left by now, had there been another. */
  #overdue({ expiresAt }: LiveTicket): boolean {
    return this.#needs.now().getTime() >= expiresAt - OVERLAP;
  }

  /** While a code is still good there is time to try again; a refusal of the service is final. */
  #failed(why: PresentTrouble): void {
    const passing = why === 'unreachable' || why === 'busy';
    if (passing && this.#state.step === 'on_screen') {
      this.#tryAgainAt = this.#needs.now().getTime() + TRY_AGAIN;
    } else this.#end(why);
  }

  #swap(ticket: LiveTicket): void {
    this.#next = null;
    const stay = { ...ticket, shownFrom: this.#needs.now().getTime() };
    const leavesAt = Math.max(stay.shownFrom, stay.expiresAt - OVERLAP);
    this.#become({ step: 'on_screen', ticket: stay, leavesAt, refused: this.#refused() });
  }

  /** No next code came in time: this one stays for as long as it is good. */
  #stay(state: Extract<Showing, { step: 'on_screen' }>): void {
    this.#become({ ...state, leavesAt: state.ticket.expiresAt });
  }

  #renewLapsed(): void {
    this.#become({ step: 'preparing' });
    if (this.#next !== null && this.#next.expiresAt - OVERLAP > this.#needs.now().getTime()) {
      this.#swap(this.#next);
    } else {
      this.#next = null;
      void this.#fetchNext();
    }
  }

  #learn(ticket: LiveTicket, { askings }: Became): void {
    for (const asking of askings) {
      const name = `${ticket.id} ${asking.askedAt} ${asking.asked.join()}`;
      if (this.#heard.has(name) || this.#over.signal.aborted) continue;
      this.#heard.add(name);
      this.#needs.heard(asking, ticket);
      if (asking.outcome === 'approved') {
        this.#become({ step: 'told', asking });
        this.#over.abort();
      } else if (this.#state.step === 'on_screen') this.#become({ ...this.#state, refused: asking });
    }
  }

  #refused(): Asking | null {
    return this.#state.step === 'on_screen' ? this.#state.refused : null;
  }

  #end(why: PresentTrouble | 'left_lying'): void {
    this.#become({ step: 'stopped', why });
    this.#over.abort();
  }

  #become(state: Showing): void {
    this.#state = state;
    this.#needs.tell(state);
  }
}
