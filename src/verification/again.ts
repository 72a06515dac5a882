import type { Asked } from '../judgement/policy.ts';
import { testVerdict } from '../judgement/test-token.ts';
import type { AnsweredClaims } from '../judgement/verdict.ts';
import { Fault } from '../kernel/fault.ts';
import { openWithTicket } from '../presentation/ticket-seal.ts';
import { type Decision, inProgress, type Posed, refuse } from './decision.ts';
import type { Gathered } from './gather.ts';
import type { ReadQuestion } from './question.ts';
import type { KeptAnswer } from './store.ts';
import { IDENTITY_SECONDS, identityPart, REPEAT_SECONDS, repeatedAnswer } from './verification.ts';

/** The earlier answer if the same was asked before, a refusal if its key is misused, or null for a new question. */
export function again(
  posed: Posed,
  gathered: Gathered,
  now: Date,
  scopes: ReadonlySet<string>,
): Decision | null {
  const { question } = posed;
  if (question.scope === null) return repeatedScan(posed, gathered, now);
  const key = gathered.keys.get(question.scope);
  if (key !== undefined && key.bodyHash !== question.bodyHash) {
    return refuse(
      question,
      new Fault('idempotency_key_reused', 'The idempotency key was used with another body.'),
    );
  }
  if (key !== undefined) return repeat(posed, gathered, now, key.verification);
  return scopes.has(question.scope) ? inProgress(question) : null;
}

/** A scanner that fired twice: the same question of the same till, with a reference, within seconds of its approval. */
function repeatedScan(posed: Posed, gathered: Gathered, now: Date): Decision | null {
  const { question } = posed;
  const approval = approvalOf(question, gathered);
  if (approval === null || approval.verification === null || !question.reference) return null;
  const recent = now.getTime() - approval.at.getTime() <= REPEAT_SECONDS * 1000;
  const same = approval.questionHash === question.questionHash;
  return recent && same ? repeat(posed, gathered, now, approval.verification) : null;
}

function approvalOf({ ticketHash, pass }: ReadQuestion, gathered: Gathered) {
  if (pass !== null) {
    const spent = gathered.spentPasses.get(pass.mark);
    return spent === undefined ? null : { ...spent, at: spent.spentAt };
  }
  const presentation = ticketHash === null ? undefined : gathered.presentations.get(ticketHash);
  const approval = presentation && gathered.approvals.get(presentation.id);
  return approval === undefined ? null : { ...approval, at: approval.askedAt };
}

function repeat({ question, asked }: Posed, gathered: Gathered, now: Date, id: string): Decision | null {
  const verification = gathered.earlier.get(id);
  if (verification === undefined) return null;
  const age = now.getTime() - verification.checkedAt.getTime();
  const identity =
    age < IDENTITY_SECONDS * 1000 ? identityAgain(question, asked, gathered.keptAnswers.get(id)) : null;
  return { kind: 'repeat', answer: repeatedAnswer(verification, identity) };
}

/** What an answer told of who somebody is, a minute at the most after it was given. */
function identityAgain(
  { read, ticket }: ReadQuestion,
  asked: Asked,
  kept: KeptAnswer | undefined,
): AnsweredClaims | null {
  if (read.kind === 'test') {
    const verdict = testVerdict(read.outcome, asked);
    return verdict.outcome === 'approved' ? identityPart(verdict.claims) : null;
  }
  return kept === undefined || ticket === null
    ? null
    : openWithTicket<AnsweredClaims>(ticket, 'answer', kept.sealedClaims);
}
