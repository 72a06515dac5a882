/** What a store holds, and how each entry of its journal changes it. Pure but for the maps that it changes. */

import { type Kept, MOST_REFUSALS, type Outcome, type Spent } from './store.ts';

/** One step of a store, as it is written down. */
export type Entry =
  | { readonly is: 'kept'; readonly kept: Kept }
  | { readonly is: 'spent'; readonly spent: Spent; readonly outcome: Outcome }
  | { readonly is: 'judged'; readonly outcome: Outcome }
  | { readonly is: 'reported'; readonly ids: readonly string[] }
  | { readonly is: 'forgotten'; readonly before: number }
  /** A spent pass whose outcome is reported already. */
  | { readonly is: 'mark'; readonly spent: Spent };

export interface Ledger {
  kept: Kept | null;
  /** Until when each mark is remembered. */
  readonly spent: Map<string, number>;
  /** By their ids, the oldest first. */
  readonly waiting: Map<string, Outcome>;
  refusals: number;
}

export function emptyLedger(): Ledger {
  return { kept: null, spent: new Map(), waiting: new Map(), refusals: 0 };
}

export function apply(ledger: Ledger, entry: Entry): void {
  switch (entry.is) {
    case 'kept':
      ledger.kept = entry.kept;
      return;
    case 'spent':
      ledger.spent.set(entry.spent.mark, entry.spent.until);
      wait(ledger, entry.outcome);
      return;
    case 'judged':
      wait(ledger, entry.outcome);
      return;
    case 'mark':
      ledger.spent.set(entry.spent.mark, entry.spent.until);
      return;
    case 'reported':
      for (const id of entry.ids) stopWaiting(ledger, id);
      return;
    case 'forgotten':
      for (const [mark, until] of ledger.spent) if (until < entry.before) ledger.spent.delete(mark);
  }
}

/** Whether there is room for one more outcome. */
export function hasRoom({ refusals }: Ledger, { outcome }: Outcome): boolean {
  return outcome === 'approved' || refusals < MOST_REFUSALS;
}

/** The fewest entries that come to the same. */
export function entriesOf({ kept, spent, waiting }: Ledger): readonly Entry[] {
  return [
    ...(kept === null ? [] : [{ is: 'kept', kept } as const]),
    ...[...spent].map(([mark, until]) => ({ is: 'mark', spent: { mark, until } }) as const),
    ...[...waiting.values()].map((outcome) => ({ is: 'judged', outcome }) as const),
  ];
}

function wait(ledger: Ledger, outcome: Outcome): void {
  ledger.waiting.set(outcome.id, outcome);
  if (outcome.outcome === 'refused') ledger.refusals += 1;
}

function stopWaiting(ledger: Ledger, id: string): void {
  if (ledger.waiting.get(id)?.outcome === 'refused') ledger.refusals -= 1;
  ledger.waiting.delete(id);
}
