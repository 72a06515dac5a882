/** The terminal in the frame of a web till: the till's page opens it, says what is sold, and is told the answers. */

import { effect } from '@preact/signals';
import type { getTerminalSession } from '../../retailers/terminals/endpoints.ts';
import {
  type Asking,
  type EmbeddedAnswer,
  type Ending,
  type Opened,
  readToTerminal,
  type ToTill,
} from '../../sdk/embed-messages.ts';
import type { Call } from '../api/client.ts';
import type { Answered } from '../api/contract-types.ts';
import { EMPTY, takeSent } from './basket.ts';
import type { Place } from './place.ts';
import { type Session, sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';
import type { Question } from './till-state.ts';

/** The end of a channel whose other end the till's page has. */
export interface TillPort {
  send(message: ToTill): void;
  close(): void;
}

interface Embedded {
  readonly terminal: Terminal;
  readonly call: Call;
  /** Whose page this is. A session of another shop is not taken, whoever hands it over. */
  readonly retailer: string;
}

/** Hears one page at a time: who opens last is heard, and who was heard before is not any more. */
export class Embedding {
  readonly #embedded: Embedded;
  #port: TillPort | null = null;
  /** Whether the page has been told that it is open. */
  #open = false;
  #asking: Asking | null = null;

  constructor(embedded: Embedded) {
    this.#embedded = embedded;
    effect(() => this.#placed(embedded.terminal.place));
  }

  /** Opens with the token of a session for the page behind the port. The token stays in memory. */
  async open(token: string, port: TillPort): Promise<void> {
    const { terminal, call, retailer } = this.#embedded;
    this.#leave();
    this.#port = port;
    const came = await call<typeof getTerminalSession>('GET /v1/terminal-sessions/current', { token });
    if (this.#port !== port) return;
    if (came.kind !== 'answered') {
      const refused = came.kind === 'refused' && came.problem.code === 'unauthenticated';
      return this.#end(refused ? 'shut_out' : 'no_answer');
    }
    if (came.body.retailer.id !== retailer) return this.#end('other_shop');
    const session = sessionIn(token, came.body);
    if (session === null) return this.#end('shut_out');
    const opening = terminal.open(session);
    this.#open = true;
    port.send(openedOf(came.body));
    await opening;
  }

  /** Takes what came from the page behind a port; nothing from one that is no longer heard. */
  hear(data: unknown, port: TillPort): void {
    const said = readToTerminal(data);
    if (said === null || port !== this.#port || !this.#open) return;
    if (said.type === 'token') this.#embedded.terminal.scan(said.digits);
    else if (said.type === 'close') this.#leave();
    else this.#ask(said.type === 'ask' ? said : null);
  }

  /** Tells the page what came of its question, unless it asks another by now. An approval answers it for good. */
  tell({ policies }: Question, answer: EmbeddedAnswer): void {
    // A question holds the very list with which it was asked.
    if (this.#asking === null || policies !== this.#asking.policies) return;
    this.#port?.send({ type: 'result', id: this.#asking.id, answer });
    if (answer.outcome === 'approved') this.#ask(null);
  }

  #ask(asking: Asking | null): void {
    const { terminal } = this.#embedded;
    this.#asking = asking;
    const { policies = [], reference = null } = asking ?? {};
    const basket = asking === null ? EMPTY : takeSent(EMPTY, { policies, reference });
    terminal.send({ type: 'basket', basket });
  }

  /** What becomes of an open till by itself: its session ends, or the service no longer lets it in. */
  #placed(place: Place): void {
    if (this.#open && place.at !== 'open') this.#end(place.at === 'shut_out' ? 'shut_out' : 'over');
  }

  #end(why: Ending): void {
    this.#port?.send({ type: 'ended', why });
    this.#letGo();
  }

  #leave(): void {
    this.#letGo();
    if (this.#embedded.terminal.place.at === 'open') void this.#embedded.terminal.leave();
  }

  #letGo(): void {
    this.#open = false;
    this.#asking = null;
    this.#port?.close();
    this.#port = null;
  }
}

type Current = Answered<typeof getTerminalSession>['body'];

/** The session, or null for a key: what does not end is not for a browser. */
function sessionIn(token: string, { terminal, retailer, paired, expires_at }: Current): Session | null {
  if (!paired || expires_at === null) return null;
  const { id, name, live } = terminal;
  const names = { terminal_id: id, terminal_name: name, retailer_name: retailer.name };
  return sessionOf({ token, ...names, live, expires_at });
}

function openedOf({ terminal, retailer }: Current): Opened {
  const { id, name, live } = terminal;
  return { type: 'opened', terminal: { id, name }, retailer, live };
}
