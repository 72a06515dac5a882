import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { idField, instantField, listOf, pageQuery } from '../http/fields.ts';

const auditEvent = z
  .object({
    id: idField('event'),
    object: z.literal('audit_event'),
    at: instantField,
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    code: z.string().nullable(),
  })
  .meta({
    id: 'AuditEvent',
    description: 'What was done to what, in codes. It names no person and no value.',
  });

export const listAuditEvents = endpoint({
  id: 'listAuditEvents',
  tag: 'Audit',
  method: 'get',
  path: '/v1/audit-events',
  summary: 'List audit events, the newest first',
  caller: { officer: 'audit:read' },
  query: pageQuery,
  replies: { 200: { description: 'A part of the log.', schema: listOf(auditEvent) } },
});
