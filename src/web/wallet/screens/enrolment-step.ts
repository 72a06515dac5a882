import type { FoundOffer, LockTrouble, OfferTrouble } from '../enrol.ts';
import type { CollectTrouble, RedeemTrouble } from '../redeem.ts';

/** Where an enrolment stands. What was redeemed is kept in memory only until the phone is locked. */
export type Step =
  | { readonly at: 'looking' }
  | { readonly at: 'stuck'; readonly why: OfferTrouble | RedeemTrouble | CollectTrouble | LockTrouble }
  | { readonly at: 'offered'; readonly found: FoundOffer; readonly wrong: RedeemTrouble | null }
  | {
      readonly at: 'redeemed';
      readonly found: FoundOffer;
      readonly token: string;
      readonly wrong: LockTrouble | null;
    }
  | { readonly at: 'filling' }
  | { readonly at: 'done'; readonly lockCode: string | null };
