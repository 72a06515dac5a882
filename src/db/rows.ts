/**
 * Many rows and many values in one binding, as JSON. The text of a statement is then the same for one row and for
 * hundreds: it is made and read in a moment, and takes half the time of a placeholder for each value.
 */

import type { Knex } from 'knex';
import { hex } from '../kernel/bytes.ts';
import { type Db, runsSideBySide } from './database.ts';

/** What a column may hold; bytes are for blobs. */
type Value = string | number | null | Uint8Array;

/** Adds rows by one statement. All of them have the columns of the first. */
export async function addRows(db: Db, table: string, rows: readonly object[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  await (runsSideBySide(db) ? addToPostgres : addToSqlite)(db, table, { columns, rows });
}

/**
 * Whether a column is one of these values: `where(among(db, 'id', ids))`. On PostgreSQL as an array, since what stands
 * in a subquery is looked up in no index as soon as there is an `or` beside it.
 */
export function among(db: Db, column: string, values: readonly string[]): Knex.Raw {
  return runsSideBySide(db)
    ? db.raw('?? = any(?::text[])', [column, [...values]])
    : db.raw('?? in (select value from json_each(?))', [column, JSON.stringify(values)]);
}

interface Set {
  readonly columns: readonly string[];
  readonly rows: readonly object[];
}

async function addToSqlite(db: Db, table: string, { columns, rows }: Set): Promise<void> {
  const values = rows.map((row) => columns.map((column) => heldIn(row, column)));
  const isBlob = (at: number): boolean => values.some((row) => row[at] instanceof Uint8Array);
  const read = columns.map((_, at) => (isBlob(at) ? `unhex(value ->> ${at})` : `value ->> ${at}`));
  const json = JSON.stringify(values.map((row) => row.map((value) => plain(value, ''))));
  const names = columns.map(() => '??').join();
  await db.raw(`insert into ?? (${names}) select ${read} from json_each(?)`, [table, ...columns, json]);
}

async function addToPostgres(db: Db, table: string, { columns, rows }: Set): Promise<void> {
  const named = rows.map((row) =>
    Object.fromEntries(columns.map((column) => [column, plain(heldIn(row, column), '\\x')])),
  );
  const names = columns.map(() => '??').join();
  await db.raw(`insert into ?? (${names}) select ${names} from json_populate_recordset(null::??, ?::json)`, [
    table,
    ...columns,
    ...columns,
    table,
    JSON.stringify(named),
  ]);
}

function heldIn(row: object, column: string): Value {
  return (row as Readonly<Record<string, Value | undefined>>)[column] ?? null;
}

function plain(value: Value, before: string): string | number | null {
  return value instanceof Uint8Array ? before + hex(value) : value;
}
