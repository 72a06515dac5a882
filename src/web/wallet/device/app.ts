/** One holder's running wallet: what is on their shelf, which screen is shown, and whether there is a network. */

import { type Signal, signal } from '@preact/signals';
import { type Face, passesOf } from '../face.ts';
import { findIssuer, type Issuer, type IssuerTrouble } from '../issuer.ts';
import { correctedNow, type PassBook, readBook } from '../passes/book.ts';
import { isTimeToStock } from '../passes/plan.ts';
import { hadKeys } from '../passes/stock.ts';
import type { Progress, StockTrouble } from '../passes/stock-up.ts';
import type { Phone } from '../phone.ts';
import type { PinAsking, PinPad } from '../pin-pad.ts';
import type { HolderId, Whose } from '../roster.ts';
import { mayReturnTo, type Screen } from '../screen.ts';
import { readFace } from '../vault.ts';
import type { OpenShelf } from './idb-shelf.ts';

export interface App {
  /** All who have a wallet on this phone. */
  readonly household: Household;
  readonly holder: HolderId;
  readonly phone: Phone;
  readonly face: Signal<Face | null>;
  readonly screen: Signal<Screen>;
  readonly online: Signal<boolean>;
  /** What is known of pass keys. */
  readonly book: Signal<PassBook>;
  /** How far it is, while passes are fetched. */
  readonly stocking: Signal<Progress | null>;
  /** Why not all passes came, the last time. */
  readonly stockTrouble: Signal<StockTrouble | null>;
  /** What was done, for one look: said on the screen that comes next. */
  readonly notice: Signal<string>;
  /** The PIN that is asked for, over whichever screen is shown. */
  readonly pin: Signal<OpenPinPad | null>;
  /** Aborts when another holder is shown: their vault is closed, and what was under way here ends. */
  readonly gone: AbortSignal;
  go(screen: Screen): void;
  back(): void;
  /** Whether it is time to fetch passes. It is decided without a request, and without regard to what was shown. */
  stockDue(): boolean;
  /** Reads the face and the book again after they changed. */
  look(): Promise<void>;
  /** The issuer of what is on the phone, looked up once. */
  issuer(): Promise<Issuer | IssuerTrouble>;
  /** Finds out whether the service can be reached, without a word about who asks. */
  reach(): Promise<void>;
  /** Ends it, and closes the shelf. */
  leave(): void;
}

/** Somebody with a wallet on this phone, as anybody may see them. */
export interface Holder {
  readonly id: HolderId;
  readonly face: Face;
}

/** All who have a wallet on this phone: whose is on the screen, who else there is, who comes and who goes. */
export interface Household {
  /** Whose wallet is on the screen. */
  readonly app: Signal<App>;
  /** In the order in which they came. */
  readonly holders: Signal<readonly Holder[]>;
  /** Closes the vault that is on the screen, and shows somebody else's wallet at its start. */
  turnTo(holder: HolderId): Promise<void>;
  /** Where an enrolment begins its vault: beside the wallet on the screen, or in the place of somebody's. */
  seatFor(whose: Whose): Promise<App>;
  /** A vault was begun in this seat: its holder is on the phone from now on. */
  admit(seat: App): Promise<void>;
  /** No vault was begun in this seat. */
  giveUp(seat: App): Promise<void>;
  /** Puts an admitted seat on the screen. */
  show(seat: App): Promise<void>;
  /** Wipes somebody off this phone. What their wallet is to the service stays as it is. */
  remove(holder: HolderId): Promise<void>;
  /** Looks at everybody again after something changed, and has other tabs do so. */
  changed(): Promise<void>;
}

/** A PIN that is asked for, until somebody closes the sheet or the right one was typed. */
export interface OpenPinPad extends PinAsking {
  close(): void;
}

/** What a holder's wallet runs on: the phone, but for the shelf and the pad, which are the holder's own. */
export type Surroundings = Omit<Phone, 'shelf' | 'pinPad'>;

export interface AppNeeds {
  readonly household: Household;
  readonly holder: HolderId;
  readonly surroundings: Surroundings;
  readonly shelf: OpenShelf;
}

/** Opens a holder's wallet at the start, or wherever `first` says. */
export async function openApp(
  { household, holder, surroundings, shelf }: AppNeeds,
  first: (face: Face | null) => Screen = (face) => homeOf(face),
): Promise<App> {
  const over = new AbortController();
  const pin = signal<OpenPinPad | null>(null);
  const phone: Phone = { ...surroundings, shelf, pinPad: pinPadOn(pin) };
  const face = signal(await readFace(shelf));
  const book = signal(await readBook(shelf));
  const [screen, online, notice] = [signal(first(face.value)), signal(navigator.onLine), signal('')];
  listen({ screen, online, notice, home: () => homeOf(face.value) }, over.signal);
  const issuer = issuerOnce(phone, face);
  return {
    ...{ household, holder, phone, face, screen, online, book, notice, pin, gone: over.signal },
    ...{ stocking: signal(null), stockTrouble: signal(null) },
    stockDue: () => isDue(phone, face.value, book.value),
    async look() {
      if (over.signal.aborted) return;
      [face.value, book.value] = await Promise.all([readFace(shelf), readBook(shelf)]);
    },
    ...moves(screen, notice, () => homeOf(face.value)),
    issuer,
    async reach() {
      online.value = (await issuer()) !== 'unreachable' && navigator.onLine;
    },
    leave() {
      over.abort();
      pin.value?.close();
      shelf.close();
    },
  };
}

function homeOf(face: Face | null): Screen {
  return { at: face === null ? 'empty' : 'home' };
}

interface Heard {
  readonly screen: Signal<Screen>;
  readonly online: Signal<boolean>;
  readonly notice: Signal<string>;
  readonly home: () => Screen;
}

/** Follows the phone's own way back, and whether the browser says that there is a network. */
function listen({ screen, online, notice, home }: Heard, signal: AbortSignal): void {
  const back = ({ state }: PopStateEvent): void => {
    notice.value = '';
    screen.value = (state as Screen | null) ?? home();
  };
  const network = (): void => {
    online.value = navigator.onLine;
  };
  addEventListener('popstate', back, { signal });
  for (const event of ['online', 'offline']) addEventListener(event, network, { signal });
}

function isDue({ world }: Phone, face: Face | null, book: PassBook): boolean {
  if (face === null) return false;
  const { claims } = face;
  return isTimeToStock({ ...book, claims, had: hadKeys(passesOf(face)) }, correctedNow(book, world));
}

/** One PIN is asked for at a time: whoever asked before gets none. */
function pinPadOn(pin: Signal<OpenPinPad | null>): PinPad {
  return {
    ask: (asking) =>
      new Promise((resolve) => {
        pin.value?.close();
        const close = (): void => {
          if (pin.value === pad) pin.value = null;
          resolve();
        };
        const pad: OpenPinPad = { ...asking, close };
        pin.value = pad;
      }),
  };
}

/** Each screen is a step of the browser's history, so that the phone's own way back works. */
function moves(screen: Signal<Screen>, notice: Signal<string>, home: () => Screen): Pick<App, 'go' | 'back'> {
  return {
    go(next) {
      notice.value = '';
      const atHome = next.at === 'home' || next.at === 'empty';
      if (atHome) history.replaceState(null, '');
      else if (mayReturnTo(screen.value)) history.pushState(kept(next), '');
      else history.replaceState(kept(next), '');
      screen.value = next;
    },
    back() {
      if (history.state === null && mayReturnTo(screen.value)) screen.value = home();
      else history.back();
    },
  };
}

/** Only what can be shown again on its own is kept in the browser's history; anything else leads to the start. */
function kept(screen: Screen): Screen | { readonly at: 'home' } | null {
  return mayReturnTo(screen) ? screen : null;
}

function issuerOnce(phone: Phone, face: Signal<Face | null>): App['issuer'] {
  let found: { readonly id: string; readonly issuer: Issuer } | null = null;
  return async () => {
    const id = face.value?.issuer ?? '';
    if (found?.id === id) return found.issuer;
    const issuer = await findIssuer(phone.fetch, id);
    if (typeof issuer === 'object') found = { id, issuer };
    return issuer;
  };
}
