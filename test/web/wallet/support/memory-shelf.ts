import { type Shelf, shelfOf, type Things } from '../../../../src/web/wallet/shelf.ts';

/** A shelf in memory, and all that lies on it. One step begins when the one before it has ended, as in a browser. */
export function memoryShelf(): Shelf & { readonly things: Map<string, unknown> } {
  const things = new Map<string, unknown>();
  let last: Promise<unknown> = Promise.resolve();
  const shelf = shelfOf({
    get: async (name) => things.get(name),
    step: (work) => {
      const step = last.then(async () => {
        const after = new Map(things);
        const result = await work(thingsIn(after));
        things.clear();
        for (const [name, value] of after) things.set(name, value);
        return result;
      });
      last = step.catch(() => {});
      return step;
    },
  });
  return { ...shelf, things };
}

function thingsIn(map: Map<string, unknown>): Things {
  return {
    get: async (name) => map.get(name),
    all: async () => new Map(map),
    put: (name, value) => void map.set(name, value),
    remove: (name) => void map.delete(name),
  };
}
