/**
 * Wakes those in this process who wait for something to happen to a presentation. A bell that is not heard is no
 * loss: whoever waits looks again by itself after a while, so other processes are noticed too.
 */
export interface Bell {
  ring(presentations: readonly string[]): void;
  /** Resolves at the next ring for this presentation, after so many milliseconds, or when the signal aborts. */
  wait(presentation: string, milliseconds: number, signal: AbortSignal): Promise<void>;
}

export function makeBell(): Bell {
  const waiting = new Map<string, Set<() => void>>();
  return {
    ring(presentations) {
      for (const presentation of presentations) for (const wake of waiting.get(presentation) ?? []) wake();
    },

    wait(presentation, milliseconds, signal) {
      return new Promise((resolve) => {
        const waiters = waiting.get(presentation) ?? new Set();
        const wake = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', wake);
          waiters.delete(wake);
          if (waiters.size === 0) waiting.delete(presentation);
          resolve();
        };
        const timer = setTimeout(wake, milliseconds);
        signal.addEventListener('abort', wake);
        waiting.set(presentation, waiters.add(wake));
        if (signal.aborted) wake();
      });
    },
  };
}
