import type { Random } from './world.ts';

const POOL = 8_192;

/**
 * Answers random bytes out of a pool that is filled at once, since a call for a few bytes costs as much as one for
 * thousands. Each byte is given away once and wiped where it lay.
 */
export function pooled(fill: (bytes: Uint8Array) => void): Random {
  const pool = new Uint8Array(POOL);
  let used = POOL;
  return (length) => {
    if (length > POOL / 2) {
      const bytes = new Uint8Array(length);
      fill(bytes);
      return bytes;
    }
    if (used + length > POOL) {
      fill(pool);
      used = 0;
    }
    const bytes = pool.slice(used, used + length);
    pool.fill(0, used, used + length);
    used += length;
    return bytes;
  };
}
