import { wrongField } from '../kernel/fault.ts';
import type { Id } from '../kernel/ids.ts';
import type { World } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';
import type { RetailerStore } from '../retailers/store.ts';
import { newReport, type Said } from './report.ts';
import type { ReportStore } from './store.ts';

interface Needs {
  readonly retailers: Pick<RetailerStore, 'find'>;
  readonly reports: Pick<ReportStore, 'add'>;
  readonly world: World;
  readonly vault: Vault;
  /** Counts one report of somebody; throws `rate_limited` once the allowance is spent. */
  readonly limit: (who: string) => Promise<unknown>;
}

/** Everybody reports on one account, since nobody says who they are. */
const EVERYBODY = 'everybody';

/**
 * Takes a report about a retailer; `invalid_request` if there is no such retailer. No audit event goes with it: events
 * carry the time to the millisecond, and of a report nothing finer than the day is kept.
 */
export async function takeReport(needs: Needs, said: Said): Promise<Id<'report'>> {
  await needs.limit(EVERYBODY);
  if ((await needs.retailers.find(said.retailer)) === null) {
    throw wrongField('/retailer_id', 'unknown_retailer', 'There is no such retailer.');
  }
  const report = newReport(needs.world, needs.vault, said);

  await needs.reports.add(report);
  return report.id;
}
