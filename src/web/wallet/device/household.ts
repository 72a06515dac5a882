/** The household of a browser: a shelf for each holder, and a roster of them. */

import { signal } from '@preact/signals';
import { allSeen, BOOK, readBook, sharedBook, writeBook } from '../passes/book.ts';
import {
  FIRST,
  type HolderId,
  markShown,
  newHolderId,
  ROSTER_SHELF,
  readRoster,
  strike,
  type Whose,
} from '../roster.ts';
import { say } from '../say.ts';
import { firstScreen } from '../screen.ts';
import type { Shelf } from '../shelf.ts';
import { readFace } from '../vault.ts';
import { type App, type Holder, type Household, openApp, type Surroundings } from './app.ts';
import { openShelf, removeShelf } from './idb-shelf.ts';
import { otherTabs } from './other-tabs.ts';

type Open = (holder: HolderId, first?: Parameters<typeof openApp>[1]) => Promise<App>;

/** Opens the wallet of whoever was shown last, at the page's address; the offer in it is nobody else's to read. */
export async function openHousehold(surroundings: Surroundings): Promise<Household> {
  const roster = await openShelf(ROSTER_SHELF);
  const holders = signal(await lookAround(roster));
  const open: Open = async (holder, first) =>
    openApp({ household, holder, surroundings, shelf: await openShelf(holder) }, first);
  const tell = otherTabs(() => void lookAgain(household, roster));
  const household: Household = {
    get app() {
      return app;
    },
    holders,
    turnTo: async (holder) => household.show(await open(holder)),
    seatFor: (whose) => seatFor(household, open, whose),
    async admit(seat) {
      await markShown(roster, seat.holder);
      await seat.look();
      await household.changed();
    },
    giveUp: (seat) => giveUp(household, seat),
    show: (seat) => show(household, roster, seat),
    async remove(holder) {
      const { last } = await removeHolder(household, roster, holder);
      await household.turnTo(last);
      await household.changed();
    },
    async changed() {
      holders.value = await lookAround(roster);
      tell();
    },
  };
  const { last } = await readRoster(roster);
  const app = signal(await open(oneOf(holders.value, last), (face) => firstScreen(location.href, face)));
  history.replaceState(null, '', location.pathname);
  return household;
}

/** Everybody on the roster whose vault was begun. */
async function lookAround(roster: Shelf): Promise<readonly Holder[]> {
  const { holders } = await readRoster(roster);
  const seen = holders.map(async (id): Promise<readonly Holder[]> => {
    const face = await onShelf(id, readFace);
    return face === null ? [] : [{ id, face }];
  });
  return (await Promise.all(seen)).flat();
}

/** This one where they are here; else whoever is, or nobody's place. */
function oneOf(holders: readonly Holder[], wanted: HolderId): HolderId {
  return holders.some(({ id }) => id === wanted) ? wanted : (holders[0]?.id ?? FIRST);
}

async function onShelf<Result>(name: HolderId, work: (shelf: Shelf) => Promise<Result>): Promise<Result> {
  const shelf = await openShelf(name);
  try {
    return await work(shelf);
  } finally {
    shelf.close();
  }
}

/** Somebody new begins with the pass keys that this phone has seen, whoever saw them: it forgets none. */
async function seatFor({ app, holders }: Household, open: Open, whose: Whose): Promise<App> {
  if (whose === app.value.holder) return app.value;
  if (whose !== 'new') return open(whose);
  const books = await Promise.all(holders.value.map(({ id }) => onShelf(id, readBook)));
  const seat = await open(newHolderId(app.value.phone.world.random));
  await writeBook(seat.phone.shelf, () => sharedBook(books));
  return seat;
}

async function giveUp({ app, holders }: Household, seat: App): Promise<void> {
  if (seat === app.value) return;
  seat.leave();
  if (!holders.value.some(({ id }) => id === seat.holder)) await removeShelf(seat.holder);
}

async function show({ app, holders }: Household, roster: Shelf, seat: App): Promise<void> {
  const before = app.value;
  if (holders.value.some(({ id }) => id === seat.holder)) await markShown(roster, seat.holder);
  // The other's screens are nothing to go back to.
  history.replaceState(null, '');
  app.value = seat;
  if (before !== seat) before.leave();
}

/** Wipes the shelf before it is taken away, since another tab may still hold it; what it has seen of pass keys stays. */
async function removeHolder({ app, holders }: Household, roster: Shelf, holder: HolderId) {
  if (app.value.holder === holder) app.value.leave();
  const heir = holders.value.find(({ id }) => id !== holder)?.id ?? FIRST;
  const book = await onShelf(holder, readBook);
  await onShelf(heir, (shelf) => writeBook(shelf, (was) => ({ seen: allSeen([was, book]) })));
  await onShelf(holder, (shelf) =>
    shelf.step(async (things) => {
      for (const name of (await things.all()).keys())
        if (holder !== heir || name !== BOOK) things.remove(name);
    }),
  );
  const left = await strike(roster, holder);
  if (holder !== heir) await removeShelf(holder);
  return left;
}

/** After a word from another tab. Whoever is gone, or has another lock now, has no vault open here any more. */
async function lookAgain(household: Household, roster: Shelf): Promise<void> {
  const { app, holders } = household;
  const before = app.value.face.value;
  holders.value = await lookAround(roster);
  const now = holders.value.find(({ id }) => id === app.value.holder)?.face ?? null;
  if (before !== null && now === null) await household.turnTo(oneOf(holders.value, FIRST));
  else await app.value.look();
  if (before === null || now === null || sameLock(before, now)) return;
  app.value.pin.value?.close();
  app.value.go({ at: 'home' });
  app.value.notice.value = say('wallet.pin.changed_elsewhere');
}

function sameLock(one: Holder['face'], other: Holder['face']): boolean {
  return JSON.stringify(one.lock) === JSON.stringify(other.lock);
}
