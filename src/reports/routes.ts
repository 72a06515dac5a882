import type { Page, PageAsked } from '../db/page.ts';
import { reply } from '../http/endpoint.ts';
import { listBody, pageAsked } from '../http/fields.ts';
import { serve, type Web } from '../http/serve.ts';
import type { Id } from '../kernel/ids.ts';
import * as contract from './endpoints.ts';
import type { ReadReport } from './list-reports.ts';
import type { Said } from './report.ts';

/** The use cases of reports, with what they need already given. */
export interface ReportVerbs {
  take(said: Said): Promise<Id<'report'>>;
  list(asked: PageAsked): Promise<Page<ReadReport>>;
}

export function reportRoutes(web: Web, reports: ReportVerbs): void {
  serve(web, contract.createReport, async ({ body }) => {
    const words = body.words ? body.words : null;
    const id = await reports.take({ retailer: body.retailer_id, asked: body.asked, words });
    return reply(201, { id, object: 'report' as const });
  });

  serve(web, contract.listReports, async ({ query }) =>
    reply(200, listBody(await reports.list(pageAsked(query)), shown)),
  );
}

function shown({ id, retailer, retailerName, asked, words, day }: ReadReport) {
  return {
    id,
    object: 'report' as const,
    retailer_id: retailer,
    retailer_name: retailerName,
    asked: [...asked],
    words,
    day,
  };
}
