/**
 * What a web till and the terminal in its frame say to each other. The till's page speaks first, once the frame has
 * loaded: one message to the frame's window brings a session and one end of a channel. All that follows goes through
 * the channel, in both directions. The terminal says nothing to anybody who has not opened it.
 *
 * Whatever comes is read here, and is null if it is none of these messages: a reader never throws.
 */

import type { NotJudged, OfflineJudged } from './answer.ts';
import type { OnlineJudged } from './client.ts';

/** Marks the opening as ours, and says by which version of these messages the two go on. */
export const VERSION = 1;

/** The message to the frame's window, with which goes one port. */
export interface Opening {
  readonly counterproof: typeof VERSION;
  readonly type: 'open';
  /** The token of an embedded session. */
  readonly token: string;
}

/** What to ask whoever shows a code next. `id` is the till's own, and comes back with the answer. */
export interface Asking {
  readonly type: 'ask';
  readonly id: string;
  readonly policies: readonly string[];
  readonly reference?: string;
}

/** From the till's page to the terminal. `token` is what a scanner of the till has read. */
export type ToTerminal =
  | Asking
  | { readonly type: 'clear' }
  | { readonly type: 'token'; readonly digits: string }
  | { readonly type: 'close' };

/** What the service answered, or what was judged at the till while it was away: that one has no `id` and no receipt. */
export type EmbeddedAnswer = OnlineJudged | OfflineJudged | NotJudged;

/**
 * Why the terminal let go: its session is over; the service does not let it in, because the terminal is blocked or the
 * token is not good; the session is another shop's than the page; or the service did not answer.
 */
export type Ending = 'over' | 'shut_out' | 'other_shop' | 'no_answer';

/** Who the terminal is. */
export interface Opened {
  readonly type: 'opened';
  readonly terminal: { readonly id: string; readonly name: string };
  readonly retailer: { readonly id: string; readonly name: string };
  readonly live: boolean;
}

/** From the terminal to the till's page. */
export type ToTill =
  | Opened
  | { readonly type: 'result'; readonly id: string; readonly answer: EmbeddedAnswer }
  | { readonly type: 'ended'; readonly why: Ending };

const TOKEN = /^cp_(live|test)_\w{1,200}$/;
const POLICY = /^[a-z][a-z0-9_.]{0,63}$/;
const MOST_POLICIES = 20;
const LONGEST_ID = 64;
/** As the service takes it: some characters, none of control. */
const REFERENCE = /^(?=.*\S)\P{Cc}{1,200}$/u;
const LONGEST_SCAN = 2_000;
const ENDINGS: readonly unknown[] = ['over', 'shut_out', 'other_shop', 'no_answer'] satisfies Ending[];

/** The token that an opening brings. */
export function readOpening(data: unknown): string | null {
  const { counterproof, type, token } = membersOf(data);
  if (counterproof !== VERSION || type !== 'open') return null;
  return typeof token === 'string' && TOKEN.test(token) ? token : null;
}

/** What the till's page says. */
export function readToTerminal(data: unknown): ToTerminal | null {
  const said = membersOf(data);
  if (said.type === 'clear' || said.type === 'close') return { type: said.type };
  if (said.type === 'token') {
    return isText(said.digits, LONGEST_SCAN) ? { type: 'token', digits: said.digits } : null;
  }
  return said.type === 'ask' ? readAsking(said) : null;
}

/** What the terminal says. Its answers are the service's, and taken as they are. */
export function readToTill(data: unknown): ToTill | null {
  const said = membersOf(data);
  if (said.type === 'ended' && ENDINGS.includes(said.why)) return data as ToTill;
  if (said.type === 'result' && isText(said.id, LONGEST_ID) && 'outcome' in membersOf(said.answer)) {
    return data as ToTill;
  }
  return said.type === 'opened' && typeof membersOf(said.terminal).name === 'string'
    ? (data as ToTill)
    : null;
}

function readAsking({ id, policies, reference }: Members): Asking | null {
  if (!isText(id, LONGEST_ID) || !Array.isArray(policies)) return null;
  if (policies.length === 0 || policies.length > MOST_POLICIES) return null;
  // A hole in the list is passed over by `every`, but not by this.
  const asked: readonly unknown[] = Array.from(policies);
  if (!asked.every(isPolicy)) return null;
  if (reference === undefined) return { type: 'ask', id, policies: asked };
  const fits = typeof reference === 'string' && REFERENCE.test(reference);
  return fits ? { type: 'ask', id, policies: asked, reference } : null;
}

function isPolicy(value: unknown): value is string {
  return typeof value === 'string' && POLICY.test(value);
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longest;
}
