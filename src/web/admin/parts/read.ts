/** One thing of the service, read as soon as it is shown. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Outcome } from '../../api/client.ts';
import type { Answered, Contract } from '../../api/contract-types.ts';
import type { Said } from '../../language/words.ts';
import { troubleOf } from '../trouble.ts';

export interface Read<Value> {
  /** Null before it is there. */
  readonly value: Value | null;
  readonly trouble: Said | null;
  again(): Promise<void>;
}

/** Reads one thing, and anew for each `whose`; what is shown stays until then. */
export function useRead<E extends Contract>(
  ask: () => Promise<Outcome<E>>,
  whose = '',
): Read<Answered<E>['body']> {
  const value = useSignal<Answered<E>['body'] | null>(null);
  const trouble = useSignal<Said | null>(null);
  const again = async (): Promise<void> => {
    const read = await ask();
    trouble.value = read.kind === 'answered' ? null : troubleOf(read);
    if (read.kind === 'answered') value.value = read.body;
  };
  useEffect(() => void again(), [whose]);
  return { value: value.value, trouble: trouble.value, again };
}
