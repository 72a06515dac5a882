/** The running wallet: what is on the phone, which screen is shown, and whether there is a network. */

import { type Signal, signal } from '@preact/signals';
import { type Face, passesOf } from '../face.ts';
import { findIssuer, type Issuer, type IssuerTrouble } from '../issuer.ts';
import { correctedNow, type PassBook, readBook } from '../passes/book.ts';
import { isTimeToStock } from '../passes/plan.ts';
import { hadKeys } from '../passes/stock.ts';
import type { Progress, StockTrouble } from '../passes/stock-up.ts';
import type { Phone } from '../phone.ts';
import { firstScreen, mayReturnTo, type Screen } from '../screen.ts';
import { readFace } from '../vault.ts';

export interface App {
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
}

/** Opens the wallet at the page's address, and takes the offer out of it: it is nobody else's to read. */
export async function openApp(phone: Phone): Promise<App> {
  const face = signal(await readFace(phone.shelf));
  const book = signal(await readBook(phone.shelf));
  const screen = signal(firstScreen(location.href, face.value));
  const online = signal(navigator.onLine);
  const notice = signal('');
  const home = (): Screen => ({ at: face.value === null ? 'empty' : 'home' });
  history.replaceState(null, '', location.pathname);
  addEventListener('popstate', ({ state }) => {
    notice.value = '';
    screen.value = (state as Screen | null) ?? home();
  });
  for (const event of ['online', 'offline'])
    addEventListener(event, () => {
      online.value = navigator.onLine;
    });
  const look = async (): Promise<void> => {
    [face.value, book.value] = await Promise.all([readFace(phone.shelf), readBook(phone.shelf)]);
  };
  const stockDue = (): boolean => {
    if (face.value === null) return false;
    const had = hadKeys(passesOf(face.value));
    const { claims } = face.value;
    return isTimeToStock({ ...book.value, claims, had }, correctedNow(book.value, phone.world));
  };
  const issuer = issuerOnce(phone, face);
  const reach = async (): Promise<void> => {
    online.value = (await issuer()) !== 'unreachable' && navigator.onLine;
  };
  const stock = { book, stocking: signal(null), stockTrouble: signal(null), stockDue };
  return {
    phone,
    face,
    screen,
    online,
    notice,
    ...stock,
    look,
    ...moves(screen, notice, home),
    issuer,
    reach,
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
