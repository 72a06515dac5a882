/** Where a terminal is: which screen there is before any code is scanned. */

import type { pairTerminal } from '../../retailers/terminals/endpoints.ts';
import type { Outcome } from '../api/client.ts';
import { type Said, said } from '../language/words.ts';
import type { Session } from './session.ts';

export type Place =
  | { readonly at: 'starting' }
  | { readonly at: 'unpaired'; readonly ended: boolean; readonly busy: boolean; readonly wrong: Said | null }
  | { readonly at: 'open'; readonly session: Session }
  /** The service no longer knows this till's session, though it should. */
  | { readonly at: 'shut_out'; readonly session: Session };

export interface Clock {
  /** Seconds ahead of the service, or behind; null if it is right. */
  readonly error: number | null;
  /** Whether the cashier goes on all the same. */
  readonly accepted: boolean;
}

/** Before a code was taken. */
export function unpaired(how: { ended?: boolean; busy?: boolean; wrong?: Said } = {}): Place {
  return { at: 'unpaired', ended: how.ended ?? false, busy: how.busy ?? false, wrong: how.wrong ?? null };
}

/** Why a pairing code was not taken, in words. */
export function wrongPairing(outcome: Exclude<Outcome<typeof pairTerminal>, { kind: 'answered' }>): Said {
  if (outcome.kind === 'lost') return said('pair.no_network');
  if (outcome.problem.code === 'rate_limited') {
    return said('pair.too_many', { count: outcome.retryAfter ?? 60 });
  }
  return said(outcome.problem.code === 'invalid_request' ? 'pair.wrong' : 'pair.no_answer');
}
