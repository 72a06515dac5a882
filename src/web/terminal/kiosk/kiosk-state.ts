/** A till that nobody attends. Pure: what it asks, whose language it speaks, and how it outlives a restart. */

import { type OfferedPolicy, personalIn } from '../basket.ts';
import type { Lock } from './lock.ts';

export interface Kiosk {
  /** What is asked of everybody. */
  readonly policies: readonly string[];
  readonly lock: Lock;
  /** Whether its session is over: a pairing code, which outranks the exit code, then leads out of it. */
  readonly ended: boolean;
  /** When somebody last did something. */
  readonly touchedAt: Date;
  /** The language that a customer chose; null while it speaks the shop's. */
  readonly language: string | null;
  /** Whether somebody who works here is on the way out of it. */
  readonly staff: boolean;
}

/** What is kept: the kiosk, or what the last one asked, so that it need not be chosen again. */
export interface KeptKiosk {
  readonly policies: readonly string[];
  readonly lock: Lock | null;
  readonly ended: boolean;
}

/** Milliseconds after which a customer has gone: the next one finds the shop's language. */
export const IDLE = 30_000;
/** Milliseconds after which a question without an answer is let go: whoever asked it may not stand there any more. */
const GIVES_UP = 15_000;

/** What a kiosk cannot ask: nobody is there to compare a face, and a name would stand on a screen that all can see. */
export function unfit(policies: readonly OfferedPolicy[], chosen: readonly string[]): boolean {
  return policies.some((policy) => chosen.includes(policy.id) && personalIn(policy) !== null);
}

export function openKiosk(policies: readonly string[], lock: Lock, now: Date): Kiosk {
  return { policies, lock, ended: false, touchedAt: now, language: null, staff: false };
}

/** Somebody is there. */
export function touched(kiosk: Kiosk, now: Date): Kiosk {
  return { ...kiosk, touchedAt: now };
}

/** A customer's own language, for as long as they are there. */
export function speaking(kiosk: Kiosk, language: string, now: Date): Kiosk {
  return { ...kiosk, language, touchedAt: now };
}

/** The kiosk as time goes by: once nobody has done anything for a while it is as the next customer should find it. */
export function later(kiosk: Kiosk, now: Date): Kiosk {
  const idle = now.getTime() - kiosk.touchedAt.getTime() >= IDLE;
  return idle && (kiosk.staff || kiosk.language !== null)
    ? { ...kiosk, staff: false, language: null }
    : kiosk;
}

/** Whether a question was asked so long ago that an answer might open for somebody else. */
export function isStale(scannedAt: Date, now: Date): boolean {
  return now.getTime() - scannedAt.getTime() >= GIVES_UP;
}

/** The kiosk as it is kept in the browser, or what one asked that is no more. */
export function keptText({ policies, lock, ended }: KeptKiosk): string {
  const kept = lock === null ? null : { ...lock, opensAt: lock.opensAt.toISOString() };
  return JSON.stringify({ policies, lock: kept, ended });
}

/** What was kept, or null if it is none. */
export function readKept(text: string | null): KeptKiosk | null {
  try {
    const { policies, lock, ended } = JSON.parse(text ?? 'null') ?? {};
    if (!Array.isArray(policies) || !policies.every((one) => typeof one === 'string')) return null;
    return { policies, lock: lock === null ? null : readLock(lock), ended: ended === true };
  } catch {
    return null;
  }
}

function readLock({ salt, hash, tries, opensAt }: Record<keyof Lock, unknown>): Lock {
  return {
    salt: String(salt),
    hash: String(hash),
    tries: Number(tries) || 0,
    opensAt: new Date(String(opensAt)),
  };
}
