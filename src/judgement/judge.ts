import { type Claim, partsOf } from '../kernel/claims.ts';
import { type FreshnessBounds, freshnessOf, USUAL_BOUNDS } from './pass-time.ts';
import type { Asked } from './policy.ts';
import type { Shown, ShownClaims, ShownPass } from './shown.ts';
import { type AnsweredClaims, type Reason, refusal, type Verdict } from './verdict.ts';

/**
 * Answers one question from values alone. An approval holds what was asked and nothing more; a refusal holds one
 * reason, the first that applies in this order: the token, its time, the credential, the claims. `bounds` say how old
 * the showing of a pass may be.
 */
export function judge(shown: Shown, asked: Asked, now: Date, bounds = USUAL_BOUNDS): Verdict {
  const found = shown.kind === 'pass' ? claimsOfPass(shown, now, bounds) : claimsOfTicket(shown, now);
  return typeof found === 'string' ? refusal(found, asked.otherProof) : judgeClaims(found, asked);
}

function claimsOfTicket(shown: Exclude<Shown, ShownPass>, now: Date): ShownClaims | Reason {
  if (shown.kind === 'malformed') return 'malformed_token';
  if (shown.kind === 'unknown') return 'unknown_token';
  if (shown.state === 'spent') return 'already_used';
  if (shown.expiresAt <= now) return 'expired';
  if (shown.copy !== 'valid') return shown.copy;
  return shown.claims ?? 'expired';
}

/** Only the verifier's clock decides whether a key is good: what a pass says of its time says how old it is. */
function claimsOfPass(pass: ShownPass, now: Date, bounds: FreshnessBounds): ShownClaims | Reason {
  const { window, holds, shownAt, state } = pass;
  if (window === null) return 'unknown_issuer';
  if (!holds) return 'bad_signature';
  if (now < window.notBefore) return 'not_yet_valid';
  if (now >= window.expiresAt) return 'expired';
  const freshness = freshnessOf(shownAt, now, bounds);
  if (freshness === 'not_yet_valid' || freshness === 'expired') return freshness;
  return state === 'spent' ? 'already_used' : claimsProven(window.claim);
}

/** A pass proves one claim, and that it is so. */
function claimsProven(claim: Claim): ShownClaims {
  const nothing: ShownClaims = { credential: 'age', ages: {}, statuses: {}, identity: {} };
  const parts = partsOf(claim);
  if (parts?.kind === 'age') return { ...nothing, ages: { [parts.years]: true } };
  if (parts?.kind !== 'status') return nothing;
  return { ...nothing, credential: 'status', statuses: { [parts.type]: true } };
}

function judgeClaims(shown: ShownClaims, asked: Asked): Verdict {
  const names: readonly Claim[] = asked.portrait ? [...asked.claims, 'portrait'] : asked.claims;
  const answers = names.map((claim) => [claim, answer(claim, shown)] as const);
  const values = answers.map(([, value]) => value);
  if (values.includes('not_satisfied')) return refusal('claim_not_satisfied', asked.otherProof);
  if (values.includes('not_presented')) return refusal('claim_not_presented', asked.otherProof);
  return {
    outcome: 'approved',
    nextStep: asked.portrait ? 'compare_portrait' : 'sell',
    claims: Object.fromEntries(answers.map(([claim, value]) => [claim, told(value)])) as AnsweredClaims,
  };
}

type Answer = 'satisfied' | 'not_satisfied' | 'not_presented' | { readonly value: string };

function told(found: Answer): true | string {
  return typeof found === 'object' ? found.value : true;
}

function answer(claim: Claim, shown: ShownClaims): Answer {
  const parts = partsOf(claim);
  if (parts === null) return 'not_presented';
  if (parts.kind === 'age') return answerAge(parts.years, shown.ages);
  if (parts.kind === 'status') return answerStatus(ownOf(shown.statuses, parts.type));
  const value = shown.identity[parts.name];
  return value === undefined ? 'not_presented' : { value };
}

/** An age that is reached answers every lower one; one that is not reached answers every higher one. */
function answerAge(years: number, ages: ShownClaims['ages']): Answer {
  const shown = Object.entries(ages).map(([age, reached]) => ({ age: Number(age), reached }));
  if (shown.some(({ age, reached }) => reached && age >= years)) return 'satisfied';
  return shown.some(({ age, reached }) => !reached && age <= years) ? 'not_satisfied' : 'not_presented';
}

/** What the record itself holds: a status may be named like something that every object has by birth. */
function ownOf(flags: ShownClaims['statuses'], name: string): boolean | undefined {
  return Object.hasOwn(flags, name) ? flags[name] : undefined;
}

function answerStatus(holds: boolean | undefined): Answer {
  if (holds === undefined) return 'not_presented';
  return holds ? 'satisfied' : 'not_satisfied';
}
