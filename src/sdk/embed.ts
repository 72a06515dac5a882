/**
 * `counterproof/sdk/embed`: the terminal in a frame of a web till. It runs in the till's page, needs nothing else of the
 * SDK, and keeps the session's token no longer than it takes to hand it to the frame.
 */

import {
  type EmbeddedAnswer,
  type Ending,
  type Opened,
  type Opening,
  readToTill,
  type ToTerminal,
  type ToTill,
  VERSION,
} from './embed-messages.ts';

export type { EmbeddedAnswer, Ending, Opened } from './embed-messages.ts';

/** As much of an `<iframe>` as is used: the SDK is compiled for Node too, where there is none. */
export interface Frame {
  src: string;
  allow: string;
  readonly contentWindow: object | null;
  addEventListener(type: 'load', heard: () => void): void;
  removeEventListener(type: 'load', heard: () => void): void;
}

interface FrameWindow {
  postMessage(message: unknown, origin: string, transfer: readonly unknown[]): void;
}

/** What is asked of whoever shows a code next. */
export interface TillQuestion {
  readonly policies: readonly string[];
  /** The shop's own words for the sale. */
  readonly reference?: string;
}

export interface EmbedOptions {
  readonly frame: Frame;
  /** The page for this shop: `https://id.example/terminal/embedded/ret_…`. */
  readonly url: string;
  /** Has the till's own software begin a session (`POST /v1/terminal-sessions/embedded`); answers its token. */
  readonly session: () => Promise<string>;
  /**
   * Hears each answer to what is asked at that time. Sell on an outcome of `approved` and on nothing else; its
   * `next_step` may be to compare the portrait first. An approval answers the question, a refusal leaves it open.
   */
  readonly onResult: (answer: EmbeddedAnswer, question: TillQuestion) => void;
  readonly onOpened?: (opened: Opened) => void;
  /**
   * The terminal cannot be used. It is tried again by itself, but not where it was shut out, nor for another shop.
   * `no_session`: `session` rejected. `no_answer`: also where the page may not be framed by this origin.
   */
  readonly onEnded?: (why: Ending | 'no_session') => void;
}

/** The terminal in the frame. */
export interface EmbeddedTerminal {
  /** Asks this from now on, in place of what was asked before. */
  ask(question: TillQuestion): void;
  /** Asks nothing more. */
  clear(): void;
  /** Hands over what a scanner of the till itself has read. */
  scan(digits: string): void;
  /** Ends the session. The frame then says that it waits for the till. */
  close(): void;
}

const ALLOWED = 'camera; screen-wake-lock; autoplay';
/** Milliseconds in which a terminal that is there has opened. */
const PATIENCE = 15_000;
/** Milliseconds until the frame is loaded again, one after the other; the last one again and again. */
const PAUSES = [1_000, 5_000, 15_000, 60_000] as const;
const LAST_PAUSE = 60_000;

/** Loads the terminal into a frame and opens it, also when the frame was loaded again and when its session was over. */
export function embedTerminal(options: EmbedOptions): EmbeddedTerminal {
  return new Till(options);
}

type Port = InstanceType<typeof MessageChannel>['port1'];

class Till implements EmbeddedTerminal {
  readonly #options: EmbedOptions;
  #port: Port | null = null;
  #asked: { readonly id: string; readonly question: TillQuestion } | null = null;
  #asks = 0;
  #openings = 0;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: EmbedOptions) {
    this.#options = options;
    const { frame, url } = options;
    frame.allow = ALLOWED;
    frame.addEventListener('load', this.#loaded);
    frame.src = url;
  }

  ask(question: TillQuestion): void {
    this.#asks += 1;
    this.#asked = { id: String(this.#asks), question };
    this.#askNow();
  }

  clear(): void {
    this.#asked = null;
    this.#say({ type: 'clear' });
  }

  scan(digits: string): void {
    this.#say({ type: 'token', digits });
  }

  close(): void {
    this.#say({ type: 'close' });
    this.#options.frame.removeEventListener('load', this.#loaded);
    this.#letGo();
  }

  /** Whatever was loaded before is gone, and its channel with it. */
  readonly #loaded = (): void => {
    this.#letGo();
    void this.#open(this.#openings);
  };

  async #open(opening: number): Promise<void> {
    const token = await this.#options.session().catch(() => null);
    if (opening !== this.#openings) return;
    if (token === null) return this.#ended('no_session');
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', (event) => {
      const said = readToTill('data' in event ? event.data : null);
      if (said !== null && opening === this.#openings) this.#hear(said);
    });
    port1.start();
    this.#port = port1;
    const message: Opening = { counterproof: VERSION, type: 'open', token };
    // To the service's own page and to no other: what stands in the frame may be somebody else's by now.
    const { frame, url } = this.#options;
    (frame.contentWindow as FrameWindow | null)?.postMessage(message, new URL(url).origin, [port2]);
    this.#timer = setTimeout(() => this.#ended('no_answer'), PATIENCE);
  }

  #hear(said: ToTill): void {
    const { onOpened, onResult } = this.#options;
    if (said.type === 'opened') {
      clearTimeout(this.#timer);
      this.#tries = 0;
      this.#askNow();
      onOpened?.(said);
    } else if (said.type === 'ended') this.#ended(said.why);
    else if (said.id === this.#asked?.id) {
      const { question } = this.#asked;
      if (said.answer.outcome === 'approved') this.#asked = null;
      onResult(said.answer, question);
    }
  }

  #ended(why: Ending | 'no_session'): void {
    this.#letGo();
    if (why !== 'shut_out' && why !== 'other_shop') {
      const { frame, url } = this.#options;
      const again = (): void => {
        frame.src = url;
      };
      this.#timer = setTimeout(again, PAUSES[this.#tries] ?? LAST_PAUSE);
      this.#tries += 1;
    }
    this.#options.onEnded?.(why);
  }

  #letGo(): void {
    clearTimeout(this.#timer);
    this.#openings += 1;
    this.#port?.close();
    this.#port = null;
  }

  #askNow(): void {
    if (this.#asked === null) return;
    const { id, question } = this.#asked;
    this.#say({ type: 'ask', id, ...question });
  }

  #say(message: ToTerminal): void {
    this.#port?.postMessage(message);
  }
}
