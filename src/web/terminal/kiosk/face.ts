/** What a kiosk shows to whoever stands before it. It says nothing about anybody, and one yes. */

import { askedFor } from '../basket.ts';
import type { Place } from '../place.ts';
import type { Result } from '../result.ts';
import type { Till } from '../till-state.ts';
import { unfit } from './kiosk-state.ts';

/**
 * `staff` is all that is not a yes and that no other code helps with, whatever the reason: nobody else at the door can
 * tell a suspended code from a till that asks what it may not.
 */
export type Face = 'starting' | 'ready' | 'checking' | 'approved' | 'again' | 'staff' | 'away' | 'closed';

/** By the next step, which is closed over all reasons. What is not here takes somebody who works there. */
const FACES: Readonly<Record<string, Face>> = {
  'next.new_code': 'again',
  'next.scan_phone': 'again',
  'next.when_back': 'away',
};

/** The face of a result. A yes that shows a person, or that is to be looked at, is none here. */
export function faceOf({ tone, next, person }: Result): Face {
  if (tone === 'approved') return next.key === 'next.sell' && person === null ? 'approved' : 'staff';
  return FACES[next.key] ?? 'staff';
}

interface Seen {
  readonly place: Place;
  readonly till: Till;
  /** Whether this till's clock is known to be wrong. */
  readonly wrongClock: boolean;
  readonly now: Date;
}

export function kioskFace({ place, till, wrongClock, now }: Seen): Face {
  if (place.at === 'starting') return 'starting';
  if (place.at !== 'open') return 'closed';
  // Without the rules nobody knows whether they still ask what they asked.
  if (till.policies.length === 0 && till.awaySince === null) return 'starting';
  if (unfit(till.policies, askedFor(till.basket))) return 'closed';
  const { phase } = till;
  if (phase.at === 'result') return faceOf(phase.result);
  if (phase.at === 'checking' || phase.at === 'judging') return 'checking';
  if (phase.at === 'unanswered') return phase.retryAt === null ? 'away' : 'checking';
  const alone = till.offline !== null && now < till.offline.expiresAt && !wrongClock;
  return till.awaySince === null || alone ? 'ready' : 'away';
}
