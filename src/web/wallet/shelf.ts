/** Where the phone keeps things by name. IndexedDB in a browser, a map in tests. Values are structured clones. */

/** What lies on a shelf, inside one step. */
export interface Things {
  get(name: string): Promise<unknown>;
  all(): Promise<ReadonlyMap<string, unknown>>;
  put(name: string, value: unknown): void;
  remove(name: string): void;
}

/** What a shelf has to be able to do; `shelfOf` makes the rest of it. */
export interface ShelfGround {
  get(name: string): Promise<unknown>;
  /**
   * Reads and writes as one step, whatever another tab does meanwhile: all that was put and removed happens, or
   * nothing where `work` throws. Inside it nothing may be awaited but what `Things` answers.
   */
  step<Result>(work: (things: Things) => Promise<Result>): Promise<Result>;
}

export interface Shelf extends ShelfGround {
  all(): Promise<ReadonlyMap<string, unknown>>;
  /** Puts and removes in one step. */
  write(puts: Readonly<Record<string, unknown>>, removals?: readonly string[]): Promise<void>;
  /** Reads and writes one thing in one step; answers what is there then. */
  change<Value>(name: string, change: (was: unknown) => Value): Promise<Value>;
}

export function shelfOf({ get, step }: ShelfGround): Shelf {
  return {
    get,
    step,
    all: () => step((things) => things.all()),

    write: (puts, removals = []) =>
      step(async (things) => {
        for (const [name, value] of Object.entries(puts)) things.put(name, value);
        for (const name of removals) things.remove(name);
      }),

    change: (name, change) =>
      step(async (things) => {
        const value = change(await things.get(name));
        things.put(name, value);
        return value;
      }),
  };
}
