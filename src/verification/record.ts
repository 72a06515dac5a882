import type { NewEvent } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import { claimsNeeded } from '../judgement/policy.ts';
import { refusal } from '../judgement/verdict.ts';
import { fromBase64url, utf8 } from '../kernel/bytes.ts';
import type { Fault } from '../kernel/fault.ts';
import type { Id, Mint } from '../kernel/ids.ts';
import type { World } from '../kernel/world.ts';
import { seal } from '../keys/sealed.ts';
import type { SpentPass } from '../passes/store.ts';
import type { Asking, KeptAsking, KeptPresentation } from '../presentation/presentation.ts';
import type { Spent } from '../presentation/store.ts';
import { sealUnderTicket } from '../presentation/ticket-seal.ts';
import { countsOf } from '../statistics/count.ts';
import type { CountStore } from '../statistics/store.ts';
import { type Decision, inProgress, type Judged } from './decision.ts';
import type { GatherStores } from './gather.ts';
import type { KeptAnswer, KeptKey } from './store.ts';
import {
  type Answer,
  firstAnswer,
  IDEMPOTENCY_HOURS,
  IDENTITY_SECONDS,
  identityPart,
  outcomeOf,
  type Verification,
} from './verification.ts';

export interface RecordStores extends GatherStores {
  readonly audit: AuditStore;
  readonly counts: Pick<CountStore, 'add'>;
}

interface Needs {
  readonly world: World;
  readonly mint: Mint;
}

/** What was recorded: the answers in the order of the decisions, and the presentations about which wallets learn. */
export interface Recorded {
  readonly answers: readonly (Answer | Fault)[];
  readonly rung: readonly string[];
}

/** A decision, and the id of its verification if it becomes one. */
interface Numbered {
  readonly decision: Decision;
  readonly id: Id<'verification'>;
}

interface Made {
  readonly judged: Judged;
  readonly verification: Verification;
}

/**
 * Records a set of decisions with one statement a step: keys taken, tickets spent and the other tickets of their
 * copies voided, verifications, what wallets will read, events, counts. A ticket that somebody else spent in the meantime turns its
 * approval into `already_used`.
 */
export async function record(
  { world, mint }: Needs,
  stores: RecordStores,
  decisions: readonly Decision[],
  now: Date,
): Promise<Recorded> {
  const numbered = decisions.map((decision) => ({ decision, id: mint('verification') }));
  const settled = await takeKeys(stores, numbered, now);
  const spent = await spend(stores, settled, now);
  const made = new Map<Decision, Made>();
  for (const { decision, id } of settled) {
    if (decision.kind === 'judged') made.set(decision, verificationOf(lostRace(decision, spent), id, now));
  }
  const all = [...made.values()];
  await stores.verifications.add(all.map(({ verification }) => verification));
  await stores.keptAnswers.add(all.flatMap((one) => keptAnswer(one, world, now)));
  const askings = all.flatMap((one) => asking(one, world));
  await stores.askings.add(askings);
  await stores.audit.record(...settled.flatMap(({ decision }) => events(decision, made.get(decision))));
  await stores.counts.add(countsOf(all.map(({ verification }) => verification)));
  const answers = settled.map(({ decision }) => answerOf(decision, made.get(decision)));
  return { answers, rung: [...spent.tickets.voided, ...askings.map(({ presentation }) => presentation)] };
}

/** What a set spent: its tickets, and the marks of its passes. */
interface AllSpent {
  readonly tickets: Spent;
  readonly passes: ReadonlySet<string>;
}

async function spend(
  { presentations, spentPasses }: RecordStores,
  settled: readonly Numbered[],
  now: Date,
): Promise<AllSpent> {
  const wanted: KeptPresentation[] = [];
  const passes: SpentPass[] = [];
  for (const { decision, id } of settled) {
    if (decision.kind !== 'judged' || decision.verdict.outcome !== 'approved') continue;
    const { about, question } = decision;
    if (about?.kind === 'ticket') wanted.push(about.presentation);
    if (about?.kind === 'pass') {
      const { mark, keptUntil } = about;
      const { questionHash, terminal } = question;
      passes.push({
        ...{ mark, keptUntil, questionHash },
        ...{ verification: id, terminal: terminal.terminal, spentAt: now },
      });
    }
  }
  await presentations.holdCopies(wanted.flatMap(({ copy }) => copy ?? []));
  return { tickets: await presentations.spend(wanted), passes: await spentPasses.spend(passes) };
}

function lostRace(judged: Judged, { tickets, passes }: AllSpent): Judged {
  const { about, verdict, asked } = judged;
  if (verdict.outcome === 'refused' || about === null) return judged;
  const won =
    about.kind === 'pass' ? passes.has(about.mark) : tickets.hashes.has(about.presentation.ticketHash);
  if (won) return judged;
  return { ...judged, verdict: refusal('already_used', asked.otherProof), about: null };
}

function verificationOf(judged: Judged, id: Id<'verification'>, now: Date): Made {
  const { question, asked, verdict, about } = judged;
  const outcome = outcomeOf(verdict);
  return {
    judged,
    verification: {
      id,
      terminal: question.terminal.terminal,
      retailer: question.terminal.retailer,
      live: question.terminal.live,
      ...outcome,
      asked: {
        claims: claimsNeeded(asked),
        policies: question.ask.policies ?? null,
        ...(asked.discountCodes && { discountCodes: asked.discountCodes }),
      },
      proof: question.pass !== null ? 'pass' : outcome.reason === 'malformed_token' ? null : 'ticket',
      presentedAt: about?.kind === 'ticket' ? about.presentation.presentedAt : null,
      checkedAt: now,
      freshness: judged.freshness,
      reference: question.reference,
      scannedAt: question.scannedAt,
    },
  };
}

/** Takes the idempotency keys of a set. A question whose key another process took in the meantime is not answered. */
async function takeKeys(
  stores: RecordStores,
  numbered: readonly Numbered[],
  now: Date,
): Promise<readonly Numbered[]> {
  const expiresAt = new Date(now.getTime() + IDEMPOTENCY_HOURS * 3_600_000);
  const keys = numbered.flatMap(({ decision, id }): KeptKey[] => {
    if (decision.kind !== 'judged' || decision.question.scope === null) return [];
    const { scope, bodyHash } = decision.question;
    return [{ scope, bodyHash, verification: id, expiresAt }];
  });
  const free = new Set(await stores.idempotency.take(keys, now));
  return numbered.map(({ decision, id }) => {
    const lost = keys.some(({ scope, verification }) => verification === id && !free.has(scope));
    return { id, decision: lost && decision.kind === 'judged' ? inProgress(decision.question) : decision };
  });
}

function keptAnswer({ judged, verification }: Made, { random }: World, now: Date): KeptAnswer[] {
  const { verdict, question } = judged;
  const identity = verdict.outcome === 'approved' ? identityPart(verdict.claims) : null;
  if (identity === null || question.ticket === null) return [];
  const sealedClaims = sealUnderTicket(question.ticket, 'answer', identity, random);
  const expiresAt = new Date(now.getTime() + IDENTITY_SECONDS * 1000);
  return [{ verification: verification.id, sealedClaims, expiresAt }];
}

function asking({ judged, verification }: Made, { random }: World): KeptAsking[] {
  const { about, question, verdict } = judged;
  if (about?.kind !== 'ticket') return [];
  const told = verdict.outcome === 'approved' ? verdict.claims : {};
  const content: Asking = {
    askedAt: verification.checkedAt.toISOString(),
    retailer: { id: question.terminal.retailer, name: question.terminal.retailerName },
    asked: verification.asked.claims,
    outcome: verdict.outcome,
    reason: verification.reason,
    told: told.portrait === undefined ? told : { ...told, portrait: true },
  };
  const { presentation } = about;
  const key = fromBase64url(about.askingKey) ?? new Uint8Array();
  return [
    {
      verification: verification.id,
      presentation: presentation.id,
      terminal: question.terminal.terminal,
      approved: verdict.outcome === 'approved',
      questionHash: question.questionHash,
      sealedAsking: seal(key, utf8(JSON.stringify(content)), `asking ${presentation.id}`, random),
      askedAt: verification.checkedAt,
    },
  ];
}

function events(decision: Decision, made: Made | undefined): NewEvent[] {
  if (decision.kind === 'refuse') {
    const { terminal, retailer } = decision.question.terminal;
    return decision.overasked.map((code) => ({
      action: 'verification.overasked',
      actor: terminal,
      subject: retailer,
      code,
    }));
  }
  if (made === undefined) return [];
  const { verification } = made;
  const about = { actor: verification.terminal, subject: verification.id };
  return verification.reason === null
    ? [{ action: 'verification.approved', ...about }]
    : [{ action: 'verification.refused', ...about, code: verification.reason }];
}

function answerOf(decision: Decision, made: Made | undefined): Answer | Fault {
  if (decision.kind === 'refuse') return decision.fault;
  if (decision.kind === 'repeat') return decision.answer;
  if (made === undefined) throw new Error('a question was judged and not recorded');
  return firstAnswer(made.verification, made.judged.verdict);
}
