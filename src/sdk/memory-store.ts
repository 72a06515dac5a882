import { emptyLedger } from './ledger.ts';
import { ledgerStore } from './ledger-store.ts';
import type { Store } from './store.ts';

/** Keeps everything for as long as the program runs: for tests, and for tills that are never restarted while offline. */
export function memoryStore(): Store {
  return ledgerStore(emptyLedger(), async () => {});
}
