/** The shelf in a browser: one store of IndexedDB. Keys that cannot be read out are kept as what they are. */

import type { Shelf } from '../shelf.ts';

const DATABASE = 'counterproof-wallet';
const STORE = 'things';

/** Opens the shelf of this browser; it is made where there is none. */
export async function openShelf(): Promise<Shelf> {
  const asked = indexedDB.open(DATABASE, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
  const database = await answered(asked);
  // A newer version in another tab must not wait for this one.
  database.onversionchange = () => database.close();
  const store = (mode: IDBTransactionMode) =>
    database.transaction(STORE, mode, { durability: 'strict' }).objectStore(STORE);
  return {
    get: (name) => answered(store('readonly').get(name)),

    write: async (puts, removals = []) => {
      const things = store('readwrite');
      for (const [name, value] of Object.entries(puts)) things.put(value, name);
      for (const name of removals) things.delete(name);
      await finished(things.transaction);
    },

    change: async (name, change) => {
      const things = store('readwrite');
      const value = change(await answered(things.get(name)));
      things.put(value, name);
      await finished(things.transaction);
      return value;
    },

    clear: async () => {
      const things = store('readwrite');
      things.clear();
      await finished(things.transaction);
    },
  };
}

function answered<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}
