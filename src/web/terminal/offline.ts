/** Judging at the till itself while the service does not answer: what the page needs of the SDK, and its words. */

import type { NotJudgedCode } from '../../sdk/answer.ts';
import type { SyncClient } from '../../sdk/sync.ts';
import type { Verifier } from '../../sdk/verifier.ts';
import { type Said, said } from '../language/words.ts';

/** The verifier of one terminal and the client that it speaks to the service by; loaded when a till is paired. */
export interface OfflineJudge {
  readonly verifier: Verifier;
  readonly client: SyncClient;
}

/** Until when a till can judge by itself. */
export interface Ready {
  readonly staleAt: Date;
  readonly expiresAt: Date;
}

const HOUR = 3_600_000;

/** How a till stands that cannot reach the service. */
export function awayWords(since: Date, ready: Ready | null, now: Date): Said {
  const left = ready === null ? 0 : ready.expiresAt.getTime() - now.getTime();
  if (ready === null || left <= 0) return said('band.away', { time: since });
  const count = Math.floor(left / HOUR);
  if (count === 0) return said('band.offline_ends', { time: since });
  const values = { time: since, count };
  return now < ready.staleAt ? said('band.offline', values) : said('band.offline_stale', values);
}

/** Whether only the network can help: another rule, or a code that stands for something at the service. */
export function needsNetwork(code: NotJudgedCode): boolean {
  return code === 'needs_network' || code === 'offline_not_allowed';
}
