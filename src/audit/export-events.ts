import type { AuditEvent } from './event.ts';
import type { EventFilter } from './filter.ts';
import type { AuditStore } from './store.ts';

/** How an export is written: a table with a head (RFC 4180), or a JSON object a line. */
export type ExportForm = 'csv' | 'jsonl';

const PART = 1_000;
const COLUMNS = ['id', 'at', 'actor', 'action', 'subject', 'code'] as const;

/** All events that a filter lets through, the newest first, as text in parts. No more than a part is ever held. */
export async function* exportEvents(
  audit: Pick<AuditStore, 'page'>,
  filter: EventFilter,
  form: ExportForm,
): AsyncGenerator<string> {
  if (form === 'csv') yield `${COLUMNS.join(',')}\r\n`;
  let after: string | null = null;
  do {
    const page = await audit.page({ limit: PART, after }, filter);
    if (page.rows.length > 0) yield page.rows.map(form === 'csv' ? csvLine : jsonLine).join('');
    after = page.next;
  } while (after !== null);
}

/** Ids and codes alone: nothing in them has to be quoted, and nothing begins like a formula. */
function csvLine(event: AuditEvent): string {
  return `${COLUMNS.map((name) => columnOf(event, name)).join(',')}\r\n`;
}

function columnOf(event: AuditEvent, name: (typeof COLUMNS)[number]): string {
  return name === 'at' ? event.at.toISOString() : (event[name] ?? '');
}

function jsonLine(event: AuditEvent): string {
  return `${JSON.stringify(Object.fromEntries(COLUMNS.map((name) => [name, event[name]])))}\n`;
}
