/** What is said about PINs. */

import { say } from './say.ts';
import type { Standing } from './tries.ts';

/** A wrong PIN, and how many tries are left before a wait. */
export function wrongPin({ left }: Standing): string {
  return say('wallet.pin.wrong', { count: left });
}

/** `0:28`, in digits that every language reads. */
export function minutesAndSeconds(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
