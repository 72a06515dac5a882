import type { z } from 'zod';
import { Fault, type FieldError } from '../kernel/fault.ts';

const MOST_ERRORS = 20;

/** What each rule of a schema says when it is broken. No sentence repeats the value. */
const SENTENCES: Readonly<Record<string, string>> = {
  invalid_type: 'This is of the wrong type, or missing.',
  too_big: 'This is too long or too large.',
  too_small: 'This is too short or too small.',
  invalid_format: 'This has the wrong form.',
  not_multiple_of: 'This is not a whole multiple.',
  invalid_value: 'This is not one of the values allowed.',
  invalid_union: 'This fits none of the forms allowed.',
};

type Issue = z.core.$ZodIssue;

/** The value as the schema has it, or `invalid_request` that names each wrong field, and no value. */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  place: 'body' | 'query' | 'path' | 'header',
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => fieldErrors(issue, place)).slice(0, MOST_ERRORS);
  throw new Fault('invalid_request', `The ${PLACES[place]} has ${count(errors.length)}.`, { errors });
}

const PLACES = { body: 'body', query: 'query string', path: 'address', header: 'header' } as const;

function count(errors: number): string {
  return errors === 1 ? 'a wrong field' : `${errors} wrong fields`;
}

function fieldErrors(issue: Issue, place: string): FieldError[] {
  const pointer = pointerTo(issue.path, place);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: `${pointer}/${escapePart(key.slice(0, 64))}`,
      code: 'unknown_field',
      detail: 'There is no such field.',
    }));
  }
  if (issue.code === 'custom') return [{ pointer, code: 'invalid_value', detail: issue.message }];
  return [{ pointer, code: issue.code, detail: SENTENCES[issue.code] ?? 'This does not fit the contract.' }];
}

function pointerTo(path: readonly PropertyKey[], place: string): string {
  const pointer = path.map((part) => `/${escapePart(String(part))}`).join('');
  return place === 'body' ? pointer : `#${place}${pointer}`;
}

/** RFC 6901 §3. */
function escapePart(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
