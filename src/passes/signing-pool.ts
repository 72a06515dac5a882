import { Worker } from 'node:worker_threads';

/** What a thread is asked: to sign these values with this key. */
export interface Asked {
  readonly id: number;
  readonly keyId: string;
  /** The private key, DER. */
  readonly pkcs8: Uint8Array;
  readonly blinded: readonly Uint8Array[];
}

/** What it says: the signatures in that order, or null if one did not hold. */
export interface Told {
  readonly id: number;
  readonly signatures: readonly Uint8Array[] | null;
}

export interface SigningPool {
  /**
   * Signs 256-byte values, each less than the modulus, in their order. Throws, as for a bug, if a signature does not
   * hold or the pool was closed.
   */
  sign(request: Omit<Asked, 'id'>): Promise<readonly Uint8Array[]>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (signatures: readonly Uint8Array[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Threads that sign, made when they are first needed. Requests go round, so that none waits behind all others. A
 * thread that dies fails what it was asked, and another takes its place at the next request.
 */
export function signingPool(size: number): SigningPool {
  const threads: (Thread | null)[] = Array.from({ length: size }, () => null);
  let next = 0;
  let closed = false;
  return {
    sign(request) {
      if (closed) return Promise.reject(new Error('the signing pool was closed'));
      const place = next % size;
      next += 1;
      const living = threads[place];
      const thread = living?.alive() ? living : startThread();
      threads[place] = thread;
      return thread.ask({ ...request, id: next });
    },
    async close() {
      closed = true;
      await Promise.all(threads.map((thread) => thread?.stop()));
    },
  };
}

type Thread = ReturnType<typeof startThread>;

function startThread() {
  const worker = new Worker(new URL('./sign-worker.js', import.meta.url));
  const waiting = new Map<number, Waiting>();
  let alive = true;
  worker.unref();
  worker.on('message', ({ id, signatures }: Told) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    if (signatures === null) asked?.reject(new Error('a signature did not hold'));
    else asked?.resolve(signatures);
  });
  const end = (): void => {
    alive = false;
    for (const asked of waiting.values()) asked.reject(new Error('the signing thread ended'));
    waiting.clear();
  };
  worker.on('error', end);
  worker.on('exit', end);
  return {
    alive: () => alive,
    ask(asked: Asked): Promise<readonly Uint8Array[]> {
      return new Promise((resolve, reject) => {
        waiting.set(asked.id, { resolve, reject });
        worker.ref();
        worker.postMessage(asked);
      });
    },
    async stop() {
      await worker.terminate();
    },
  };
}
