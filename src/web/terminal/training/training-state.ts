/**
 * A till to learn on. Pure, and it asks nobody: test codes stand for every answer, and are judged here by the rule that
 * the service has for them. There is no way from here to a sale.
 */

import { type Asked, askedByClaims, askedByPolicies, type Policy } from '../../../judgement/policy.ts';
import { readTestToken, type TestOutcome, testVerdict } from '../../../judgement/test-token.ts';
import type { Claim } from '../../../kernel/claims.ts';
import { askedFor, type Basket, type OfferedPolicy, personalIn } from '../basket.ts';
import { type Answer, notACode, nothingChosen, type Result, resultOf, type Tone } from '../result.ts';
import { said } from '../said.ts';
import { whatIs } from '../scanned.ts';
import { openTill, step, type Till } from '../till-state.ts';
import { codeOf, LESSONS, type LessonId, lessonOf } from './lessons.ts';

export interface Training {
  readonly till: Till;
  /** The lesson that lies open; null at the counter. */
  readonly open: LessonId | null;
  readonly seen: ReadonlySet<LessonId>;
  readonly touchedAt: Date;
}

export type TrainingEvent =
  | { readonly type: 'scanned'; readonly text: string }
  | { readonly type: 'opened'; readonly lesson: LessonId | null }
  /** The code of the lesson that lies open, as if it had been scanned. */
  | { readonly type: 'tried' }
  | { readonly type: 'basket'; readonly basket: Basket }
  | { readonly type: 'dismissed' }
  | { readonly type: 'tick' };

export interface Trained {
  readonly training: Training;
  /** What is to be heard, if anything. */
  readonly tone: Tone | null;
}

/** Milliseconds after which a training that nobody goes on with is over. */
const LONGEST_REST = 1_800_000;

/** A real code is sent nowhere, and stays as good as it was. */
const REAL_CODE: Result = {
  tone: 'again',
  words: [said('train.real')],
  next: said('train.real_next'),
  person: null,
  discountCodes: [],
};

/** What is asked where nothing is chosen and a lesson lies open. */
const AGE: Asked = askedByClaims(['age_over_18'], false);
const PORTRAIT: Asked = askedByClaims(['given_name', 'family_name'], true);

/** A till like the one that stands here, with what is chosen on it. */
export function openTraining({ policies, basket }: Pick<Till, 'policies' | 'basket'>, now: Date): Training {
  return { till: { ...openTill(false), policies, basket }, open: null, seen: new Set(), touchedAt: now };
}

/** Whether it ends by itself. */
export function isOver({ touchedAt }: Training, now: Date): boolean {
  return now.getTime() - touchedAt.getTime() >= LONGEST_REST;
}

export function train(training: Training, event: TrainingEvent, now: Date): Trained {
  if (event.type === 'tick') {
    const { till } = step(training.till, event, now);
    return quiet(till === training.till ? training : { ...training, till });
  }
  const awake = { ...training, touchedAt: now };
  if (event.type === 'scanned') return scanned(awake, event.text, now);
  if (event.type === 'tried') {
    const lesson = LESSONS.find(({ id }) => id === awake.open);
    return lesson === undefined ? quiet(awake) : scanned(awake, codeOf(lesson), now);
  }
  if (event.type === 'opened') return quiet({ ...awake, open: event.lesson });
  return quiet({ ...awake, till: step(awake.till, event, now).till });
}

function scanned(training: Training, text: string, now: Date): Trained {
  const { result, lesson } = judged(training, text);
  const { till } = step(training.till, { type: 'dismissed' }, now);
  const phase = { at: 'result', result, token: text, shownAt: now } as const;
  const seen = lesson === null ? training.seen : new Set([...training.seen, lesson]);
  return { training: { ...training, seen, till: { ...till, phase } }, tone: result.tone };
}

interface Judged {
  readonly result: Result;
  readonly lesson: LessonId | null;
}

/** What a scan comes to. A practice code is good as often as it is tried, or a yes could be seen once only. */
function judged(training: Training, text: string): Judged {
  const is = whatIs(text, false);
  if (is === 'other_kind') return { result: REAL_CODE, lesson: null };
  const outcome = readTestToken(text.replace(/[ -]/g, ''));
  if (outcome === null) return { result: notACode(), lesson: 'malformed' };
  const asked = askedIn(training);
  if (asked === null) return { result: nothingChosen(), lesson: null };
  return { result: resultOf(answerTo(outcome, asked)), lesson: lessonOf(outcome, asked.portrait) };
}

/** What the next scan asks about; null if nothing is chosen. A lesson that lies open always asks what it is about. */
function askedIn({ till, open }: Training): Asked | null {
  if (open === 'portrait') return PORTRAIT;
  const chosen = askedFor(till.basket);
  const policies = till.policies.filter(({ id }) => chosen.includes(id));
  const personal = policies.some((one) => personalIn(one) !== null);
  if (policies.length === 0 || (open !== null && personal)) return open === null ? null : AGE;
  return askedByPolicies(policies.map(policyOf), false);
}

function policyOf({ id, title, claims, presenter, other_proof, discount_code }: OfferedPolicy): Policy {
  return {
    id,
    title,
    claims: claims as readonly Claim[],
    presenter,
    offline: 'allow',
    otherProof: other_proof ?? 'allow',
    legalBasis: '',
    ...(discount_code !== undefined && { discountCode: discount_code }),
  };
}

/** The answer as the service would word it. */
function answerTo(outcome: TestOutcome, asked: Asked): Answer {
  const verdict = testVerdict(outcome, asked);
  if (verdict.outcome === 'refused') {
    return { outcome: 'refused', reason: verdict.reason, next_step: verdict.nextStep, claims: {} };
  }
  const { discountCodes: discount_codes } = asked;
  const claims = Object.fromEntries(
    Object.entries(verdict.claims).flatMap(([name, answer]) =>
      answer === undefined ? [] : [[name, answer]],
    ),
  );
  return { outcome: 'approved', reason: null, next_step: verdict.nextStep, claims, discount_codes };
}

function quiet(training: Training): Trained {
  return { training, tone: null };
}
