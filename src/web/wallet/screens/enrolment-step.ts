import type { App } from '../device/app.ts';
import type { FoundOffer, LockTrouble, OfferTrouble } from '../enrol.ts';
import type { CollectTrouble, RedeemTrouble } from '../redeem.ts';
import type { Whose } from '../roster.ts';

/** Where an enrolment stands. What was redeemed, and the PIN, are kept in memory only until the phone is locked. */
export type Step =
  | { readonly at: 'looking' }
  | { readonly at: 'stuck'; readonly why: OfferTrouble | RedeemTrouble | CollectTrouble | LockTrouble }
  | { readonly at: 'whose'; readonly found: FoundOffer }
  /** Somebody comes to a holder who has no PIN yet. */
  | { readonly at: 'protect'; readonly found: FoundOffer }
  | {
      readonly at: 'offered';
      readonly found: FoundOffer;
      readonly whose: Whose;
      readonly wrong: RedeemTrouble | null;
    }
  | Redeemed
  | { readonly at: 'filling' }
  | { readonly at: 'done'; readonly seat: App; readonly lockCode: string | null };

export interface Redeemed {
  readonly at: 'redeemed';
  readonly found: FoundOffer;
  readonly whose: Whose;
  readonly token: string;
  /** Null until it was chosen; for ever, where nobody shares the phone. */
  readonly pin: string | null;
  readonly wrong: LockTrouble | null;
}
