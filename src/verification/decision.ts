import type { Freshness } from '../judgement/pass-time.ts';
import type { Asked } from '../judgement/policy.ts';
import type { Verdict } from '../judgement/verdict.ts';
import type { Claim } from '../kernel/claims.ts';
import { Fault } from '../kernel/fault.ts';
import type { KeptPresentation } from '../presentation/presentation.ts';
import type { ReadQuestion } from './question.ts';
import type { Answer } from './verification.ts';

/** A question, and what it comes to once its policies were looked up. */
export interface Posed {
  readonly question: ReadQuestion;
  readonly asked: Asked;
}

/** What is to be done about one question. */
export type Decision = Refusal | { readonly kind: 'repeat'; readonly answer: Answer } | Judged;

/** A question that is not answered. */
export interface Refusal {
  readonly kind: 'refuse';
  readonly question: ReadQuestion;
  readonly fault: Fault;
  /** The claims that were asked without permission, for the log. */
  readonly overasked: readonly Claim[];
}

/** A question with a verdict that has to be recorded. */
export interface Judged extends Posed {
  readonly kind: 'judged';
  readonly verdict: Verdict;
  readonly about: AboutTicket | AboutPass | null;
  /** How fresh the showing of a pass was; null for anything else. */
  readonly freshness: Freshness | null;
}

/** The open presentation that a question was about, with the key under which its wallet reads who asked. */
export interface AboutTicket {
  readonly kind: 'ticket';
  readonly presentation: KeptPresentation;
  readonly askingKey: string;
}

/** The unspent pass that a question was about, and until when its mark has to be kept. */
export interface AboutPass {
  readonly kind: 'pass';
  readonly mark: string;
  readonly keptUntil: Date;
}

/** The refusal of a question whose idempotency key is in use at this moment. */
export function inProgress(question: ReadQuestion): Refusal {
  const detail = 'A request with this idempotency key is being answered.';
  return refuse(question, new Fault('idempotency_in_progress', detail));
}

/** A refusal to answer a question. */
export function refuse(question: ReadQuestion, fault: Fault, overasked: readonly Claim[] = []): Refusal {
  return { kind: 'refuse', question, fault, overasked };
}
