import { toInstant } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { BATCH, deleteSome } from '../db/purge.ts';
import { among } from '../db/rows.ts';
import type { Id } from '../kernel/ids.ts';
import type { ReportedVerification } from './offline-verification.ts';

export interface OfflineStore {
  /** Keeps reports; answers the ids of those that are the first of theirs. */
  add(reports: readonly ReportedVerification[]): Promise<ReadonlySet<string>>;
  /** Notes reports of passes that had been spent already. */
  markSpentTwice(terminal: Id<'terminal'>, reportIds: readonly string[]): Promise<void>;
  /** Those of these reports whose passes had been spent already. */
  spentTwice(terminal: Id<'terminal'>, reportIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Deletes what was reported before an instant, at most so many; answers how many those were. */
  purge(before: Date, most?: number): Promise<number>;
}

export function offlineStore(db: Db): OfflineStore {
  const own = (terminal: Id<'terminal'>, reportIds: readonly string[]) =>
    db('offline_verifications')
      .where({ terminal_id: terminal })
      .where(among(db, 'report_id', reportIds));
  return {
    async add(reports) {
      if (reports.length === 0) return new Set();
      const added: { report_id: string }[] = await db('offline_verifications')
        .insert(reports.map(toRow))
        .onConflict(['terminal_id', 'report_id'])
        .ignore()
        .returning('report_id');
      return new Set(added.map((row) => row.report_id));
    },

    async markSpentTwice(terminal, reportIds) {
      if (reportIds.length > 0) await own(terminal, reportIds).update({ spent_twice: 1 });
    },

    async spentTwice(terminal, reportIds) {
      const rows: { report_id: string }[] = await own(terminal, reportIds)
        .where({ spent_twice: 1 })
        .select('report_id');
      return new Set(rows.map((row) => row.report_id));
    },

    purge: (before, most = BATCH) =>
      deleteSome(db, { table: 'offline_verifications', key: ['terminal_id', 'report_id'], most }, (rows) =>
        rows.where('reported_at', '<', toInstant(before)),
      ),
  };
}

function toRow(report: ReportedVerification) {
  return {
    terminal_id: report.terminal,
    report_id: report.reportId,
    key_id: report.keyId,
    mark: report.mark,
    outcome: report.outcome,
    reason: report.reason,
    checked_at: toInstant(report.checkedAt),
    reported_at: toInstant(report.reportedAt),
    spent_twice: 0,
  };
}
