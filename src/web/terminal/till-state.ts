/** A till from scan to scan. Pure: events come in, a new state and what is to be done come out. */

import type { Loss } from '../../sdk/send.ts';
import { askedFor, type Basket, EMPTY, forNext, type OfferedPolicy, stillOffered } from './basket.ts';
import type { Ready } from './offline.ts';
import {
  alreadyScanned,
  needsNetworkNow,
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
  /** The till judges for itself. `lost` is how the service was asked in vain, if it was. */
  | {
      readonly at: 'judging';
      readonly question: Question;
      readonly tries: number;
      readonly lost: LostEvent | null;
    }
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
  /** Until when this till can judge by itself; null where it cannot. */
  readonly offline: Ready | null;
  /** Codes that were used twice while offline, until somebody has read of it. */
  readonly spentTwice: number;
}

/** What a scanned text is, before anybody is asked. */
export type Scanned = 'code' | 'other_kind' | 'no_code';

interface LostEvent {
  readonly type: 'lost';
  readonly key: string;
  readonly why: Loss | 'busy';
  readonly retryAfter: number | null;
}

/** What came of judging here: an answer, that it takes the network, or that nothing can be judged here now. */
export type Judgement =
  | { readonly came: 'answer'; readonly approved: boolean; readonly result: Result }
  | { readonly came: 'not_asked'; readonly why: 'not_permitted' | 'unknown_policy' }
  | { readonly came: 'needs_network' | 'nothing' };

export type Event =
  | { readonly type: 'scanned'; readonly token: string; readonly is: Scanned; readonly key: string }
  | { readonly type: 'answered'; readonly key: string; readonly approved: boolean; readonly result: Result }
  | { readonly type: 'not_asked'; readonly key: string; readonly why: 'not_permitted' | 'unknown_policy' }
  | LostEvent
  | { readonly type: 'judged'; readonly key: string; readonly judgement: Judgement }
  | { readonly type: 'offline'; readonly ready: Ready | null }
  | { readonly type: 'spent_twice'; readonly count: number }
  | { readonly type: 'read_notice' }
  | { readonly type: 'basket'; readonly basket: Basket }
  | { readonly type: 'policies'; readonly policies: readonly OfferedPolicy[] }
  | { readonly type: 'network'; readonly there: boolean }
  | { readonly type: 'retry' }
  | { readonly type: 'dismissed' }
  | { readonly type: 'tick' };

/** What the machine around the state does. */
export type Effect =
  | { readonly do: 'ask'; readonly question: Question }
  | { readonly do: 'judge'; readonly question: Question }
  | { readonly do: 'signal'; readonly tone: Tone }
  | { readonly do: 'load_policies' };

export interface Step {
  readonly till: Till;
  readonly effects: readonly Effect[];
}

/** Milliseconds that a result stays, and one that shows who somebody is. */
export const RESULT_STAYS = 3_000;
export const PERSON_STAYS = 10_000;
/** In a kiosk nobody explains it, so whatever is no yes stays until it is read. */
const UNATTENDED_STAYS = 6_000;
/** Within this time a scanner that fires twice says nothing new. */
const ECHO = 2_000;
/** Milliseconds until a question without an answer is asked again, one after the other; then the cashier says when. */
const PATIENCE = [500, 2_000, 4_000];
const MOST_REMEMBERED = 1_000;

export function openTill(live: boolean): Till {
  const phase = { at: 'ready' } as const;
  const away = { awaySince: null, offline: null, spentTwice: 0 };
  return { live, policies: [], basket: EMPTY, phase, approved: new Map(), ...away };
}

/** How long a result stays, in milliseconds. */
export function stays({ person, tone }: Result, by: Basket['by'] = 'cashier'): number {
  if (by === 'kiosk') return tone === 'approved' ? RESULT_STAYS : UNATTENDED_STAYS;
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
    case 'judged':
      return judged(till, event, now);
    case 'offline':
      return same({ ...till, offline: event.ready });
    case 'spent_twice':
      return same({ ...till, spentTwice: till.spentTwice + event.count });
    case 'read_notice':
      return same({ ...till, spentTwice: 0 });
    case 'basket':
      return same({ ...till, basket: event.basket });
    case 'policies':
      return same({ ...till, policies: event.policies, basket: stillOffered(till.basket, event.policies) });
    case 'network':
      return network(till, event.there, now);
    case 'retry':
      return till.phase.at === 'unanswered' ? ask(till, till.phase.question, 0) : same(till);
    case 'dismissed':
      return isBusy(till) ? same(till) : same(ready(till));
    case 'tick':
      return tick(till, now);
  }
}

function scanned(till: Till, event: Extract<Event, { type: 'scanned' }>, now: Date): Step {
  const { phase } = till;
  const { token } = event;
  if (isBusy(till)) return same(till);
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
  const question = { token, policies, reference, key: event.key, scannedAt: now };
  // The service is known to be away: it was never asked, so nobody else can have answered.
  return open.awaySince !== null && holds(open, now)
    ? judgeHere(open, question, 0, null)
    : ask(open, question, 0);
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

function lost(till: Till, event: LostEvent, now: Date): Step {
  const { phase } = till;
  if (phase.at !== 'checking' || phase.question.key !== event.key) return same(till);
  const away = { ...till, awaySince: event.why === 'busy' ? till.awaySince : (till.awaySince ?? now) };
  const { question, tries } = phase;
  // What is known to be lost is judged here; the service knows the sale as the same, should it have heard of it.
  const here = event.why !== 'busy' && holds(till, now);
  return here ? judgeHere(away, question, tries, event) : unanswered(away, { question, tries }, event, now);
}

interface Tried {
  readonly question: Question;
  readonly tries: number;
}

function unanswered(till: Till, { question, tries }: Tried, event: LostEvent, now: Date): Step {
  const wait = PATIENCE[tries];
  const after = Math.max(wait ?? 0, (event.retryAfter ?? 0) * 1_000);
  const retryAt = wait === undefined ? null : new Date(now.getTime() + after);
  return same({ ...till, phase: { at: 'unanswered', question, tries: tries + 1, retryAt } });
}

/**
 * What was judged here. A question that the service was asked in vain stays unanswered where it takes the service: it
 * may have answered, so the same is asked until it does.
 */
function judged(till: Till, { key, judgement }: Extract<Event, { type: 'judged' }>, now: Date): Step {
  const { phase } = till;
  if (phase.at !== 'judging' || phase.question.key !== key) return same(till);
  const { question, lost: before } = phase;
  const { token } = question;
  if (judgement.came === 'answer') {
    const approved = judgement.approved ? remember(till.approved, token, now) : till.approved;
    return show({ ...till, approved }, judgement.result, token, now);
  }
  if (judgement.came === 'not_asked') return show(till, notAsked(judgement.why), token, now);
  const open = judgement.came === 'nothing' ? { ...till, offline: null } : till;
  if (before !== null) return unanswered(open, phase, before, now);
  return judgement.came === 'nothing' ? ask(open, question, 0) : show(open, needsNetworkNow(), token, now);
}

function judgeHere(till: Till, question: Question, tries: number, before: LostEvent | null): Step {
  const phase: Phase = { at: 'judging', question, tries, lost: before };
  return { till: { ...till, phase }, effects: [{ do: 'judge', question }] };
}

function holds({ offline }: Till, now: Date): boolean {
  return offline !== null && now < offline.expiresAt;
}

function isBusy({ phase }: Till): boolean {
  return phase.at === 'checking' || phase.at === 'judging';
}

function network(till: Till, there: boolean, now: Date): Step {
  if (!there) return same({ ...till, awaySince: till.awaySince ?? now });
  const back = { ...till, awaySince: null };
  return till.phase.at === 'unanswered' ? ask(back, till.phase.question, 0) : same(back);
}

function tick(till: Till, now: Date): Step {
  const { phase } = till;
  if (
    phase.at === 'result' &&
    now.getTime() - phase.shownAt.getTime() >= stays(phase.result, till.basket.by)
  ) {
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
