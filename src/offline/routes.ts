import type { z } from 'zod';
import type { Callers } from '../http/caller.ts';
import { reply } from '../http/endpoint.ts';
import { serve, type Web } from '../http/serve.ts';
import type { Clock } from '../kernel/world.ts';
import * as contract from './endpoints.ts';
import type { OfflineVerification } from './offline-verification.ts';
import type { Told } from './take-reports.ts';
import type { PublishedBundle } from './trust-bundle.ts';

/** The use cases of judging without a network, with what they need already given. */
export interface OfflineVerbs {
  bundle(terminal: Callers['terminal']): Promise<PublishedBundle>;
  take(terminal: Callers['terminal'], reports: readonly OfflineVerification[]): Promise<Told>;
  readonly now: Clock;
}

export function offlineRoutes(web: Web, offline: OfflineVerbs): void {
  serve(web, contract.getTrustBundle, async ({ caller, headers }) => {
    const { jwt, etag } = await offline.bundle(caller);
    const about = { ETag: etag };
    return headers['if-none-match'] === etag ? reply(304, undefined, about) : reply(200, jwt, about);
  });

  serve(web, contract.reportOffline, async ({ caller, body }) => {
    const { spentTwice } = await offline.take(caller, body.verifications.map(reportOf));
    return reply(200, {
      object: 'offline_report' as const,
      received: body.verifications.length,
      double_spends: [...spentTwice],
      server_time: offline.now().toISOString(),
    });
  });
}

type Report = z.output<typeof contract.reportOffline.body.schema>['verifications'][number];

function reportOf(report: Report): OfflineVerification {
  return {
    reportId: report.id,
    keyId: report.key_id,
    mark: report.device_key_hash,
    outcome: report.outcome,
    reason: report.reason,
    checkedAt: new Date(report.checked_at),
  };
}
