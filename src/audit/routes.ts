import type { z } from 'zod';
import { reply } from '../http/endpoint.ts';
import { pageAsked } from '../http/fields.ts';
import { serve, type Web } from '../http/serve.ts';
import * as contract from './endpoints.ts';
import type { AuditEvent } from './event.ts';
import { type ExportForm, exportEvents } from './export-events.ts';
import type { EventFilter } from './filter.ts';
import type { AuditStore } from './store.ts';

export function auditRoutes(web: Web, audit: Pick<AuditStore, 'page'>): void {
  serve(web, contract.listAuditEvents, async ({ query }) => {
    const { rows, next } = await audit.page(pageAsked(query), filterOf(query));
    const data = rows.map(shown);
    return reply(200, { object: 'list' as const, data, has_more: next !== null, next_cursor: next });
  });

  const file = (query: Asked, form: ExportForm) =>
    reply(200, exportEvents(audit, filterOf(query), form), {
      'Content-Disposition': `attachment; filename="audit-events.${form}"`,
    });
  serve(web, contract.exportAuditCsv, async ({ query }) => file(query, 'csv'));
  serve(web, contract.exportAuditLines, async ({ query }) => file(query, 'jsonl'));
}

type Asked = z.output<typeof contract.exportAuditCsv.query>;

function filterOf({ kind, actor, subject, from, to }: Asked): EventFilter {
  return {
    ...(kind !== undefined && { kind }),
    ...(actor !== undefined && { actor }),
    ...(subject !== undefined && { subject }),
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
  };
}

function shown(event: AuditEvent) {
  return { ...event, object: 'audit_event' as const, at: event.at.toISOString() };
}
