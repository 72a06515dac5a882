import type { EventKind } from '../kernel/event-kinds.ts';

/** Which events are wanted; what is left out is not asked for. */
export interface EventFilter {
  readonly kind?: EventKind;
  readonly actor?: string;
  readonly subject?: string;
  /** Recorded at this instant or later. */
  readonly from?: Date;
  /** Recorded before this instant. */
  readonly to?: Date;
}

/** Whether something is asked of each event, beside when it was recorded. */
export function asksOfEach({ kind, actor, subject }: EventFilter): boolean {
  return kind !== undefined || actor !== undefined || subject !== undefined;
}
