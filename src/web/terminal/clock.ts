/** How far a till's clock is from the service's, which alone decides. */

/** Seconds that a clock may be off before anybody is told: codes live for a minute. */
const TOLERANCE = 60;

/**
 * Seconds that this clock is ahead of the service's (behind, if negative); null if it is close enough. The service
 * tells its time to the second, at some moment between asking and hearing.
 */
export function clockError(servedAt: Date | null, askedAt: Date, heardAt: Date): number | null {
  if (servedAt === null || Number.isNaN(servedAt.getTime())) return null;
  const ahead = (askedAt.getTime() - servedAt.getTime() - 1_000) / 1_000;
  const behind = (heardAt.getTime() - servedAt.getTime()) / 1_000;
  if (ahead > TOLERANCE) return Math.round(ahead);
  return behind < -TOLERANCE ? Math.round(behind) : null;
}
