import { fromInstant, toInstant } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { type Page, type PageAsked, readPage } from '../db/page.ts';
import type { Id, Mint } from '../kernel/ids.ts';
import type { Clock } from '../kernel/world.ts';
import type { AuditEvent, NewEvent } from './event.ts';

interface Row {
  readonly id: Id<'event'>;
  readonly at: number | string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly code: string | null;
}

/** The log. It is only ever added to. */
export interface AuditStore {
  /** Adds the events, in this order. Record them in the transaction of the change that they tell of. */
  record(...events: readonly NewEvent[]): Promise<void>;
  page(asked: PageAsked): Promise<Page<AuditEvent>>;
}

export function auditStore(db: Db, { mint, now }: { mint: Mint; now: Clock }): AuditStore {
  return {
    async record(...events) {
      if (events.length === 0) return;
      const at = toInstant(now());
      const rows = events.map(({ actor, action, subject, code }) => ({
        id: mint('event'),
        at,
        actor,
        action,
        subject,
        code: code ?? null,
      }));
      await db('audit_events').insert(rows);
    },

    async page(asked) {
      const { rows, hasMore } = await readPage<Row>(db('audit_events').select(), asked);
      return { rows: rows.map((row) => ({ ...row, at: fromInstant(row.at) })), hasMore };
    },
  };
}
