import type { Page, PageAsked } from '../db/page.ts';
import type { Vault } from '../keys/vault.ts';
import type { RetailerStore } from '../retailers/store.ts';
import { type Report, wordsOf } from './report.ts';
import type { ReportStore } from './store.ts';

interface Needs {
  readonly retailers: Pick<RetailerStore, 'find'>;
  readonly reports: Pick<ReportStore, 'page'>;
  readonly vault: Vault;
}

/** A report as an officer reads it. */
export interface ReadReport extends Omit<Report, 'sealedWords'> {
  readonly retailerName: string;
  readonly words: string | null;
}

/** A part of all reports, those of the last days first. */
export async function listReports(
  { retailers, reports, vault }: Needs,
  asked: PageAsked,
): Promise<Page<ReadReport>> {
  const { rows, hasMore } = await reports.page(asked);
  const about = [...new Set(rows.map(({ retailer }) => retailer))];
  const found = await Promise.all(about.map((id) => retailers.find(id)));
  const names = new Map(found.flatMap((one) => (one === null ? [] : [[one.id, one.name]])));

  return {
    rows: rows.map((report) => ({
      ...report,
      retailerName: names.get(report.retailer) ?? '',
      words: wordsOf(vault, report),
    })),
    hasMore,
  };
}
