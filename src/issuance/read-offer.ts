import { Fault } from '../kernel/fault.ts';
import { hash } from '../keys/hash.ts';
import type { Vault } from '../keys/vault.ts';
import { offerCode } from './make-offer.ts';
import { credentialOffer } from './offer.ts';
import type { OfferStore } from './store.ts';

interface Needs {
  readonly offers: Pick<OfferStore, 'byReference'>;
  readonly vault: Vault;
  readonly issuerUrl: string;
}

/** The offer behind a link (OpenID4VCI 1.0 §4.1.3). `not_found` once it was redeemed, has expired or is dead. */
export async function readOffer({ offers, vault, issuerUrl }: Needs, reference: string, now: Date) {
  const offer = await offers.byReference(hash(reference), now);
  if (offer === null) throw new Fault('not_found', 'There is no open offer here.');
  return credentialOffer(issuerUrl, offer, offerCode(vault, reference));
}
