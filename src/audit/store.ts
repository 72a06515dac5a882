import { fromInstant, toInstant } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { type Page, type PageAsked, readPage } from '../db/page.ts';
import { addRows } from '../db/rows.ts';
import { firstIdAt, type Id, type Mint } from '../kernel/ids.ts';
import type { Clock } from '../kernel/world.ts';
import type { AuditEvent, EventKind, NewEvent } from './event.ts';

interface Row {
  readonly id: Id<'event'>;
  readonly at: number | string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly code: string | null;
}

/** A step through the log: the events after an id and before an instant, at most so many. */
export interface PurgeStep {
  readonly kind: EventKind;
  readonly after: string;
  readonly before: Date;
  readonly most: number;
}

/** The log. It is only ever added to, but for the kinds that a setting lets go after a time. */
export interface AuditStore {
  /** Adds the events, in this order. Record them in the transaction of the change that they tell of. */
  record(...events: readonly NewEvent[]): Promise<void>;
  page(asked: PageAsked): Promise<Page<AuditEvent>>;
  /** Deletes the events of a kind in one step. Answers how many of any kind the step saw, and the last of them. */
  purge(step: PurgeStep): Promise<{ readonly seen: number; readonly last: string | null }>;
}

export function auditStore(db: Db, { mint, now }: { mint: Mint; now: Clock }): AuditStore {
  return {
    async record(...events) {
      const at = toInstant(now());
      const rows = events.map(({ actor, action, subject, code }) => ({
        id: mint('event'),
        at,
        actor,
        action,
        subject,
        code: code ?? null,
      }));
      await addRows(db, 'audit_events', rows);
    },

    async page(asked) {
      const { rows, hasMore } = await readPage<Row>(db('audit_events').select(), asked);
      return { rows: rows.map((row) => ({ ...row, at: fromInstant(row.at) })), hasMore };
    },

    async purge({ kind, after, before, most }) {
      const rows: Pick<Row, 'id' | 'action'>[] = await db('audit_events')
        .where('id', '>', after)
        .where('id', '<', firstIdAt('event', before))
        .orderBy('id')
        .limit(most)
        .select('id', 'action');
      const over = rows.filter(({ action }) => action.startsWith(`${kind}.`)).map(({ id }) => id);
      if (over.length > 0) await db('audit_events').whereIn('id', over).delete();
      return { seen: rows.length, last: rows.at(-1)?.id ?? null };
    },
  };
}
