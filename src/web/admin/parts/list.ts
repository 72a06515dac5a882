/** A list of the service, read part by part. */

import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Said } from '../../language/words.ts';

/** What a list is answered with: some rows, and where the next ones begin. */
interface Part<Row> {
  readonly data: readonly Row[];
  readonly next_cursor: string | null;
}

export interface List<Row> {
  /** Null before the first part is there. */
  readonly rows: readonly Row[] | null;
  readonly trouble: Said | null;
  readonly hasMore: boolean;
  /** Reads the next part. */
  more(): Promise<void>;
  /** Reads from the beginning; what is shown stays until then. */
  again(): Promise<void>;
}

type Ask<Row> = (after: string | undefined) => Promise<Part<Row> | Said>;

/** Reads a list as soon as it is shown, anew for each `whose`. */
export function useList<Row>(ask: Ask<Row>, whose = ''): List<Row> {
  const parts = useSignal<readonly Part<Row>[] | null>(null);
  const trouble = useSignal<Said | null>(null);
  const rows = useComputed(() => parts.value?.flatMap(({ data }) => data) ?? null);
  const next = parts.value?.at(-1)?.next_cursor ?? null;
  const read = async (kept: readonly Part<Row>[], after: string | undefined): Promise<void> => {
    const part = await ask(after);
    trouble.value = 'key' in part ? part : null;
    if (!('key' in part)) parts.value = [...kept, part];
  };
  useEffect(() => {
    parts.value = null;
    void read([], undefined);
  }, [whose]);
  return {
    rows: rows.value,
    trouble: trouble.value,
    hasMore: next !== null,
    more: () => read(parts.value ?? [], next ?? undefined),
    again: () => read([], undefined),
  };
}
