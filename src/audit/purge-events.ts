import type { EventKind } from '../kernel/event-kinds.ts';
import type { Transact } from '../kernel/transact.ts';
import type { AuditStore } from './store.ts';

interface Stores {
  readonly audit: Pick<AuditStore, 'purge'>;
  readonly settings: {
    get(name: string): Promise<string | null>;
    put(name: string, value: string): Promise<void>;
  };
}

/**
 * Deletes the events of one kind that were recorded before an instant, a bounded step of the log at a time, and
 * answers how many events that step looked at: fewer than `most` at the end. Where it got to is kept, so that events
 * of kinds that stay are passed over once and not at every turn.
 */
export async function purgeEvents(
  transact: Transact<Stores>,
  kind: EventKind,
  before: Date,
  most: number,
): Promise<number> {
  const name = `purged ${kind} events up to`;
  return transact(async ({ audit, settings }) => {
    const after = (await settings.get(name)) ?? '';

    const { seen, last } = await audit.purge({ kind, after, before, most });

    if (last !== null) await settings.put(name, last);
    return seen;
  });
}
