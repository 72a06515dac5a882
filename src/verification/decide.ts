import type { CheckedPass } from '../judgement/check-pass.ts';
import { judge } from '../judgement/judge.ts';
import { type FreshnessBounds, freshnessOf } from '../judgement/pass-time.ts';
import { type Asked, askedByClaims, askedByPolicies, claimsNeeded } from '../judgement/policy.ts';
import type { Shown, ShownTicket } from '../judgement/shown.ts';
import { testVerdict } from '../judgement/test-token.ts';
import { type Claim, readClaim, type Vocabulary } from '../kernel/claims.ts';
import { Fault, wrongField } from '../kernel/fault.ts';
import type { KeptPresentation, SealedContent } from '../presentation/presentation.ts';
import { openWithTicket } from '../presentation/ticket-seal.ts';
import { again } from './again.ts';
import { type Decision, type Judged, type Posed, refuse } from './decision.ts';
import { copyStatus, type Gathered } from './gather.ts';
import type { ReadQuestion } from './question.ts';

interface Rules {
  readonly now: Date;
  readonly vocabulary: Vocabulary;
  readonly freshness: FreshnessBounds;
  /** Milliseconds for which a spent pass is remembered after it has expired. */
  readonly rememberSpent: number;
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
    if (question.scope !== null && decision.kind === 'judged') scopes.add(question.scope);
    for (const one of spentBy(decision)) spent.add(one);
    return decision;
  });
}

/** What an approval spends: a ticket and its copy, or a pass. */
function spentBy(decision: Decision): readonly string[] {
  if (decision.kind !== 'judged' || decision.verdict.outcome !== 'approved') return [];
  const { about } = decision;
  if (about?.kind === 'pass') return [about.mark];
  return about === null
    ? []
    : [about.presentation.ticketHash, about.presentation.copy ?? about.presentation.ticketHash];
}

interface Before {
  /** Tickets, copies and passes that this set has spent so far. */
  readonly spent: ReadonlySet<string>;
  readonly scopes: ReadonlySet<string>;
}

function decideOne(question: ReadQuestion, gathered: Gathered, rules: Rules, before: Before): Decision {
  const asked = readAsk(question, gathered, rules.vocabulary);
  if (asked instanceof Fault) return refuse(question, asked);
  const overasked = claimsNeeded(asked).filter((claim) => !question.terminal.permitted.includes(claim));
  if (overasked.length > 0) return refuse(question, notPermitted(overasked), overasked);
  return (
    again({ question, asked }, gathered, rules.now, before.scopes) ??
    judgeOne({ question, asked }, gathered, rules, before)
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

function judgeOne(posed: Posed, gathered: Gathered, rules: Rules, { spent }: Before): Judged {
  const { question, asked } = posed;
  const { read, pass, ticket, ticketHash } = question;
  const judged = { kind: 'judged', question, asked, about: null, freshness: null } as const;
  if (read.kind === 'test') return { ...judged, verdict: testVerdict(read.outcome, asked) };
  if (pass !== null)
    return judgePass(posed, pass, rules, gathered.spentPasses.has(pass.mark) || spent.has(pass.mark));
  const presentation = ticketHash === null ? undefined : gathered.presentations.get(ticketHash);
  if (ticket === null || presentation === undefined) {
    const shown: Shown = { kind: ticket === null ? 'malformed' : 'unknown' };
    return { ...judged, verdict: judge(shown, asked, rules.now) };
  }
  const content = presentation.sealedClaims && openWithTicket(ticket, 'claims', presentation.sealedClaims);
  const shown = shownTicket(presentation, content, gathered, spent);
  const { askingKey = null } = content ?? {};
  const open = askingKey !== null && shown.state === 'open';
  const about = open ? ({ kind: 'ticket', presentation, askingKey } as const) : null;
  return { ...judged, verdict: judge(shown, asked, rules.now), about };
}

function judgePass({ question, asked }: Posed, pass: CheckedPass, rules: Rules, spent: boolean): Judged {
  const { now, freshness: bounds, rememberSpent } = rules;
  const shown = { ...pass.shown, state: spent ? 'spent' : 'open' } as const;
  const verdict = judge(shown, asked, now, bounds);
  const freshness = freshnessOf(shown.shownAt, now, bounds);
  const keptUntil = shown.window && new Date(shown.window.expiresAt.getTime() + rememberSpent);
  return {
    kind: 'judged',
    question,
    asked,
    verdict,
    about: keptUntil && { kind: 'pass', mark: pass.mark, keptUntil },
    freshness: freshness === 'fresh' || freshness === 'skewed' ? freshness : null,
  };
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
