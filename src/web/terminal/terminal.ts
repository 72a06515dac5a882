/** The terminal as a whole: which screen there is, and what goes between the till, the service and the devices. */

import { signal } from '@preact/signals';
import type { listPolicies } from '../../retailers/policies/endpoints.ts';
import type {
  endTerminalSession,
  getTerminalSession,
  pairTerminal,
} from '../../retailers/terminals/endpoints.ts';
import type { EmbeddedAnswer } from '../../sdk/embed-messages.ts';
import type { Call, Outcome } from '../api/client.ts';
import type { Contract } from '../api/contract-types.ts';
import { answerIn, ask, cameOf } from './ask.ts';
import { type OfferedPolicy, sentIn, takeSent } from './basket.ts';
import { clockError } from './clock.ts';
import { judgeHere, statusOf } from './judge-here.ts';
import type { OfflineJudge } from './offline.ts';
import { type Clock, type Place, unpaired, wrongPairing } from './place.ts';
import type { Tone } from './result.ts';
import { whatIs } from './scanned.ts';
import { keptSession, readPolicies, readSession, type Session, sessionOf } from './session.ts';
import { type Effect, type Event, openTill, type Question, step, type Till } from './till-state.ts';

/** What the terminal needs of the world around it. */
export interface Devices {
  readonly call: Call;
  readonly now: () => Date;
  /** A key that no question had before. */
  readonly newKey: () => string;
  readonly signal: (tone: Tone) => void;
  readonly kept: () => Promise<string | null>;
  readonly keep: (text: string | null) => Promise<void>;
  /** What judges for this till while the service is away. */
  readonly offline: (session: Session) => Promise<OfflineJudge>;
  /** Tells a web till what it has asked; missing where none has this terminal in a frame. */
  readonly tell?: (question: Question, answer: EmbeddedAnswer) => void;
}

/** Milliseconds after which policies are loaded again, and while the service is away. */
const FRESH = 600_000;
const LOOK_AGAIN = 4_000;
const DAY = 86_400_000;

const CLOCK_AS_FAR_AS_KNOWN: Clock = { error: null, accepted: false };

export class Terminal {
  /** While somebody trains here whatever is scanned is theirs: no question leaves this till. */
  practising = false;
  readonly #devices: Devices;
  readonly #place = signal<Place>({ at: 'starting' });
  readonly #till = signal<Till>(openTill(true));
  readonly #clock = signal<Clock>(CLOCK_AS_FAR_AS_KNOWN);
  #syncing: Promise<void> | null = null;
  #loadedAt = Number.NEGATIVE_INFINITY;
  /** When the session ends, and when that was heard: each use moves it. */
  #end = { at: new Date(0), heardAt: Number.NEGATIVE_INFINITY };
  #judge: { readonly session: Session; readonly made: Promise<OfflineJudge> } | null = null;

  constructor(devices: Devices) {
    this.#devices = devices;
  }

  get place(): Place {
    return this.#place.value;
  }

  get till(): Till {
    return this.#till.value;
  }

  /** Whether a web till has it in a frame, and says what is sold. */
  get embedded(): boolean {
    return this.#devices.tell !== undefined;
  }

  now(): Date {
    return this.#devices.now();
  }

  get clock(): Clock {
    return this.#clock.value;
  }

  /** Takes up a session that is kept. */
  async start(): Promise<void> {
    const text = await this.#devices.kept();
    const kept = readSession(text, this.#devices.now());
    if (kept === null) this.#place.value = unpaired();
    else await this.open(kept, readPolicies(text));
  }

  /** Exchanges a pairing code for a session. */
  async pair(code: string): Promise<void> {
    this.#place.value = unpaired({ busy: true });
    const outcome = await this.#watched(() =>
      this.#devices.call<typeof pairTerminal>('POST /v1/terminal-sessions', { body: { pairing_code: code } }),
    );
    if (outcome.kind !== 'answered') {
      this.#place.value = unpaired({ wrong: wrongPairing(outcome) });
      return;
    }
    const paired = sessionOf(outcome.body);
    await this.#devices.keep(keptSession(paired, []));
    await this.open(paired);
  }

  /** Begins with a session that somebody has for this till, and with the policies that it had before. */
  async open(session: Session, policies: readonly OfferedPolicy[] = []): Promise<void> {
    this.#till.value = { ...openTill(session.live), policies };
    this.#place.value = { at: 'open', session };
    this.#end = { at: session.expiresAt, heardAt: Number.NEGATIVE_INFINITY };
    await this.#loadPolicies(session);
  }

  /** Ends the session and forgets it in this browser, which does not wait for the service to know. */
  async leave(): Promise<void> {
    const session = this.#session();
    this.#place.value = unpaired();
    await this.#devices.keep(null);
    if (session === null) return;
    await this.#devices.call<typeof endTerminalSession>('DELETE /v1/terminal-sessions/current', {
      token: session.token,
    });
  }

  /** Takes what any scanner read. */
  scan(text: string): void {
    if (this.#session() === null || this.practising) return;
    const is = whatIs(text, this.till.live);
    const token = is === 'no_code' ? text : text.replace(/[ -]/g, '');
    this.send({ type: 'scanned', token, is, key: this.#devices.newKey() });
  }

  /** Takes what the till's own software put into the address. */
  told(fragment: string): void {
    const sent = sentIn(fragment);
    if (sent !== null) this.send({ type: 'basket', basket: takeSent(this.till.basket, sent) });
  }

  send(event: Event): void {
    const { till, effects } = step(this.till, event, this.#devices.now());
    this.#till.value = till;
    for (const effect of effects) void this.#carryOut(effect);
  }

  /** Goes on with a clock that is wrong: the service's own decides. */
  acceptClock(): void {
    this.#clock.value = { ...this.clock, accepted: true };
  }

  /** Looks at the clock and the policies again. */
  async refresh(): Promise<void> {
    const current = this.#session();
    if (current !== null) await this.#loadPolicies(current);
  }

  /** Lets time pass: several times a second. */
  tick(): void {
    const current = this.#session();
    if (current === null) return;
    const now = this.#devices.now();
    const due = this.till.awaySince === null ? FRESH : LOOK_AGAIN;
    if (this.#end.at <= now) void this.#shutOut(current);
    else if (now.getTime() - this.#loadedAt > due) void this.#loadPolicies(current);
    this.send({ type: 'tick' });
  }

  #session(): Session | null {
    return this.place.at === 'open' ? this.place.session : null;
  }

  async #shutOut(from: Session): Promise<void> {
    const ended = this.#end.at <= this.#devices.now();
    this.#place.value = ended ? unpaired({ ended: true }) : { at: 'shut_out', session: from };
    await this.#devices.keep(null);
  }

  async #carryOut(effect: Effect): Promise<void> {
    const session = this.#session();
    if (effect.do === 'signal') this.#devices.signal(effect.tone);
    else if (session === null) return;
    else if (effect.do === 'load_policies') await this.#loadPolicies(session);
    else if (effect.do === 'judge') await this.#judgeHere(session, effect.question);
    else await this.#ask(session, effect.question);
  }

  async #ask(session: Session, question: Question): Promise<void> {
    const outcome = await this.#watched(() => ask(this.#devices.call, session, question));
    if (this.#session() !== session) return;
    const came = cameOf(outcome, question.key);
    if (came === 'shut_out') await this.#shutOut(session);
    else this.#answer(question, came, answerIn(outcome));
  }

  async #loadPolicies(session: Session): Promise<void> {
    this.#loadedAt = this.#devices.now().getTime();
    const outcome = await this.#watched(() =>
      this.#devices.call<typeof listPolicies>('GET /v1/policies', {
        token: session.token,
        timeout: LOOK_AGAIN,
      }),
    );
    if (this.#session() !== session) return;
    if (outcome.kind === 'answered') {
      this.send({ type: 'policies', policies: outcome.body.data });
      this.send({ type: 'network', there: true });
      await this.#hearEnd(session);
      if (this.#session() !== session) return;
      await this.#devices.keep(keptSession({ ...session, expiresAt: this.#end.at }, outcome.body.data));
      await this.#sync(session);
    } else if (outcome.kind === 'refused' && outcome.problem.code === 'unauthenticated') {
      await this.#shutOut(session);
    } else {
      this.send({ type: 'network', there: false });
      if (this.till.offline === null) await this.#syncOnce(session, false);
    }
  }

  /** Asks once a day until when the session lasts, so that a till that is used is never over before the service says so. */
  async #hearEnd(session: Session): Promise<void> {
    const now = this.#devices.now().getTime();
    if (now - this.#end.heardAt < DAY) return;
    const outcome = await this.#devices.call<typeof getTerminalSession>('GET /v1/terminal-sessions/current', {
      token: session.token,
      timeout: LOOK_AGAIN,
    });
    if (this.#session() !== session || outcome.kind !== 'answered' || outcome.body.expires_at === null)
      return;
    this.#end = { at: new Date(outcome.body.expires_at), heardAt: now };
  }

  /**
   * Brings the till and the service up to date with each other, so that the till can do without it. Once at a time:
   * what it learns is told once.
   */
  #sync(session: Session): Promise<void> {
    this.#syncing ??= this.#syncOnce(session).finally(() => {
      this.#syncing = null;
    });
    return this.#syncing;
  }

  /** The same once; a till that was started without a network only learns what it has. */
  async #syncOnce(session: Session, there = true): Promise<void> {
    try {
      const { verifier, client } = await this.#judgeOf(session);
      const { doubleSpends } = there ? await verifier.sync(client) : { doubleSpends: [] };
      const ready = statusOf(await verifier.status());
      if (this.#session() !== session) return;
      if (doubleSpends.length > 0) this.send({ type: 'spent_twice', count: doubleSpends.length });
      this.send({ type: 'offline', ready });
    } catch {
      // A browser that keeps nothing must not judge: it would approve a code twice.
      this.#judge = null;
      if (this.#session() === session) this.send({ type: 'offline', ready: null });
    }
  }

  async #judgeHere(session: Session, question: Question): Promise<void> {
    const { judgement, answer } = await judgeHere(() => this.#judgeOf(session), question);
    if (this.#session() !== session) return;
    this.#answer(question, { type: 'judged', key: question.key, judgement }, answer);
  }

  /** A web till is told what the cashier is shown, and not what came when the till had ceased to wait for it. */
  #answer(question: Question, event: Event, answer: EmbeddedAnswer | null): void {
    const { phase } = this.till;
    const awaited = 'question' in phase && phase.question.key === question.key;
    this.send(event);
    if (awaited && answer !== null && this.till.phase.at === 'result') this.#devices.tell?.(question, answer);
  }

  #judgeOf(session: Session): Promise<OfflineJudge> {
    if (this.#judge?.session !== session) this.#judge = { session, made: this.#devices.offline(session) };
    return this.#judge.made;
  }

  /** Makes a call and holds this clock against the service's. */
  async #watched<E extends Contract>(make: () => Promise<Outcome<E>>): Promise<Outcome<E>> {
    const askedAt = this.#devices.now();
    const outcome = await make();
    if (outcome.kind !== 'lost') {
      const error = clockError(outcome.servedAt, askedAt, this.#devices.now());
      this.#clock.value = { error, accepted: error !== null && this.clock.accepted };
    }
    return outcome;
  }
}
