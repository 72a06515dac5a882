/** Instants around the end of a time that something is kept for, and how many rows are left. */

import { firstIdAt } from '../../../src/kernel/ids.ts';
import { HOUR, NOW, type RetailersWorld } from '../../support/retailers-world.ts';

export const DAY = 24 * HOUR;
export const ago = (time: number) => new Date(NOW.getTime() - time);
export const AT = { now: NOW.getTime(), before: NOW.getTime() - 1, after: NOW.getTime() + 1 };

/** An id as it is made at an instant. */
export function idAt(noun: Parameters<typeof firstIdAt>[0], at: Date, count = 0): string {
  return `${firstIdAt(noun, at)}${String(count).padStart(16, '0')}`;
}

/** How many rows a table has. */
export async function left(db: RetailersWorld['db'], table: string): Promise<number> {
  return Number((await db(table).count({ rows: '*' }))[0]?.rows);
}
