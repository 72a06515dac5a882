/** The shelf in a browser: one store of IndexedDB. Keys that cannot be read out are kept as what they are. */

import { type Shelf, shelfOf, type Things } from '../shelf.ts';

const STORE = 'things';

/** A shelf for as long as it is open. */
export interface OpenShelf extends Shelf {
  /** From now on nothing on it is read or written: whoever tries is refused. */
  close(): void;
}

/** Opens the shelf of this name; it is made where there is none. */
export async function openShelf(name: string): Promise<OpenShelf> {
  const asked = indexedDB.open(name, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
  const database = await answered(asked);
  // A newer version in another tab must not wait for this one, nor must the end of this shelf.
  database.onversionchange = () => database.close();
  const shelf = shelfOf({
    get: (thing) => answered(database.transaction(STORE, 'readonly').objectStore(STORE).get(thing)),

    step: async (work) => {
      const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
      const done = finished(transaction);
      try {
        const result = await work(thingsIn(transaction.objectStore(STORE)));
        await done;
        return result;
      } catch (error) {
        done.catch(() => {});
        abort(transaction);
        throw error;
      }
    },
  });
  return { ...shelf, close: () => database.close() };
}

/** Takes a shelf away with all that is on it. */
export async function removeShelf(name: string): Promise<void> {
  await answered(indexedDB.deleteDatabase(name));
}

function thingsIn(store: IDBObjectStore): Things {
  return {
    get: (name) => answered(store.get(name)),
    all: async () => {
      const [names, values] = await Promise.all([answered(store.getAllKeys()), answered(store.getAll())]);
      return new Map(names.map((name, at) => [String(name), values[at] as unknown]));
    },
    put: (name, value) => void store.put(value, name),
    remove: (name) => void store.delete(name),
  };
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It ended by itself.
  }
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
