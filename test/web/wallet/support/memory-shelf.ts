import type { Shelf } from '../../../../src/web/wallet/shelf.ts';

/** A shelf in memory, and all that lies on it. */
export function memoryShelf(): Shelf & { readonly things: Map<string, unknown> } {
  const things = new Map<string, unknown>();
  return {
    things,
    get: async (name) => things.get(name),
    write: async (puts, removals = []) => {
      for (const [name, value] of Object.entries(puts)) things.set(name, value);
      for (const name of removals) things.delete(name);
    },
    change: async (name, change) => {
      const value = change(things.get(name));
      things.set(name, value);
      return value;
    },
    clear: async () => things.clear(),
  };
}
