/** What can be done about a phone that is lost: lock its wallet by its code, or from another phone. */

import type { listWallets, lockByCode, lockWallet } from '../../wallets/endpoints.ts';
import type { Answered } from '../api/contract-types.ts';
import type { Phone } from './phone.ts';
import type { Session } from './vault.ts';

export type OwnWallet = Answered<typeof listWallets>['body']['data'][number];
export type LockByCode = 'locked' | 'wrong_code' | 'too_many_tries' | 'unreachable';

/** Locks a wallet for good by its lock code alone. Whose it is, is neither asked nor told. */
export async function lockWithCode({ service }: Pick<Phone, 'service'>, code: string): Promise<LockByCode> {
  const done = await service<typeof lockByCode>('POST /v1/wallets/lock', { body: { lock_code: code } });
  if (done.kind === 'answered') return 'locked';
  if (done.kind === 'lost') return 'unreachable';
  return done.problem.status === 429 ? 'too_many_tries' : 'wrong_code';
}

/** The wallets of whoever signed in, on all their phones, the newest first. */
export async function ownWallets(
  { service }: Pick<Phone, 'service'>,
  { token }: Session,
): Promise<readonly OwnWallet[] | null> {
  const listed = await service<typeof listWallets>('GET /v1/wallets', { token, query: { limit: 100 } });
  return listed.kind === 'answered' ? listed.body.data : null;
}

/** Locks one of them for good; it touches no other. */
export async function lockOne(
  { service }: Pick<Phone, 'service'>,
  { token }: Session,
  id: string,
): Promise<boolean> {
  const params = { id: id as OwnWallet['id'] };
  const done = await service<typeof lockWallet>('POST /v1/wallets/{id}/lock', { token, params });
  return done.kind === 'answered';
}
