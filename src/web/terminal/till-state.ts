/** A till from scan to scan. Pure: events come in, a new state and what is to be done come out. */

import type { Loss } from '../../sdk/send.ts';
import { askedFor, type Basket, EMPTY, forNext, type OfferedPolicy, stillOffered } from './basket.ts';
import {
  alreadyScanned,
  notACode,
  notAsked,
  nothingChosen,
  otherKind,
  type Result,
  type Tone,
} from './result.ts';

/** One question, and the key under which it may be asked again without being another one. */
export interface Question {
  readonly token: string;
  readonly policies: readonly string[];
  readonly reference: string | null;
  readonly key: string;
  readonly scannedAt: Date;
}

export type Phase =
  | { readonly at: 'ready' }
  | { readonly at: 'checking'; readonly question: Question; readonly tries: number }
  | { readonly at: 'result'; readonly result: Result; readonly token: string; readonly shownAt: Date }
  /** Nothing came back: the service may have answered, so the same question is asked until it does. */
  | {
      readonly at: 'unanswered';
      readonly question: Question;
      readonly tries: number;
      readonly retryAt: Date | null;
    };

export interface Till {
  readonly live: boolean;
  readonly policies: readonly OfferedPolicy[];
  readonly basket: Basket;
  readonly phase: Phase;
  /** What was approved here, and when: a code never shows green twice. */
  readonly approved: ReadonlyMap<string, Date>;
  /** Since when nothing has come back from the service. */
  readonly awaySince: Date | null;
}

/** What a scanned text is, before anybody is asked. */
export type Scanned = 'code' | 'other_kind' | 'no_code';

export type Event =
  | { readonly type: 'scanned'; readonly token: string; readonly is: Scanned; readonly key: string }
  | { readonly type: 'answered'; readonly key: string; readonly approved: boolean; readonly result: Result }
  | { readonly type: 'not_asked'; readonly key: string; readonly why: 'not_permitted' | 'unknown_policy' }
  | {
      readonly type: 'lost';
      readonly key: string;
      readonly why: Loss | 'busy';
      readonly retryAfter: number | null;
    }
  | { readonly type: 'basket'; readonly basket: Basket }
  | { readonly type: 'policies'; readonly policies: readonly OfferedPolicy[] }
  | { readonly type: 'network'; readonly there: boolean }
  | { readonly type: 'retry' }
  | { readonly type: 'dismissed' }
  | { readonly type: 'tick' };

/** What the machine around the state does. */
export type Effect =
  | { readonly do: 'ask'; readonly question: Question }
  | { readonly do: 'signal'; readonly tone: Tone }
  | { readonly do: 'load_policies' };

export interface Step {
  readonly till: Till;
  readonly effects: readonly Effect[];
}

/** Milliseconds that a result stays, and one that shows who somebody is. */
export const RESULT_STAYS = 3_000;
export const PERSON_STAYS = 10_000;
/** Within this time a scanner that fires twice says nothing new. */
const ECHO = 2_000;
/** Milliseconds until a question without an answer is asked again, one after the other; then the cashier says when. */
const PATIENCE = [500, 2_000, 4_000];
const MOST_REMEMBERED = 1_000;

export function openTill(live: boolean): Till {
  const phase = { at: 'ready' } as const;
  return { live, policies: [], basket: EMPTY, phase, approved: new Map(), awaySince: null };
}

/** How long a result stays, in milliseconds. */
export function stays({ person }: Result): number {
  return person === null ? RESULT_STAYS : PERSON_STAYS;
}

export function step(till: Till, event: Event, now: Date): Step {
  switch (event.type) {
    case 'scanned':
      return scanned(till, event, now);
    case 'answered':
      return answered(till, event, now);
    case 'not_asked':
      return notAllowed(till, event, now);
    case 'lost':
      return lost(till, event, now);
    case 'basket':
      return same({ ...till, basket: event.basket });
    case 'policies':
      return same({ ...till, policies: event.policies, basket: stillOffered(till.basket, event.policies) });
    case 'network':
      return network(till, event.there, now);
    case 'retry':
      return till.phase.at === 'unanswered' ? ask(till, till.phase.question, 0) : same(till);
    case 'dismissed':
      return till.phase.at === 'checking' ? same(till) : same(ready(till));
    case 'tick':
      return tick(till, now);
  }
}

function scanned(till: Till, event: Extract<Event, { type: 'scanned' }>, now: Date): Step {
  const { phase } = till;
  const { token } = event;
  if (phase.at === 'checking') return same(till);
  if (phase.at === 'unanswered' && phase.question.token === token) return ask(till, phase.question, 0);
  if (phase.at === 'result' && phase.token === token && now.getTime() - phase.shownAt.getTime() < ECHO) {
    return same(till);
  }
  const open = ready(till);
  const earlier = till.approved.get(token);
  if (earlier !== undefined) return show(open, alreadyScanned(earlier), token, now);
  if (event.is === 'no_code') return show(open, notACode(), token, now);
  if (event.is === 'other_kind') return show(open, otherKind(till.live), token, now);
  const policies = askedFor(open.basket);
  if (policies.length === 0) return show(open, nothingChosen(), token, now);
  const reference = open.basket.by === 'till' ? (open.basket.sent?.reference ?? null) : null;
  return ask(open, { token, policies, reference, key: event.key, scannedAt: now }, 0);
}

function answered(till: Till, event: Extract<Event, { type: 'answered' }>, now: Date): Step {
  const question = awaits(till, event.key);
  if (question === null) return same(till);
  const approved = event.approved ? remember(till.approved, question.token, now) : till.approved;
  return show({ ...till, approved, awaySince: null }, event.result, question.token, now);
}

function notAllowed(till: Till, event: Extract<Event, { type: 'not_asked' }>, now: Date): Step {
  const question = awaits(till, event.key);
  if (question === null) return same(till);
  const shown = show({ ...till, awaySince: null }, notAsked(event.why), question.token, now);
  return { till: shown.till, effects: [...shown.effects, { do: 'load_policies' }] };
}

function lost(till: Till, event: Extract<Event, { type: 'lost' }>, now: Date): Step {
  const { phase } = till;
  if (phase.at !== 'checking' || phase.question.key !== event.key) return same(till);
  const wait = PATIENCE[phase.tries];
  const after = Math.max(wait ?? 0, (event.retryAfter ?? 0) * 1_000);
  const retryAt = wait === undefined ? null : new Date(now.getTime() + after);
  const awaySince = event.why === 'busy' ? till.awaySince : (till.awaySince ?? now);
  const { question, tries } = phase;
  return same({ ...till, awaySince, phase: { at: 'unanswered', question, tries: tries + 1, retryAt } });
}

function network(till: Till, there: boolean, now: Date): Step {
  if (!there) return same({ ...till, awaySince: till.awaySince ?? now });
  const back = { ...till, awaySince: null };
  return till.phase.at === 'unanswered' ? ask(back, till.phase.question, 0) : same(back);
}

function tick(till: Till, now: Date): Step {
  const { phase } = till;
  if (phase.at === 'result' && now.getTime() - phase.shownAt.getTime() >= stays(phase.result)) {
    return same(ready(till));
  }
  if (phase.at === 'unanswered' && phase.retryAt !== null && phase.retryAt <= now) {
    return ask(till, phase.question, phase.tries);
  }
  return same(till);
}

function ask(till: Till, question: Question, tries: number): Step {
  const phase: Phase = { at: 'checking', question, tries };
  return { till: { ...till, phase }, effects: [{ do: 'ask', question }] };
}

function show(till: Till, result: Result, token: string, now: Date): Step {
  const phase: Phase = { at: 'result', result, token, shownAt: now };
  return { till: { ...till, phase }, effects: [{ do: 'signal', tone: result.tone }] };
}

/** The next customer: whatever told of a person is gone, and is not asked again by itself. */
function ready(till: Till): Till {
  if (till.phase.at === 'ready') return till;
  const told = till.phase.at === 'result' && till.phase.result.tone === 'approved';
  const basket = told ? forNext(till.basket, till.policies) : till.basket;
  return { ...till, basket, phase: { at: 'ready' } };
}

function awaits({ phase }: Till, key: string): Question | null {
  return phase.at === 'checking' && phase.question.key === key ? phase.question : null;
}

function remember(approved: Till['approved'], token: string, now: Date): Till['approved'] {
  const all = [...approved, [token, now] as const];
  return new Map(all.slice(-MOST_REMEMBERED));
}

function same(till: Till): Step {
  return { till, effects: [] };
}
