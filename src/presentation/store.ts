import { fromBlob, fromFlag, fromInstant, toFlag, toInstant } from '../db/columns.ts';
import { type Db, runsSideBySide } from '../db/database.ts';
import { BATCH, deleteSome } from '../db/purge.ts';
import { addRows, among } from '../db/rows.ts';
import type { Id } from '../kernel/ids.ts';
import type { KeptAsking, KeptPresentation, PresentationState } from './presentation.ts';

interface Row {
  readonly id: Id<'presentation'>;
  readonly ticket_hash: string;
  readonly secret_hash: string;
  readonly state: PresentationState;
  readonly copy: string | null;
  readonly sealed_claims: Uint8Array | null;
  readonly presented_at: number | string;
  readonly expires_at: number | string;
}

interface AskingRow {
  readonly verification_id: Id<'verification'>;
  readonly presentation_id: Id<'presentation'>;
  readonly terminal_id: Id<'terminal'>;
  readonly approved: number;
  readonly question_hash: string;
  readonly sealed_asking: Uint8Array;
  readonly asked_at: number | string;
}

interface Keeping {
  add(presentations: readonly KeptPresentation[]): Promise<void>;
  find(id: Id<'presentation'>): Promise<KeptPresentation | null>;
  /** Those whose tickets have these hashes. */
  byTickets(hashes: readonly string[]): Promise<readonly KeptPresentation[]>;
  /** Forgets the claims of tickets that are over. */
  forgetClaims(now: Date): Promise<void>;
  /** Deletes everything about tickets that were over by then, at most so many; answers how many those were. */
  purge(before: Date, most?: number): Promise<number>;
}

interface Spending {
  /**
   * Holds the open tickets of copies until the transaction ends, in one order for all: of two tills with two tickets
   * of one copy, one waits for the other.
   */
  holdCopies(copies: readonly string[]): Promise<void>;
  /**
   * Spends open tickets, voids the other open tickets of their copies, and forgets the claims of all of them. Of
   * several callers at once exactly one is answered each hash.
   */
  spend(tickets: readonly SpentTicket[]): Promise<Spent>;
}

/** A ticket to spend; its copy is null once the ticket is over. */
export type SpentTicket = Pick<KeptPresentation, 'ticketHash' | 'copy'>;

/** The hashes of the tickets that were open and are spent now, and whose presentations were voided with them. */
export interface Spent {
  readonly hashes: ReadonlySet<string>;
  readonly voided: readonly Id<'presentation'>[];
}

export type PresentationStore = Keeping & Spending;

export interface AskingStore {
  add(askings: readonly KeptAsking[]): Promise<void>;
  /** The questions about a presentation, the oldest first. */
  of(presentation: Id<'presentation'>): Promise<readonly KeptAsking[]>;
  /** The questions that spent these presentations. */
  approvals(presentations: readonly Id<'presentation'>[]): Promise<readonly KeptAsking[]>;
}

const FORGOTTEN = { copy: null, sealed_claims: null };

export function presentationStore(db: Db): PresentationStore {
  return { ...keeping(db), ...spending(db) };
}

function keeping(db: Db): Keeping {
  return {
    async add(presentations) {
      await addRows(db, 'presentations', presentations.map(toRow));
    },

    async find(id) {
      const row: Row | undefined = await db('presentations').where({ id }).first();
      return row === undefined ? null : fromRow(row);
    },

    async byTickets(hashes) {
      if (hashes.length === 0) return [];
      const rows: Row[] = await db('presentations').where(among(db, 'ticket_hash', hashes));
      return rows.map(fromRow);
    },

    async forgetClaims(now) {
      await db('presentations')
        .where('expires_at', '<=', toInstant(now))
        .whereNotNull('sealed_claims')
        .update(FORGOTTEN);
    },

    purge: (before, most = BATCH) =>
      deleteSome(db, { table: 'presentations', key: ['id'], most }, (rows) =>
        rows.where('expires_at', '<=', toInstant(before)),
      ),
  };
}

function spending(db: Db): Spending {
  const open = () => db('presentations').where({ state: 'open' });
  return {
    async holdCopies(copies) {
      if (copies.length === 0 || !runsSideBySide(db)) return;
      await open()
        .where(among(db, 'copy', copies))
        .orderBy('id')
        .forUpdate()
        .select('id');
    },

    async spend(tickets) {
      if (tickets.length === 0) return { hashes: new Set(), voided: [] };
      const hashes = new Set(tickets.map(({ ticketHash }) => ticketHash));
      const copies = tickets.flatMap(({ copy }) => copy ?? []);
      const asked = among(db, 'ticket_hash', [...hashes]);
      const state = db.raw(`case when ? then 'used' else 'voided' end`, [asked]);
      const over: Pick<Row, 'id' | 'ticket_hash'>[] = await open()
        .where((either) => either.where(asked).orWhere(among(db, 'copy', copies)))
        .update({ state, ...FORGOTTEN })
        .returning(['id', 'ticket_hash']);
      const isSpent = ({ ticket_hash }: Pick<Row, 'ticket_hash'>): boolean => hashes.has(ticket_hash);
      return {
        hashes: new Set(over.filter(isSpent).map((row) => row.ticket_hash)),
        voided: over.filter((row) => !isSpent(row)).map((row) => row.id),
      };
    },
  };
}

export function askingStore(db: Db): AskingStore {
  return {
    async add(askings) {
      await addRows(db, 'presentation_askings', askings.map(toAskingRow));
    },

    async of(presentation) {
      const rows: AskingRow[] = await db('presentation_askings')
        .where({ presentation_id: presentation })
        .orderBy('verification_id');
      return rows.map(fromAskingRow);
    },

    async approvals(presentations) {
      if (presentations.length === 0) return [];
      const rows: AskingRow[] = await db('presentation_askings')
        .where(among(db, 'presentation_id', presentations))
        .where({ approved: 1 });
      return rows.map(fromAskingRow);
    },
  };
}

function toRow(presentation: KeptPresentation): Row {
  return {
    id: presentation.id,
    ticket_hash: presentation.ticketHash,
    secret_hash: presentation.secretHash,
    state: presentation.state,
    copy: presentation.copy,
    sealed_claims: presentation.sealedClaims,
    presented_at: toInstant(presentation.presentedAt),
    expires_at: toInstant(presentation.expiresAt),
  };
}

function fromRow(row: Row): KeptPresentation {
  return {
    id: row.id,
    ticketHash: row.ticket_hash,
    secretHash: row.secret_hash,
    state: row.state,
    copy: row.copy,
    sealedClaims: row.sealed_claims && fromBlob(row.sealed_claims),
    presentedAt: fromInstant(row.presented_at),
    expiresAt: fromInstant(row.expires_at),
  };
}

function toAskingRow(asking: KeptAsking): AskingRow {
  return {
    verification_id: asking.verification,
    presentation_id: asking.presentation,
    terminal_id: asking.terminal,
    approved: toFlag(asking.approved),
    question_hash: asking.questionHash,
    sealed_asking: asking.sealedAsking,
    asked_at: toInstant(asking.askedAt),
  };
}

function fromAskingRow(row: AskingRow): KeptAsking {
  return {
    verification: row.verification_id,
    presentation: row.presentation_id,
    terminal: row.terminal_id,
    approved: fromFlag(row.approved),
    questionHash: row.question_hash,
    sealedAsking: fromBlob(row.sealed_asking),
    askedAt: fromInstant(row.asked_at),
  };
}
