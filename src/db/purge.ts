import type { Knex } from 'knex';
import type { Db } from './database.ts';

/** Rows that one statement deletes at most, so that nobody waits long behind it. */
export const BATCH = 1_000;

interface Where {
  readonly table: string;
  /** The columns of the table's key. */
  readonly key: readonly string[];
  readonly most: number;
}

/** Deletes rows that a condition picks, at most so many, and answers how many those were. */
export async function deleteSome(
  db: Db,
  { table, key, most }: Where,
  pick: (rows: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<number> {
  const columns = [...key];
  const picked = pick(db(table).select(columns)).limit(most);
  const rows = db(table);
  const [only] = columns;
  const chosen =
    columns.length === 1 && only !== undefined
      ? rows.whereIn(only, picked)
      : rows.whereIn(columns, picked as Knex.QueryBuilder);
  return Number(await chosen.delete());
}
