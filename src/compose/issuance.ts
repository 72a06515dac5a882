import { issueCredentials } from '../issuance/issue-credentials.ts';
import { makeOffer, makeWalletOffer } from '../issuance/make-offer.ts';
import { notify } from '../issuance/notify.ts';
import { readOffer } from '../issuance/read-offer.ts';
import { redeemOffer } from '../issuance/redeem-offer.ts';
import type { IssuanceVerbs } from '../issuance/routes.ts';
import { makeNonce } from '../nonces/nonce.ts';
import type { Ground } from './ground.ts';

export function bindIssuance(ground: Ground): IssuanceVerbs {
  const { vault, world, stores, transact } = ground;
  const rule = { ages: ground.vocabulary.ages, leap: ground.config.jurisdiction.leap };
  const issuing = { ...ground, rule, signer: () => ground.ring.signer('issuer') };
  return {
    makeOffer: (person, wanted, actor) => makeOffer(ground, person, wanted, actor),
    makeWalletOffer: (holder, refill) => makeWalletOffer(ground, holder, refill),
    readOffer: (reference) => readOffer({ ...ground, ...stores }, reference, world.now()),
    redeem: (code, txCode) => redeemOffer(ground, code, txCode),
    nonce: () => makeNonce(vault, world.now(), world.random),
    issue: (holder, request) => issueCredentials(issuing, holder, request),
    notify: (wallet, id, event) => notify(transact, wallet, id, event),
  };
}
