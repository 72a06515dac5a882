/** Fetching new copies for a wallet that runs low, with a session and without a transaction code. */

import type { makeWalletOffer } from '../../issuance/endpoints.ts';
import { type FoundOffer, fill, lookUp } from './enrol.ts';
import { readOfferLink } from './offer.ts';
import type { Phone } from './phone.ts';
import { redeem } from './redeem.ts';
import type { OpenVault, Session } from './vault.ts';

/** `stale`: the service wants the owner to sign in again first. */
export type RefillTrouble = 'unreachable' | 'refused' | 'stale';

/** An offer for the wallet of the session, or for a new one of the same person. */
export async function ownOffer(
  phone: Phone,
  { token }: Session,
  purpose: 'this_wallet' | 'new_wallet',
): Promise<FoundOffer | RefillTrouble> {
  const body = { for: purpose };
  const made = await phone.service<typeof makeWalletOffer>('POST /v1/wallet/offers', { token, body });
  if (made.kind === 'lost') return 'unreachable';
  if (made.kind === 'refused')
    return made.problem.status === 401 || made.problem.status === 403 ? 'stale' : 'refused';
  const link = readOfferLink(made.body.offer_uri);
  const found = link === null ? 'refused' : await lookUp(phone, link);
  if (typeof found === 'object') return found;
  return found === 'unreachable' ? found : 'refused';
}

/** Puts fresh copies beside those that are left. */
export async function refill(
  phone: Phone,
  vault: OpenVault,
  session: Session,
): Promise<RefillTrouble | null> {
  const found = await ownOffer(phone, session, 'this_wallet');
  if (typeof found === 'string') return found;
  const redeemed = await redeem(phone.fetch, found.issuer, found.offer, null);
  if (typeof redeemed === 'string') return redeemed === 'unreachable' ? redeemed : 'refused';
  const trouble = await fill(phone, { ...found, token: redeemed.token }, vault);
  return trouble === null || trouble === 'unreachable' ? trouble : 'refused';
}
