import { fromInstant, toInstant } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { type Page, type PageAsked, readPage } from '../db/page.ts';
import { addRows } from '../db/rows.ts';
import type { EventKind } from '../kernel/event-kinds.ts';
import { firstIdAt, type Id, type Mint } from '../kernel/ids.ts';
import type { Clock } from '../kernel/world.ts';
import type { AuditEvent, NewEvent } from './event.ts';
import { asksOfEach, type EventFilter } from './filter.ts';

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

/** A part of the log, and the id after which the next one begins, or null at the end. */
export interface EventPage extends Page<AuditEvent> {
  readonly next: string | null;
}

/** How many events a part goes through at most. */
export const STEP = 20_000;

/** The log. It is only ever added to, but for the kinds that a setting lets go after a time. */
export interface AuditStore {
  /** Adds the events, in this order. Record them in the transaction of the change that they tell of. */
  record(...events: readonly NewEvent[]): Promise<void>;
  /**
   * A part of the log, the newest first. Where a filter asks something of each event, a part goes through so many
   * events at most, so that a rare one costs no more than the next part: there may be fewer than asked, or none, with
   * `next` to go on after.
   */
  page(asked: PageAsked, filter?: EventFilter): Promise<EventPage>;
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

    async page(asked, filter = {}) {
      const end = asksOfEach(filter) ? await endOfStep(db, asked, filter) : null;
      const query = matching(within(db, filter), filter);
      if (end !== null) query.where('id', '>=', end);
      const { rows, hasMore } = await readPage<Row>(query.select(), asked);
      const next = hasMore ? (rows.at(-1)?.id ?? null) : end;
      return { rows: rows.map((row) => ({ ...row, at: fromInstant(row.at) })), hasMore: next !== null, next };
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

function within(db: Db, { from, to }: EventFilter) {
  const query = db('audit_events');
  if (from !== undefined) query.where('id', '>=', firstIdAt('event', from));
  if (to !== undefined) query.where('id', '<', firstIdAt('event', to));
  return query;
}

function matching(query: ReturnType<typeof within>, { kind, actor, subject }: EventFilter) {
  if (kind !== undefined) query.where('action', 'like', `${kind}.%`);
  if (actor !== undefined) query.where({ actor });
  if (subject !== undefined) query.where({ subject });
  return query;
}

/** The id of the last event that a part goes through, or null where it reaches the end. */
async function endOfStep(db: Db, { after }: PageAsked, filter: EventFilter): Promise<string | null> {
  const query = within(db, filter);
  if (after !== null) query.where('id', '<', after);
  const row: Pick<Row, 'id'> | undefined = await query
    .orderBy('id', 'desc')
    .offset(STEP - 1)
    .limit(1)
    .first('id');
  return row?.id ?? null;
}
