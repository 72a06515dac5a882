/** What is said where a call brought no answer. Pure: what the service says to programmers is not shown to officers. */

import type { FaultKind } from '../../kernel/fault.ts';
import type { Problem } from '../../sdk/problem.ts';
import type { Loss } from '../../sdk/send.ts';
import type { Outcome } from '../api/client.ts';
import type { Contract } from '../api/contract-types.ts';
import type { Said } from '../language/words.ts';
import type { admin as english } from './messages/en.ts';
import { said } from './said.ts';

/** A call that ended without an answer. */
export type Unanswered = Exclude<Outcome<Contract>, { readonly kind: 'answered' }>;

type PlainKey = {
  [K in keyof typeof english]: (typeof english)[K] extends string ? K : never;
}[keyof typeof english];

const LOST = {
  unreachable: 'admin.trouble.unreachable',
  aborted: 'admin.trouble.unreachable',
  timeout: 'admin.trouble.timeout',
  garbled: 'admin.trouble.garbled',
} as const satisfies Readonly<Record<Loss, PlainKey>>;

const REFUSED: {
  readonly [Code in FaultKind]?:
    | 'admin.trouble.fields'
    | 'admin.trouble.forbidden'
    | 'admin.trouble.gone'
    | 'admin.trouble.conflict'
    | 'admin.trouble.too_large'
    | 'admin.trouble.not_confirmed';
} = {
  invalid_request: 'admin.trouble.fields',
  forbidden: 'admin.trouble.forbidden',
  verification_required: 'admin.trouble.not_confirmed',
  not_found: 'admin.trouble.gone',
  conflict: 'admin.trouble.conflict',
  payload_too_large: 'admin.trouble.too_large',
};

/** Why there is no answer, and what to do about it. */
export function troubleOf(ended: Unanswered): Said {
  if (ended.kind === 'lost') return said(LOST[ended.why]);
  const { code } = ended.problem;
  if (code === 'rate_limited') return said('admin.trouble.too_many', { count: ended.retryAfter ?? 1 });
  return said((code && REFUSED[code]) ?? 'admin.trouble.unavailable');
}

/** The rules of the service that fields break, and what is said below a field. */
const RULES = {
  invalid_type: 'admin.wrong.missing',
  too_small: 'admin.wrong.missing',
  too_big: 'admin.wrong.too_long',
  invalid_value: 'admin.wrong.no_such_day',
  in_the_future: 'admin.wrong.in_the_future',
  too_early: 'admin.wrong.too_early',
  unknown_status: 'admin.wrong.unknown_status',
  duplicate: 'admin.wrong.duplicate',
  not_a_picture: 'admin.wrong.not_a_picture',
} as const;

/** What is wrong with which field, by its pointer (RFC 6901). */
export type Wrong = Readonly<Record<string, Said>>;

/** What the service found wrong with the fields that were sent. */
export function wrongIn({ errors }: Problem): Wrong {
  return Object.fromEntries(errors.map(({ pointer, code }) => [pointer, said(ruleOf(code))]));
}

function ruleOf(code: string): (typeof RULES)[keyof typeof RULES] | 'admin.wrong.form' {
  return Object.hasOwn(RULES, code) ? RULES[code as keyof typeof RULES] : 'admin.wrong.form';
}
