import type { Actor } from '../audit/event.ts';
import type { AuditStore } from '../audit/store.ts';
import { wrongField } from '../kernel/fault.ts';
import type { Transact } from '../kernel/transact.ts';
import type { Clock } from '../kernel/world.ts';
import { afterRotation, EVERY_DAYS, earliestRotation, type RotationSchedule } from './rotation-schedule.ts';
import type { IssuerKeyStore, RotationStore } from './store.ts';

interface Stores {
  readonly keys: Pick<IssuerKeyStore, 'hold'>;
  readonly rotation: RotationStore;
  readonly audit: AuditStore;
}

/** What is wanted: so many days between rotations, and the first one at an instant, or a whole time from now. */
export interface ScheduleAsked {
  readonly everyDays: number;
  readonly nextAt: Date | null;
}

/** The schedule, and from when on the next keys may sign. */
export interface Scheduled {
  readonly schedule: RotationSchedule | null;
  readonly earliest: Date;
}

/** Reads when keys rotate by themselves. */
export async function readSchedule({
  keys,
  rotation,
}: {
  readonly keys: Pick<IssuerKeyStore, 'all'>;
  readonly rotation: Pick<RotationStore, 'schedule'>;
}): Promise<Scheduled> {
  return { schedule: await rotation.schedule(), earliest: earliestRotation(await keys.all()) };
}

/**
 * Sets when keys rotate by themselves; null ends it. `invalid_request` at `/next_at` for an instant before the next
 * keys have been published long enough, or more than a year ahead.
 */
export async function scheduleRotation(
  { transact, now }: { readonly transact: Transact<Stores>; readonly now: Clock },
  asked: ScheduleAsked | null,
  actor: Actor,
): Promise<Scheduled> {
  return transact(async ({ keys, rotation, audit }) => {
    const earliest = earliestRotation(await keys.hold());

    const schedule = asked && scheduleOf(asked, { earliest, now: now() });

    await rotation.put(schedule);
    const action = schedule === null ? 'key_rotation.unscheduled' : 'key_rotation.scheduled';
    await audit.record({ action, actor, subject: 'key_rotation' });
    return { schedule, earliest };
  });
}

function scheduleOf(
  { everyDays, nextAt }: ScheduleAsked,
  { earliest, now }: { readonly earliest: Date; readonly now: Date },
): RotationSchedule {
  if (nextAt === null) return afterRotation({ everyDays }, now);
  if (nextAt < earliest || nextAt <= now) {
    throw wrongField('/next_at', 'too_early', 'The next keys have not been published long enough by then.');
  }
  const latest = afterRotation({ everyDays: EVERY_DAYS.most }, now).nextAt;
  if (nextAt > latest) throw wrongField('/next_at', 'too_late', 'This is more than a year ahead.');
  return { everyDays, nextAt };
}
