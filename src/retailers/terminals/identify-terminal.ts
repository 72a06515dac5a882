import type { Callers } from '../../http/caller.ts';
import { readApiKey } from '../../keys/api-key.ts';
import { hash } from '../../keys/hash.ts';
import type { KeyHolder } from './store.ts';

/** The last use is written once in this time, not at each request. */
const NOTE_USE_EVERY = 3_600_000;

/** Where keys are looked up. */
export interface KeyLookup {
  /** Whose key it is, whether or not it still works; null for nobody's. */
  byKey(hash: string): Promise<KeyHolder | null>;
  used(hash: string, at: Date): Promise<void>;
}

/** Finds the terminal behind a key or session; null if there is none, it has expired, or the terminal is blocked. */
export async function identifyTerminal(
  keys: KeyLookup,
  now: Date,
  token: string,
): Promise<Callers['terminal'] | null> {
  const kind = readApiKey(token);
  if (kind !== 'live' && kind !== 'test') return null;
  const holder = await keys.byKey(hash(token));
  if (holder === null || !works(holder, now) || holder.live !== (kind === 'live')) return null;
  if (holder.lastUsedAt === null || now.getTime() - holder.lastUsedAt.getTime() > NOTE_USE_EVERY) {
    await keys.used(hash(token), now);
  }
  const { terminal, retailer, retailerName, live, permitted } = holder;
  return { kind: 'terminal', terminal, retailer, retailerName, live, permitted, key: hash(token) };
}

function works({ blocked, expiresAt }: KeyHolder, now: Date): boolean {
  return !blocked && (expiresAt === null || expiresAt > now);
}
