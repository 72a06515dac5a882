/** A store in a browser's own database. All tabs of an origin share it, and a pass is spent in one of them. */

import type { Kept, Outcome, Store } from './store.ts';
import { MOST_REFUSALS } from './store.ts';

/** As much of IndexedDB as is used: the SDK is compiled for Node too, where there is none. */
interface Request<T> {
  readonly result: T;
  readonly error: unknown;
  onsuccess: (() => void) | null;
  onerror: (() => void) | null;
}
interface Keys {
  getAllKeys(query: unknown, most?: number): Request<unknown[]>;
  getAll(query: unknown, most?: number): Request<unknown[]>;
  getKey(key: unknown): Request<unknown>;
  count(key: unknown): Request<number>;
}
interface Shelf extends Keys {
  get(key: unknown): Request<unknown>;
  put(value: unknown, key?: unknown): Request<unknown>;
  add(value: unknown, key?: unknown): Request<unknown>;
  delete(key: unknown): Request<unknown>;
  index(name: string): Keys;
  createIndex(name: string, path: string): unknown;
}
interface Transaction {
  readonly error: unknown;
  oncomplete: (() => void) | null;
  onabort: (() => void) | null;
  objectStore(name: string): Shelf;
  abort(): void;
}
interface Database {
  onversionchange: (() => void) | null;
  transaction(names: readonly string[], mode: string, options: object): Transaction;
  createObjectStore(name: string, options?: object): Shelf;
  close(): void;
}
interface Opening extends Request<Database> {
  onupgradeneeded: (() => void) | null;
}
interface Browser {
  readonly indexedDB?: { open(name: string, version: number): Opening };
  readonly IDBKeyRange?: { upperBound(value: number, open: boolean): unknown };
}

const SHELVES = ['kept', 'spent', 'waiting'] as const;
const ONE = 'kept';

type Shelves = Readonly<Record<(typeof SHELVES)[number], Shelf>>;

/** The store of this name, made at its first use. Each call rejects where the browser keeps nothing. */
export function indexedDbStore(name: string): Store {
  let database: Promise<Database> | null = null;
  const opened = (): Promise<Database> => {
    database ??= opening(name, () => {
      database = null;
    });
    return database;
  };
  const within = async <T>(work: (shelves: Shelves) => Promise<T>): Promise<T> =>
    inOneStep(await opened(), work);
  return {
    kept: () => within(async ({ kept }) => ((await done(kept.get(ONE))) ?? null) as Kept | null),
    keep: (change) =>
      within(async ({ kept }) => {
        const next = change(((await done(kept.get(ONE))) ?? null) as Kept | null);
        if (next !== null) await done(kept.put(next, ONE));
      }),
    isSpent: (mark) => within(async ({ spent }) => (await done(spent.getKey(mark))) !== undefined),
    spend: ({ mark, until }, outcome) =>
      within(async ({ spent, waiting }) => {
        if ((await done(spent.getKey(mark))) !== undefined) return false;
        await done(spent.add({ mark, until }));
        await done(waiting.add(outcome));
        return true;
      }),
    add: (outcome) => within(({ waiting }) => addTo(waiting, outcome)),
    waiting: (most) =>
      within(async ({ waiting }) => (await done(waiting.getAll(null, most))) as readonly Outcome[]),
    reported: (ids) =>
      within(async ({ waiting }) => {
        for (const id of ids) {
          const key = await done(waiting.index('id').getKey(id));
          if (key !== undefined) await done(waiting.delete(key));
        }
      }),
    forget: (before) => within(({ spent }) => forgetIn(spent, before)),
  };
}

async function addTo(waiting: Shelf, outcome: Outcome): Promise<void> {
  const refusals = await done(waiting.index('outcome').count('refused'));
  if (outcome.outcome === 'approved' || refusals < MOST_REFUSALS) await done(waiting.add(outcome));
}

async function forgetIn(spent: Shelf, before: number): Promise<void> {
  const range = (globalThis as Browser).IDBKeyRange?.upperBound(before, true);
  for (const mark of await done(spent.index('until').getAllKeys(range))) await done(spent.delete(mark));
}

/** All of the work, on the disk when it is answered, or nothing of it. */
async function inOneStep<T>(database: Database, work: (shelves: Shelves) => Promise<T>): Promise<T> {
  const transaction = database.transaction(SHELVES, 'readwrite', { durability: 'strict' });
  const ended = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the browser kept nothing'));
  });
  const [kept, spent, waiting] = SHELVES.map((name) => transaction.objectStore(name));
  if (kept === undefined || spent === undefined || waiting === undefined)
    throw new Error('a shelf is missing');
  try {
    const result = await work({ kept, spent, waiting });
    await ended;
    return result;
  } catch (error) {
    ended.catch(() => undefined);
    try {
      transaction.abort();
    } catch {
      // It has ended by itself.
    }
    throw error;
  }
}

function opening(name: string, closed: () => void): Promise<Database> {
  const request = (globalThis as Browser).indexedDB?.open(name, 1);
  if (request === undefined) return Promise.reject(new Error('this browser has no IndexedDB'));
  request.onupgradeneeded = () => {
    request.result.createObjectStore('kept');
    request.result.createObjectStore('spent', { keyPath: 'mark' }).createIndex('until', 'until');
    const waiting = request.result.createObjectStore('waiting', { autoIncrement: true });
    waiting.createIndex('id', 'id');
    waiting.createIndex('outcome', 'outcome');
  };
  return done(request).then(
    (database) => {
      database.onversionchange = () => {
        database.close();
        closed();
      };
      return database;
    },
    (error) => {
      closed();
      throw error;
    },
  );
}

function done<T>(request: Request<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
