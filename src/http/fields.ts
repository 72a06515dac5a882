import { z } from 'zod';
import { readCalendarDate } from '../kernel/calendar-date.ts';
import { CLAIM_SHAPE } from '../kernel/claims.ts';
import { type Id, idPattern, minter, type Noun } from '../kernel/ids.ts';
import { LONGEST_ORIGIN, readWebOrigin, type WebOrigin } from '../kernel/web-origin.ts';

/** Sizes of bodies, in bytes. */
export const BODY_LIMIT = 16 * 1024;
export const PRESENTATION_LIMIT = 128 * 1024;
export const PERSON_LIMIT = 512 * 1024;

/** The same for each noun on every day, so that printed examples stand still. */
const exampleId = minter({
  now: () => new Date('2026-11-22T10:00:00Z'),
  random: (length) => Uint8Array.from({ length }, (_, i) => 7 * i + 3),
});

/** An id of a noun. The brand is a matter of types alone: what is checked, and printed, is the text. */
export function idField<N extends Noun>(noun: N): z.ZodType<Id<N>, Id<N>>;
export function idField(noun: Noun): z.ZodType {
  return z
    .string()
    .regex(idPattern(noun))
    .meta({ example: exampleId(noun) });
}

/** The `{id}` of an address. */
export function idParams<N extends Noun>(noun: N) {
  return z.object({ id: idField(noun) });
}

/** An instant as RFC 3339 in UTC. */
export const instantField = z.iso.datetime().meta({ example: '2026-11-22T10:00:00.000Z' });

/** A calendar date that exists. */
export const dateField = z
  .string()
  .max(10)
  .refine((text) => readCalendarDate(text) !== null, 'This is not a day of the calendar (YYYY-MM-DD).')
  .meta({ format: 'date', example: '1992-02-29' });

/** A name that people read: some characters, none of control. */
export function nameField(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^\P{Cc}*$/u);
}

/** A claim by its name. */
export const claimField = z.string().regex(CLAIM_SHAPE).meta({ example: 'age_over_18' });

/** The origin of a web page. As with ids, the brand is a matter of types alone. */
export function originField(): z.ZodType<WebOrigin, WebOrigin>;
export function originField(): z.ZodType {
  return z
    .string()
    .max(LONGEST_ORIGIN)
    .refine(
      (text) => readWebOrigin(text) !== null,
      'This is not the origin of a web page: https, its host, and its port where that is not the usual one.',
    )
    .meta({ example: 'https://till.cornershop.example' });
}

/** What lists take in the query string. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('How many at most.'),
  starting_after: z
    .string()
    .max(64)
    .regex(/^\w*$/)
    .optional()
    .describe('The `next_cursor` of the part before this one.'),
});

/** One part of a list, the newest first. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    object: z.literal('list'),
    data: z.array(item),
    has_more: z.boolean(),
    next_cursor: z.string().nullable(),
  });
}

/** What the query string asks, for a store. */
export function pageAsked(query: z.output<typeof pageQuery>): { limit: number; after: string | null } {
  return { limit: query.limit, after: query.starting_after ?? null };
}

/** A store's page as a list of the interface. */
export function listBody<Row extends { readonly id: string }, Item>(
  page: { readonly rows: readonly Row[]; readonly hasMore: boolean },
  shown: (row: Row) => Item,
) {
  return {
    object: 'list' as const,
    data: page.rows.map(shown),
    has_more: page.hasMore,
    next_cursor: page.hasMore ? (page.rows.at(-1)?.id ?? null) : null,
  };
}
