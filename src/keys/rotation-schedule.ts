import { type IssuerKey, ROTATING } from './issuer-key.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What comes later than this is late: the hour that somebody chose is not kept for its sake. */
const IN_TIME = HOUR;

/**
 * Milliseconds for which a key is published before it signs by itself. Answers with keys are cached for half an hour,
 * and another process notices a new key within a minute; nearly a day leaves room for verifiers that look once a day,
 * and lets a daily rotation keep its hour.
 */
export const NOTICE = DAY - IN_TIME;

/** Days between rotations: with fewer no next key would have its notice before it is to sign. */
export const EVERY_DAYS = { least: 1, most: 365 } as const;

/** When keys rotate by themselves. */
export interface RotationSchedule {
  readonly everyDays: number;
  readonly nextAt: Date;
}

/** From when on the next keys may sign by themselves: once each has been published for long enough. */
export function earliestRotation(keys: readonly IssuerKey[]): Date {
  const next = keys.filter(
    ({ purpose, state }) => state === 'next' && ROTATING.some((one) => one === purpose),
  );
  return new Date(Math.max(0, ...next.map(({ createdAt }) => createdAt.getTime() + NOTICE)));
}

/** Whether the keys rotate by themselves now. */
export function isDue(schedule: RotationSchedule, keys: readonly IssuerKey[], now: Date): boolean {
  return schedule.nextAt <= now && earliestRotation(keys) <= now;
}

/** The schedule after a rotation by somebody's hand: the next one comes a whole time later. */
export function afterRotation(
  { everyDays }: Pick<RotationSchedule, 'everyDays'>,
  now: Date,
): RotationSchedule {
  return { everyDays, nextAt: new Date(now.getTime() + everyDays * DAY) };
}

/** The schedule after a rotation of its own. The hour stays, unless it came late: then it counts on from now. */
export function afterItsRotation(schedule: RotationSchedule, now: Date): RotationSchedule {
  const { nextAt } = schedule;
  const late = now.getTime() - nextAt.getTime() > IN_TIME;
  return afterRotation(schedule, late ? now : nextAt);
}
