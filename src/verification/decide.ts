import { judge } from '../judgement/judge.ts';
import { type Asked, askedByClaims, askedByPolicies, claimsNeeded } from '../judgement/policy.ts';
import type { Shown, ShownTicket } from '../judgement/shown.ts';
import { testVerdict } from '../judgement/test-token.ts';
import type { AnsweredClaims, Verdict } from '../judgement/verdict.ts';
import { type Claim, readClaim, type Vocabulary } from '../kernel/claims.ts';
import { Fault, wrongField } from '../kernel/fault.ts';
import type { KeptPresentation, SealedContent } from '../presentation/presentation.ts';
import { openWithTicket } from '../presentation/ticket-seal.ts';
import { copyStatus, type Gathered } from './gather.ts';
import type { ReadQuestion } from './question.ts';
import { type Answer, REPEAT_SECONDS, repeatedAnswer } from './verification.ts';

/** What is to be done about one question. */
export type Decision = Refusal | { readonly kind: 'repeat'; readonly answer: Answer } | Judged;

/** A question that is not answered. */
interface Refusal {
  readonly kind: 'refuse';
  readonly question: ReadQuestion;
  readonly fault: Fault;
  /** The claims that were asked without permission, for the log. */
  readonly overasked: readonly Claim[];
}

/** A question with a verdict that has to be recorded. */
export interface Judged {
  readonly kind: 'judged';
  readonly question: ReadQuestion;
  readonly asked: Asked;
  readonly verdict: Verdict;
  /** The open presentation it was about, with the key under which its wallet reads who asked. */
  readonly about: { readonly presentation: KeptPresentation; readonly askingKey: string } | null;
}

const REUSED = new Fault('idempotency_key_reused', 'The idempotency key was used with another body.');
export const IN_PROGRESS = new Fault(
  'idempotency_in_progress',
  'A request with this idempotency key is being answered.',
);

interface Rules {
  readonly now: Date;
  readonly vocabulary: Vocabulary;
}

/**
 * Decides a set of questions, each by itself and in their order: of equal tokens, and of tickets of one copy, the
 * first to be approved wins. Permission comes before idempotency, and that before the token.
 */
export function decide(
  questions: readonly ReadQuestion[],
  gathered: Gathered,
  rules: Rules,
): readonly Decision[] {
  const spent = new Set<string>();
  const scopes = new Set<string>();
  return questions.map((question) => {
    const decision = decideOne(question, gathered, rules, { spent, scopes });
    if (question.scope !== null) scopes.add(question.scope);
    if (decision.kind === 'judged' && decision.verdict.outcome === 'approved' && decision.about !== null) {
      const { ticketHash, copy } = decision.about.presentation;
      spent.add(ticketHash);
      if (copy !== null) spent.add(copy);
    }
    return decision;
  });
}

interface Before {
  /** Tickets and copies that this set has spent so far. */
  readonly spent: ReadonlySet<string>;
  readonly scopes: ReadonlySet<string>;
}

function decideOne(question: ReadQuestion, gathered: Gathered, rules: Rules, before: Before): Decision {
  const asked = readAsk(question, gathered, rules.vocabulary);
  if (asked instanceof Fault) return refuse(question, asked);
  const overasked = claimsNeeded(asked).filter((claim) => !question.terminal.permitted.includes(claim));
  if (overasked.length > 0) return refuse(question, notPermitted(overasked), overasked);
  return (
    again(question, gathered, rules.now, before) ?? judgeOne({ question, asked }, gathered, rules.now, before)
  );
}

function readAsk({ ask }: ReadQuestion, { policies }: Gathered, vocabulary: Vocabulary): Asked | Fault {
  if (ask.policies !== undefined) {
    const found = ask.policies.flatMap((id) => policies.get(id) ?? []);
    if (found.length === ask.policies.length) return askedByPolicies(found, ask.portrait);
    const at = ask.policies.findIndex((id) => !policies.has(id));
    const error = {
      pointer: `/ask/policies/${at}`,
      code: 'unknown_policy',
      detail: 'There is no such policy.',
    };
    return new Fault('unknown_policy', 'A policy of the question does not exist.', { errors: [error] });
  }
  const claims = ask.claims.map((name) => readClaim(name, vocabulary));
  const at = claims.indexOf(null);
  if (at >= 0) return wrongField(`/ask/claims/${at}`, 'unknown_claim', 'There is no such claim.');
  return askedByClaims(
    claims.filter((claim) => claim !== null),
    ask.portrait,
  );
}

function notPermitted(claims: readonly Claim[]): Fault {
  return new Fault('claim_not_permitted', 'The retailer is not registered for what the question needs.', {
    errors: claims.map((claim) => ({
      pointer: '/ask',
      code: 'claim_not_permitted',
      detail: `${claim} is not permitted.`,
    })),
  });
}

/** The earlier answer if the same was asked before, a refusal if its key is misused, or null for a new question. */
function again(question: ReadQuestion, gathered: Gathered, now: Date, { scopes }: Before): Decision | null {
  if (question.scope === null) return repeatedScan(question, gathered, now);
  const key = gathered.keys.get(question.scope);
  if (key !== undefined && key.bodyHash !== question.bodyHash) {
    return refuse(question, REUSED);
  }
  if (key !== undefined) return repeat(question, gathered, key.verification);
  return scopes.has(question.scope) ? refuse(question, IN_PROGRESS) : null;
}

/** A scanner that fired twice: the same question of the same till, with a reference, within seconds of its approval. */
function repeatedScan(question: ReadQuestion, gathered: Gathered, now: Date): Decision | null {
  const presentation =
    question.ticketHash === null ? undefined : gathered.presentations.get(question.ticketHash);
  const approval = presentation && gathered.approvals.get(presentation.id);
  if (approval === undefined || !question.reference) return null;
  const recent = now.getTime() - approval.askedAt.getTime() <= REPEAT_SECONDS * 1000;
  const same = approval.questionHash === question.questionHash;
  return recent && same ? repeat(question, gathered, approval.verification) : null;
}

function repeat(question: ReadQuestion, gathered: Gathered, id: string): Decision | null {
  const verification = gathered.earlier.get(id);
  if (verification === undefined) return null;
  const kept = gathered.keptAnswers.get(id);
  const claims =
    kept === undefined || question.ticket === null
      ? null
      : openWithTicket<AnsweredClaims>(question.ticket, 'answer', kept.sealedClaims);
  return { kind: 'repeat', answer: repeatedAnswer(verification, claims) };
}

function refuse(question: ReadQuestion, fault: Fault, overasked: readonly Claim[] = []): Refusal {
  return { kind: 'refuse', question, fault, overasked };
}

function judgeOne(
  { question, asked }: { question: ReadQuestion; asked: Asked },
  gathered: Gathered,
  now: Date,
  { spent }: Before,
): Judged {
  const { read, ticket, ticketHash } = question;
  if (read.kind === 'test') {
    return { kind: 'judged', question, asked, verdict: testVerdict(read.outcome, asked), about: null };
  }
  const presentation = ticketHash === null ? undefined : gathered.presentations.get(ticketHash);
  if (ticket === null || presentation === undefined) {
    const shown: Shown = { kind: ticket === null ? 'malformed' : 'unknown' };
    return { kind: 'judged', question, asked, verdict: judge(shown, asked, now), about: null };
  }
  const content = presentation.sealedClaims && openWithTicket(ticket, 'claims', presentation.sealedClaims);
  const shown = shownTicket(presentation, content, gathered, spent);
  const about = content && shown.state === 'open' ? { presentation, askingKey: content.askingKey } : null;
  return { kind: 'judged', question, asked, verdict: judge(shown, asked, now), about };
}

function shownTicket(
  presentation: KeptPresentation,
  content: SealedContent | null,
  gathered: Gathered,
  spent: ReadonlySet<string>,
): ShownTicket {
  const { copy, ticketHash, state, expiresAt } = presentation;
  const spentHere = spent.has(ticketHash) || (copy !== null && spent.has(copy));
  return {
    kind: 'ticket',
    state: state === 'open' && !spentHere ? 'open' : 'spent',
    expiresAt,
    copy: copyStatus(gathered, presentation),
    claims: content?.claims ?? null,
  };
}
