/** The words in which a till is answered: those of the verify call, whoever answers. */

import type { Freshness } from '../judgement/pass-time.ts';
import type { Asked } from '../judgement/policy.ts';
import type { AnsweredClaims, NextStep, Reason, Verdict } from '../judgement/verdict.ts';
import type { BundleTrouble } from './take-bundle.ts';

/** Why a till does not judge by itself. */
export type NotJudgedCode =
  | BundleTrouble
  | 'bundle_expired'
  | 'clock_behind'
  | 'offline_not_allowed'
  | 'needs_network'
  | 'unknown_policy'
  | 'claim_not_permitted'
  | 'test_mode';

/** Nothing was approved, nothing refused, and nothing used up. */
export interface NotJudged<Code extends string = NotJudgedCode> {
  readonly outcome: 'not_judged';
  readonly code: Code;
}

/** What an answer says whether it was given online or offline. */
export interface Judged {
  readonly livemode: boolean;
  readonly outcome: 'approved' | 'refused';
  readonly reason: Reason | null;
  readonly next_step: NextStep;
  readonly claims: Readonly<Record<string, true | string>>;
  readonly discount_codes?: readonly string[] | undefined;
  readonly proof: 'ticket' | 'pass' | null;
  readonly checked_at: string;
  readonly freshness: Freshness | null;
  readonly reference: string | null;
}

export interface OfflineJudged extends Judged {
  /** Whether it is time to fetch a new bundle: the one it was judged by still holds, but is old. */
  readonly stale: boolean;
}

export type OfflineAnswer = OfflineJudged | NotJudged;

export function notJudged<Code extends string>(code: Code): NotJudged<Code> {
  return { outcome: 'not_judged', code };
}

export interface About {
  readonly asked: Asked;
  readonly now: Date;
  readonly live: boolean;
  readonly stale: boolean;
  readonly reference: string | null;
}

/** A verdict in the words of the verify call. */
export function answerOf(
  verdict: Verdict,
  { asked, now, live, stale, reference }: About,
  { proof, freshness }: Pick<Judged, 'proof' | 'freshness'>,
): OfflineJudged {
  const approved = verdict.outcome === 'approved';
  const codes = approved ? asked.discountCodes : undefined;
  return {
    livemode: live,
    outcome: verdict.outcome,
    reason: approved ? null : verdict.reason,
    next_step: verdict.nextStep,
    claims: approved ? told(verdict.claims) : {},
    ...(codes && { discount_codes: codes }),
    proof,
    checked_at: now.toISOString(),
    freshness,
    reference,
    stale,
  };
}

function told(claims: AnsweredClaims): Record<string, true | string> {
  return Object.fromEntries(
    Object.entries(claims).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}
