/** Which screen is shown. Pure: what the browser's history has to do with it stands in `device/app.ts`. */

import type { Choice } from './choice.ts';
import type { FoundOffer } from './enrol.ts';
import type { Face } from './face.ts';
import type { Entry } from './history.ts';
import { type OfferLink, readOfferLink } from './offer.ts';
import type { Whose } from './roster.ts';

export type Screen =
  | { readonly at: 'home' }
  | {
      readonly at: 'show';
      readonly choice: Choice;
      /** A ticket only where the holder asked for one by its name, if there could be a pass. */
      readonly by: 'pass' | 'ticket';
    }
  | { readonly at: 'history' }
  | { readonly at: 'report'; readonly entry: Pick<Entry, 'shop' | 'asked'> }
  | { readonly at: 'lost' }
  | { readonly at: 'help' }
  | { readonly at: 'settings' }
  | { readonly at: 'empty' }
  | { readonly at: 'pin' }
  | { readonly at: 'add' }
  | { readonly at: 'remove' }
  | { readonly at: 'scan'; readonly whose?: Whose }
  | { readonly at: 'return'; readonly whose?: Whose }
  | {
      readonly at: 'enrol';
      readonly offer: OfferLink | FoundOffer;
      /** Whom it is for, where that is known; else it is asked on a phone that somebody is on. */
      readonly whose?: Whose;
    };

/** Where the wallet begins: at an offer if its address holds one, else with what is on the phone. */
export function firstScreen(address: string, face: Face | null): Screen {
  const link = readOfferLink(address);
  if (link !== null) return { at: 'enrol', offer: link };
  return { at: face === null ? 'empty' : 'home' };
}

/** Screens that a step back may lead to again. A showing and an enrolment are over once they were left. */
export function mayReturnTo({ at }: Screen): boolean {
  return at !== 'show' && at !== 'enrol' && at !== 'scan' && at !== 'report';
}
