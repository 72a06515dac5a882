/** Texts in this browser's own database: the session outlives a reload, a closed tab and a restart, and so does a kiosk. */

const DATABASE = 'counterproof.terminal';
const STORE = 'kept';

/** A place for one text. */
export interface Keeping {
  readonly kept: () => Promise<string | null>;
  readonly keep: (text: string | null) => Promise<void>;
}

export function keeping(key: 'session' | 'kiosk'): Keeping {
  return {
    async kept() {
      const found = await inStore('readonly', (store) => store.get(key));
      return typeof found === 'string' ? found : null;
    },
    async keep(text) {
      await inStore('readwrite', (store) => (text === null ? store.delete(key) : store.put(text, key)));
    },
  };
}

/** The result of one request; null in a browser that keeps nothing, where a reload needs a new pairing. */
async function inStore(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  try {
    const database = await result(opening());
    const found = await result(ask(database.transaction(STORE, mode).objectStore(STORE)));
    database.close();
    return found;
  } catch {
    return null;
  }
}

function opening(): IDBOpenDBRequest {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return request;
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
