/**
 * How values stand in columns that SQLite and PostgreSQL both take: instants as whole milliseconds since 1970, truth
 * as 0 or 1, lists as JSON text. Both drivers may answer a whole number as text.
 */

export function toInstant(at: Date): number {
  return at.getTime();
}

export function fromInstant(column: number | string): Date {
  return new Date(Number(column));
}

export function fromNullableInstant(column: number | string | null): Date | null {
  return column === null ? null : fromInstant(column);
}

export function toFlag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

export function fromFlag(column: number | string | boolean): boolean {
  return Number(column) === 1;
}

export function toList(values: readonly string[]): string {
  return JSON.stringify(values);
}

/** The list in a column that only `toList` writes. */
export function fromList<Value extends string>(column: string): Value[] {
  return JSON.parse(column) as Value[];
}

/** A blob that may be answered as a Buffer, as plain bytes of its own. */
export function fromBlob(column: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(column);
}
