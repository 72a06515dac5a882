import type { FaultKind } from '../kernel/fault.ts';

/** A refusal as RFC 9457 has it, read. `code` is one of our own, or null where somebody else answered. */
export interface Problem {
  readonly status: number;
  readonly code: FaultKind | null;
  /** For developers; people read our own words for the code. */
  readonly detail: string;
  readonly requestId: string | null;
  /** Where fields are wrong: pointers (RFC 6901) and the rule that each broke. */
  readonly errors: readonly { readonly pointer: string; readonly code: string }[];
}

/** The refusal in an answer's parsed body, whoever wrote it. */
export function problemOf(status: number, body: unknown): Problem {
  const read = isRecord(body) ? body : {};
  return {
    status,
    code: typeof read.code === 'string' ? (read.code as FaultKind) : null,
    detail: textIn(read.detail) ?? '',
    requestId: textIn(read.request_id),
    errors: Array.isArray(read.errors) ? read.errors.flatMap(fieldOf) : [],
  };
}

function fieldOf(error: unknown): Problem['errors'] {
  if (!isRecord(error)) return [];
  const [pointer, code] = [textIn(error.pointer), textIn(error.code)];
  return pointer === null || code === null ? [] : [{ pointer, code }];
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
