import type { Policy } from '../judgement/policy.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Id } from '../kernel/ids.ts';
import type { SpentPass, SpentPassStore } from '../passes/store.ts';
import type { KeptAsking, KeptPresentation } from '../presentation/presentation.ts';
import type { AskingStore, PresentationStore } from '../presentation/store.ts';
import type { EntryStatus, StatusPlace } from '../status/status-list.ts';
import { placeKey, type StatusStore } from '../status/store.ts';
import type { ReadQuestion } from './question.ts';
import type { IdempotencyStore, KeptAnswer, KeptAnswerStore, KeptKey, VerificationStore } from './store.ts';
import type { Verification } from './verification.ts';

export interface GatherStores {
  readonly policies: { byIds(ids: readonly string[]): Promise<readonly Policy[]> };
  readonly presentations: PresentationStore;
  readonly askings: AskingStore;
  readonly spentPasses: SpentPassStore;
  readonly statuses: Pick<StatusStore, 'statusesOf'>;
  readonly verifications: VerificationStore;
  readonly keptAnswers: KeptAnswerStore;
  readonly idempotency: IdempotencyStore;
}

/** All that the answers to a set of questions depend on, each kind by what it is looked up with. */
export interface Gathered {
  readonly policies: ReadonlyMap<string, Policy>;
  readonly keys: ReadonlyMap<string, KeptKey>;
  readonly presentations: ReadonlyMap<string, KeptPresentation>;
  readonly approvals: ReadonlyMap<string, KeptAsking>;
  /** Passes that were approved before, by their marks. */
  readonly spentPasses: ReadonlyMap<string, SpentPass>;
  readonly statuses: ReadonlyMap<string, EntryStatus>;
  /** Earlier verifications that may be given again. */
  readonly earlier: ReadonlyMap<string, Verification>;
  readonly keptAnswers: ReadonlyMap<string, KeptAnswer>;
}

/** Gathers for a whole set of questions, with one statement for each kind of thing. */
export async function gather(
  stores: GatherStores,
  questions: readonly ReadQuestion[],
  { now, today }: { now: Date; today: CalendarDate },
): Promise<Gathered> {
  const tickets = questions.flatMap((question) => question.ticketHash ?? []);
  const policies = await stores.policies.byIds(questions.flatMap((question) => question.ask.policies ?? []));
  const keys = await stores.idempotency.byScopes(
    questions.flatMap((question) => question.scope ?? []),
    now,
  );
  const presentations = await stores.presentations.byTickets(tickets);
  const used = presentations.filter((presentation) => presentation.state === 'used');
  const approvals = await stores.askings.approvals(used.map((presentation) => presentation.id));
  const statuses = await stores.statuses.statusesOf(presentations.flatMap(placeOf), today);
  const spentPasses = await stores.spentPasses.among(questions.flatMap(({ pass }) => pass?.mark ?? []));
  const again = [...keys, ...approvals, ...spentPasses].flatMap((earlier) => earlier.verification ?? []);
  const earlier = await stores.verifications.byIds(again);
  const keptAnswers = await stores.keptAnswers.byIds(again, now);
  return {
    policies: new Map(policies.map((policy) => [policy.id, policy])),
    keys: new Map(keys.map((key) => [key.scope, key])),
    presentations: new Map(presentations.map((presentation) => [presentation.ticketHash, presentation])),
    approvals: new Map(approvals.map((approval) => [approval.presentation, approval])),
    spentPasses: new Map(spentPasses.map((pass) => [pass.mark, pass])),
    statuses,
    earlier: new Map(earlier.map((verification) => [verification.id, verification])),
    keptAnswers: new Map(keptAnswers.map((answer) => [answer.verification, answer])),
  };
}

function placeOf({ copy }: KeptPresentation): StatusPlace[] {
  if (copy === null) return [];
  const [list = '', index = ''] = copy.split('/');
  return [{ list: list as Id<'status_list'>, index: Number(index) }];
}

/** The status of an open presentation's copy. A place that is not there any more is no place to trust. */
export function copyStatus(gathered: Gathered, presentation: KeptPresentation): EntryStatus {
  const [place] = placeOf(presentation);
  return (place && gathered.statuses.get(placeKey(place))) ?? 'revoked';
}
