import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { idField, instantField, listOf, pageQuery } from '../http/fields.ts';
import { KINDS } from './event.ts';

const TAG = 'Audit';

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

const nameField = z
  .string()
  .max(128)
  .regex(/^[\w:.-]+$/);
const instant = z.iso.datetime({ offset: true });

const filter = z.strictObject({
  kind: z.enum(KINDS).optional().describe('What they are about: the first word of the action.'),
  actor: nameField.optional().describe('Who did it: an id, `wallet` or `system`.'),
  subject: nameField.optional().describe('What it was done to, by its id.'),
  from: instant.optional().describe('Recorded at this instant or later.'),
  to: instant.optional().describe('Recorded before this instant.'),
});

const exported =
  'All that the filter lets through, however much it is, the newest first, with the columns ' +
  '`id`, `at`, `actor`, `action`, `subject` and `code`.';

export const listAuditEvents = endpoint({
  id: 'listAuditEvents',
  tag: TAG,
  method: 'get',
  path: '/v1/audit-events',
  summary: 'List audit events, the newest first',
  description:
    'With `kind`, `actor` or `subject` a part goes through a bounded number of events: it may hold fewer than asked, ' +
    'or none, and still have a `next_cursor`.',
  caller: { officer: 'audit:read' },
  query: pageQuery.extend(filter.shape),
  replies: { 200: { description: 'A part of the log.', schema: listOf(auditEvent) } },
});

export const exportAuditCsv = endpoint({
  id: 'exportAuditCsv',
  tag: TAG,
  method: 'get',
  path: '/v1/audit-events/csv',
  summary: 'Export audit events as a table',
  description: exported,
  caller: { officer: 'audit:read' },
  query: filter,
  replies: { 200: { description: 'CSV (RFC 4180).', schema: z.string(), media: 'text/csv' } },
});

export const exportAuditLines = endpoint({
  id: 'exportAuditLines',
  tag: TAG,
  method: 'get',
  path: '/v1/audit-events/jsonl',
  summary: 'Export audit events as lines of JSON',
  description: exported,
  caller: { officer: 'audit:read' },
  query: filter,
  replies: { 200: { description: 'A JSON object a line.', schema: z.string(), media: 'application/jsonl' } },
});
