import { readRsaSpki } from '../formats/blind-rsa/public-key.ts';
import { passKeyId } from '../formats/pass.ts';
import { addDays, type CalendarDate, midnightUtc } from '../kernel/calendar-date.ts';
import type { Claim, Vocabulary } from '../kernel/claims.ts';

/** The stretch of days in which passes of one key are used first. Windows follow each other without gaps, in UTC. */
export interface Window {
  /** The first date. Whether somebody is entitled is judged for it. */
  readonly date: CalendarDate;
  readonly notBefore: Date;
  /** Exclusive: where the next window begins. */
  readonly ends: Date;
  /** Exclusive: the end of the next window, so that a phone that was offline overnight still works. */
  readonly expiresAt: Date;
}

/** A key that signs passes of one claim for one window, and nothing else. */
export interface PassKey {
  readonly keyId: string;
  readonly claim: Claim;
  readonly window: Window;
  /** SubjectPublicKeyInfo in DER. */
  readonly spki: Uint8Array;
  /** PKCS#8, sealed under the master key; null once it was destroyed. */
  readonly sealedPrivate: Uint8Array | null;
  readonly withdrawnAt: Date | null;
}

const DAY = 86_400_000;

/** The window of so many days that an instant lies in; all are counted from the same day, 1 January 1970. */
export function windowAt(at: Date, days: number): Window {
  const number = Math.floor(at.getTime() / (days * DAY));
  return windowFrom(addDays('1970-01-01' as CalendarDate, number * days), days);
}

/** The window that begins on a date. */
export function windowFrom(date: CalendarDate, days: number): Window {
  return {
    date,
    notBefore: midnightUtc(date),
    ends: midnightUtc(addDays(date, days)),
    expiresAt: midnightUtc(addDays(date, 2 * days)),
  };
}

/** The windows from the one that an instant lies in to the one that begins within so many days of it. */
export function windowsAhead(at: Date, days: number, ahead: number): readonly Window[] {
  const first = windowAt(at, days);
  const count = 1 + Math.ceil(ahead / days);
  return Array.from({ length: count }, (_, i) => windowFrom(addDays(first.date, i * days), days));
}

/**
 * Whether a key signs now: in its window, and in the one before it, in which wallets stock up. Never in the days of
 * grace behind it, when passes of the next window are there to be had.
 */
export function signsAt({ window, sealedPrivate, withdrawnAt }: PassKey, now: Date): boolean {
  const length = window.ends.getTime() - window.notBefore.getTime();
  const since = window.notBefore.getTime() - length;
  const inTime = now.getTime() >= since && now < window.ends;
  return inTime && sealedPrivate !== null && withdrawnAt === null;
}

/** The claims that passes prove: every age and every status. */
export function passClaims({ ages, statuses }: Vocabulary): readonly Claim[] {
  const ofAges = ages.map((age): Claim => `age_over_${age}`);
  return [...ofAges, ...statuses.map((status): Claim => `status_${status}`)];
}

/** The id of a key, or null if the SPKI is not of the kind that passes are signed with. */
export function keyIdOf(spki: Uint8Array): string | null {
  return readRsaSpki(spki) === null ? null : passKeyId(spki);
}
