/** Time and chance where an integrator brings none of their own: the one door of the SDK. */

import type { World } from '../kernel/world.ts';

export const SURROUNDINGS: World = {
  now: () => new Date(),
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
};
