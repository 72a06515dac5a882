/** Something that is done at a touch. */

import { useSignal } from '@preact/signals';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';

export interface Act {
  readonly busy: boolean;
  /** What went wrong the last time. */
  readonly wrong: string | null;
  /** Does it, unless it is being done. */
  run(): Promise<void>;
}

/** Does it once at a time, and keeps what went wrong: that is what the work answers. */
export function useAct(work: () => Promise<Said | null>): Act {
  const busy = useSignal(false);
  const wrong = useSignal<Said | null>(null);
  return {
    busy: busy.value,
    wrong: wrong.value && sayAll(wrong.value),
    async run() {
      if (busy.value) return;
      busy.value = true;
      wrong.value = await work();
      busy.value = false;
    },
  };
}
