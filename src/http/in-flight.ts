/** Requests that are being looked after, also those whose callers have gone. */
export interface InFlight {
  /** Looks after a request until it ends, however it ends. */
  track<Result>(work: Promise<Result>): Promise<Result>;
  /** Resolves when none is left. */
  ended(): Promise<void>;
}

export function makeInFlight(): InFlight {
  const running = new Set<Promise<unknown>>();
  return {
    async track(work) {
      running.add(work);
      try {
        return await work;
      } finally {
        running.delete(work);
      }
    },

    async ended() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
