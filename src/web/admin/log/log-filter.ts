/** What of the log is looked for, as it is typed. Pure. */

import type { listAuditEvents } from '../../../audit/endpoints.ts';
import type { EventKind } from '../../../kernel/event-kinds.ts';
import type { Sent } from '../../api/contract-types.ts';

export type Query = NonNullable<Sent<typeof listAuditEvents>['query']>;
export interface LogFilter {
  readonly kind: EventKind | '';
  readonly actor: string;
  readonly subject: string;
  /** Days, the last one inclusive; empty where there is no bound. */
  readonly from: string;
  readonly to: string;
}

export const EVERYTHING: LogFilter = { kind: '', actor: '', subject: '', from: '', to: '' };

/** What is asked of the service. Days begin where `startOf` says that they do. */
export function queryOf(filter: LogFilter, startOf: (day: string, later: number) => string): Query {
  const { kind, actor, subject, from, to } = filter;
  return {
    ...(kind !== '' && { kind }),
    ...(actor.trim() !== '' && { actor: actor.trim() }),
    ...(subject.trim() !== '' && { subject: subject.trim() }),
    ...(from !== '' && { from: startOf(from, 0) }),
    ...(to !== '' && { to: startOf(to, 1) }),
  };
}

/** The instant at which a day, or one so many days later, begins where this browser is. */
export function startOfDay(day: string, later: number): string {
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + later);
  return at.toISOString();
}

/** The address from which all of it is downloaded. */
export function exportHref(query: Query, form: 'csv' | 'jsonl'): string {
  const asked = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const search = new URLSearchParams(asked).toString();
  return `/v1/audit-events/${form}${search === '' ? '' : `?${search}`}`;
}
