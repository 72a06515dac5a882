/** The exit code of a kiosk: what may be one, and how often it may be tried. The code itself is never kept. */

export interface Lock {
  readonly salt: string;
  /** What the code and the salt come to, which takes a while to find out. */
  readonly hash: string;
  /** Tries so far, each counted before it is judged. */
  readonly tries: number;
  /** When the next one may come. */
  readonly opensAt: Date;
}

export const FEWEST_DIGITS = 4;
export const MOST_DIGITS = 8;

/** Tries without a wait; then each takes twice as long as the one before, up to an hour. */
const FREE = 3;
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 3_600_000;

/** Why these digits are no exit code, or null: too few, or the first that anybody would try. */
export function weakness(code: string): 'length' | 'simple' | null {
  if (!/^\d+$/.test(code) || code.length < FEWEST_DIGITS || code.length > MOST_DIGITS) return 'length';
  const digits = Array.from(code, Number);
  const steps = new Set(digits.slice(1).map((digit, i) => digit - (digits[i] ?? 0)));
  const [step] = steps;
  return steps.size === 1 && Math.abs(step ?? 0) <= 1 ? 'simple' : null;
}

export function newLock(salt: string, hash: string, now: Date): Lock {
  return { salt, hash, tries: 0, opensAt: now };
}

/** Milliseconds until a code may be tried. A clock that was set back does not make it longer than it ever was. */
export function waitLeft({ tries, opensAt }: Lock, now: Date): number {
  return Math.min(waitAfter(tries), Math.max(0, opensAt.getTime() - now.getTime()));
}

/** The lock once a code is tried; null while none may be. It counts before anybody knows whether the code is right. */
export function tried(lock: Lock, now: Date): Lock | null {
  if (waitLeft(lock, now) > 0) return null;
  const tries = lock.tries + 1;
  return { ...lock, tries, opensAt: new Date(now.getTime() + waitAfter(tries)) };
}

function waitAfter(tries: number): number {
  return tries < FREE ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - FREE));
}
