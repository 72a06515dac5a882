/** Where the phone keeps things by name. IndexedDB in a browser, a map in tests. Values are structured clones. */
export interface Shelf {
  get(name: string): Promise<unknown>;
  /** Puts and removes in one step: all of it happens or nothing. */
  write(puts: Readonly<Record<string, unknown>>, removals?: readonly string[]): Promise<void>;
  /** Reads and writes one thing as one step, whatever another tab does meanwhile; answers what is there then. */
  change<Value>(name: string, change: (was: unknown) => Value): Promise<Value>;
  /** Removes everything. */
  clear(): Promise<void>;
}
