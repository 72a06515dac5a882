import type { NewEvent } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import type { Callers } from '../http/caller.ts';
import { Fault, type FieldError } from '../kernel/fault.ts';
import type { Transact } from '../kernel/transact.ts';
import type { Clock } from '../kernel/world.ts';
import type { PassKeyRing } from '../passes/pass-key-ring.ts';
import type { SpentPass, SpentPassStore } from '../passes/store.ts';
import type { OfflineVerification } from './offline-verification.ts';
import type { OfflineStore } from './store.ts';

interface Needs {
  readonly transact: Transact<{ offline: OfflineStore; spentPasses: SpentPassStore; audit: AuditStore }>;
  readonly passKeys: Pick<PassKeyRing, 'listedKey'>;
  /** Milliseconds after its key's end for which a pass is remembered as spent. */
  readonly rememberSpent: number;
  readonly now: Clock;
}

/** What a till learns of its reports. */
export interface Told {
  /** The reports whose passes had been spent before, elsewhere or at this till. */
  readonly spentTwice: readonly string[];
}

/**
 * Takes what a till judged without a network: spends what it approved, and tells which of those passes somebody had
 * spent before. A report that comes again is recorded once and answered in the same way. `forbidden` for a test
 * terminal, whose codes are none; `invalid_request` where two reports have one id.
 */
export async function takeReports(
  { transact, passKeys, rememberSpent, now }: Needs,
  { terminal, live }: Callers['terminal'],
  reports: readonly OfflineVerification[],
): Promise<Told> {
  if (!live) throw new Fault('forbidden', 'A test terminal has nothing to report.');
  refuseRepeated(reports);
  const at = now();
  const spentBy = (report: OfflineVerification): SpentPass => ({
    mark: report.mark,
    keptUntil: new Date((passKeys.listedKey(report.keyId)?.expiresAt ?? at).getTime() + rememberSpent),
    spentAt: at,
    terminal,
    verification: null,
    questionHash: null,
  });

  return transact(async ({ offline, spentPasses, audit }) => {
    const ids = reports.map(({ reportId }) => reportId);
    const fresh = await offline.add(reports.map((report) => ({ ...report, terminal, reportedAt: at })));
    const approved = reports.filter(({ reportId, outcome }) => fresh.has(reportId) && outcome === 'approved');
    const first = firstOfEach(approved);
    const before = await spentPasses.among(first.map(({ mark }) => mark));
    const spent = await spentPasses.spend(first.map(spentBy));

    const ownOnline = new Set(before.filter((pass) => isOwnSale(pass, terminal)).map(({ mark }) => mark));
    const twice = approved.filter(
      (report) => !(first.includes(report) && (spent.has(report.mark) || ownOnline.has(report.mark))),
    );

    await offline.markSpentTwice(
      terminal,
      twice.map(({ reportId }) => reportId),
    );
    const events = twice.map((): NewEvent => ({ action: 'offline.spent_twice', ...about(terminal) }));
    if (fresh.size > 0) await audit.record({ action: 'offline.reported', ...about(terminal) }, ...events);
    const known = await offline.spentTwice(terminal, ids);
    return { spentTwice: ids.filter((id) => known.has(id)) };
  });
}

/** A till that asked online, had no answer and judged for itself: the service approved the same sale. */
function isOwnSale({ verification, terminal }: SpentPass, till: string): boolean {
  return verification !== null && terminal === till;
}

function firstOfEach(reports: readonly OfflineVerification[]): readonly OfflineVerification[] {
  const seen = new Set<string>();
  return reports.filter(({ mark }) => !seen.has(mark) && seen.add(mark));
}

function refuseRepeated(reports: readonly OfflineVerification[]): void {
  const seen = new Set<string>();
  const errors = reports.flatMap(({ reportId }, at): FieldError[] => {
    if (!seen.has(reportId)) {
      seen.add(reportId);
      return [];
    }
    return [{ pointer: `/verifications/${at}/id`, code: 'repeated', detail: 'Another report has this id.' }];
  });
  if (errors.length > 0) throw new Fault('invalid_request', 'Two reports have one id.', { errors });
}

function about(terminal: Callers['terminal']['terminal']) {
  return { actor: terminal, subject: terminal } as const;
}
