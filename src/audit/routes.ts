import { reply } from '../http/endpoint.ts';
import { listBody, pageAsked } from '../http/fields.ts';
import { serve, type Web } from '../http/serve.ts';
import { listAuditEvents } from './endpoints.ts';
import type { AuditEvent } from './event.ts';
import type { AuditStore } from './store.ts';

export function auditRoutes(web: Web, audit: Pick<AuditStore, 'page'>): void {
  serve(web, listAuditEvents, async ({ query }) =>
    reply(200, listBody(await audit.page(pageAsked(query)), shown)),
  );
}

function shown(event: AuditEvent) {
  return { ...event, object: 'audit_event' as const, at: event.at.toISOString() };
}
