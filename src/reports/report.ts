import { utf8 } from '../kernel/bytes.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { type Id, minter } from '../kernel/ids.ts';
import type { World } from '../kernel/world.ts';
import type { Vault } from '../keys/vault.ts';

/** A nameless message that a shop asked for too much. */
export interface Report {
  readonly id: Id<'report'>;
  readonly retailer: Id<'retailer'>;
  /** Claims, or ids of policies. */
  readonly asked: readonly string[];
  /** What else was said may name somebody. */
  readonly sealedWords: Uint8Array | null;
  /** The day on which it came, in UTC. */
  readonly day: CalendarDate;
}

const DAY = 86_400_000;

/** What somebody reports. */
export interface Said {
  readonly retailer: Id<'retailer'>;
  readonly asked: readonly string[];
  readonly words: string | null;
}

/**
 * A report as it is kept. Its id holds the day and chance, neither the time of the day nor a count, so that it
 * cannot be laid beside a verification.
 */
export function newReport({ now, random }: World, vault: Vault, { retailer, asked, words }: Said): Report {
  const today = new Date(Math.floor(now().getTime() / DAY) * DAY);
  const id = minter({ now: () => today, random })('report');
  const sealedWords = words === null ? null : vault.seal(utf8(words), `report ${id}`);
  return { id, retailer, asked, sealedWords, day: today.toISOString().slice(0, 10) as CalendarDate };
}

export function wordsOf(vault: Vault, { id, sealedWords }: Report): string | null {
  return sealedWords && new TextDecoder().decode(vault.open(sealedWords, `report ${id}`));
}
