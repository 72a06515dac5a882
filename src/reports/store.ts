import { fromBlob, fromList, toList } from '../db/columns.ts';
import type { Db } from '../db/database.ts';
import { type Page, type PageAsked, readPage } from '../db/page.ts';
import { BATCH, deleteSome } from '../db/purge.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { firstIdAt, type Id } from '../kernel/ids.ts';
import type { Report } from './report.ts';

interface Row {
  readonly id: Id<'report'>;
  readonly retailer_id: Id<'retailer'>;
  readonly asked: string;
  readonly sealed_words: Uint8Array | null;
  readonly day: string;
}

export interface ReportStore {
  add(report: Report): Promise<void>;
  page(asked: PageAsked): Promise<Page<Report>>;
  /** Deletes reports of days that had ended by then, at most so many; answers how many those were. */
  purge(before: Date, most?: number): Promise<number>;
}

export function reportStore(db: Db): ReportStore {
  return {
    async add({ id, retailer, asked, sealedWords, day }) {
      await db('reports').insert({
        id,
        retailer_id: retailer,
        asked: toList(asked),
        sealed_words: sealedWords && Buffer.from(sealedWords),
        day,
      });
    },

    async page(asked) {
      const { rows, hasMore } = await readPage<Row>(db('reports').select(), asked);
      return { rows: rows.map(fromRow), hasMore };
    },

    // Ids begin with their day, so the old ones are found by their key.
    purge: (before, most = BATCH) =>
      deleteSome(db, { table: 'reports', key: ['id'], most }, (rows) =>
        rows.where('id', '<', firstIdAt('report', before)),
      ),
  };
}

function fromRow(row: Row): Report {
  return {
    id: row.id,
    retailer: row.retailer_id,
    asked: fromList(row.asked),
    sealedWords: row.sealed_words && fromBlob(row.sealed_words),
    day: row.day as CalendarDate,
  };
}
