import { apply, type Entry, hasRoom, type Ledger } from './ledger.ts';
import type { Kept, Store } from './store.ts';

/**
 * A store over a ledger: each call looks at it, has its entry written down, and changes it only then. One call after
 * another; a call whose entry could not be written fails and has changed nothing.
 */
export function ledgerStore(ledger: Ledger, write: (entry: Entry) => Promise<void>): Store {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const step = (decide: () => Entry | null): Promise<boolean> =>
    inTurn(async () => {
      const entry = decide();
      if (entry === null) return false;
      await write(entry);
      apply(ledger, entry);
      return true;
    });
  return {
    kept: () => inTurn(async () => ledger.kept),
    keep: async (change) => void (await step(() => keptEntry(change(ledger.kept)))),
    isSpent: (mark) => inTurn(async () => ledger.spent.has(mark)),
    spend: (spent, outcome) =>
      step(() => (ledger.spent.has(spent.mark) ? null : { is: 'spent', spent, outcome })),
    add: async (outcome) =>
      void (await step(() => (hasRoom(ledger, outcome) ? { is: 'judged', outcome } : null))),
    waiting: (most) => inTurn(async () => [...ledger.waiting.values()].slice(0, most)),
    reported: async (ids) => void (await step(() => ({ is: 'reported', ids }))),
    forget: async (before) =>
      void (await step(() => (anyOver(ledger, before) ? { is: 'forgotten', before } : null))),
  };
}

function keptEntry(kept: Kept | null): Entry | null {
  return kept === null ? null : { is: 'kept', kept };
}

function anyOver({ spent }: Ledger, before: number): boolean {
  return [...spent.values()].some((until) => until < before);
}
