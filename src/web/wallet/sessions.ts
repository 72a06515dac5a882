/** Who is signed in with the holder's passkeys, and ending that. */

import type { endSession, listSessions } from '../../passkeys/sessions/endpoints.ts';
import type { Answered } from '../api/contract-types.ts';
import type { Phone } from './phone.ts';
import type { Session } from './vault.ts';

export type OwnSession = Answered<typeof listSessions>['body']['data'][number];

/** The sessions of all of the holder's wallets; `stale` if the one that asks is over, null without an answer. */
export async function ownSessions(
  { service }: Pick<Phone, 'service'>,
  { token }: Session,
): Promise<readonly OwnSession[] | 'stale' | null> {
  const listed = await service<typeof listSessions>('GET /v1/sessions', { token, query: { limit: 100 } });
  if (listed.kind === 'answered') return listed.body.data;
  return listed.kind === 'refused' && listed.problem.status === 401 ? 'stale' : null;
}

/** Whether it is ended. */
export async function endOne(
  { service }: Pick<Phone, 'service'>,
  { token }: Session,
  { id }: OwnSession,
): Promise<boolean> {
  const done = await service<typeof endSession>('DELETE /v1/sessions/{id}', { token, params: { id } });
  return done.kind === 'answered';
}
