import type { Knex } from 'knex';

/** A part of a list: the newest first, after the one with that id. */
export interface PageAsked {
  readonly limit: number;
  readonly after: string | null;
}

/** A part of a list, and whether there is more. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
}

/** Reads one page of a query over a table whose ids sort by time. */
export async function readPage<Row extends object>(
  query: Knex.QueryBuilder,
  { limit, after }: PageAsked,
): Promise<Page<Row>> {
  const bounded = after === null ? query : query.where('id', '<', after);
  const rows = (await bounded.orderBy('id', 'desc').limit(limit + 1)) as Row[];
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
}
