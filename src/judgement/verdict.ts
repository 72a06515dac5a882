import type { Claim } from '../kernel/claims.ts';

/** Why a question was refused. The list is closed: tills branch on it. */
export const REASONS = [
  'malformed_token',
  'unknown_token',
  'expired',
  'not_yet_valid',
  'already_used',
  'claim_not_presented',
  'claim_not_satisfied',
  'bad_signature',
  'unknown_issuer',
  'suspended',
  'revoked',
] as const;

export type Reason = (typeof REASONS)[number];

export const NEXT_STEPS = [
  'sell',
  'compare_portrait',
  'ask_for_new_code',
  'ask_for_physical_id',
  'refuse',
] as const;

export type NextStep = (typeof NEXT_STEPS)[number];

/** What an approval tells: `true` for an age or a status, the text for identity. */
export type AnsweredClaims = { readonly [Name in Claim]?: true | string };

/** The answer to one question. A refusal says nothing about the person beyond its reason. */
export type Verdict =
  | {
      readonly outcome: 'approved';
      readonly nextStep: 'sell' | 'compare_portrait';
      readonly claims: AnsweredClaims;
    }
  | { readonly outcome: 'refused'; readonly reason: Reason; readonly nextStep: NextStep };

/** Whether a new code from the same holder may help; what else the cashier can do is the policy's to say. */
const NEW_CODE_MAY_HELP = {
  malformed_token: true,
  unknown_token: true,
  expired: true,
  not_yet_valid: true,
  already_used: true,
  claim_not_presented: true,
  claim_not_satisfied: false,
  bad_signature: false,
  unknown_issuer: false,
  suspended: false,
  revoked: false,
} as const satisfies Record<Reason, boolean>;

/** A refusal with what to do next: where the policy takes no other proof, a physical one does not help either. */
export function refusal(reason: Reason, otherProof: 'allow' | 'refuse'): Verdict {
  const nextStep = NEW_CODE_MAY_HELP[reason]
    ? 'ask_for_new_code'
    : otherProof === 'allow'
      ? 'ask_for_physical_id'
      : 'refuse';
  return { outcome: 'refused', reason, nextStep };
}
