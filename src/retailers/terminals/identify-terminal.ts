import type { Callers } from '../../http/caller.ts';
import { readApiKey } from '../../keys/api-key.ts';
import { hash } from '../../keys/hash.ts';
import type { KeyHolder, TerminalStore } from './store.ts';

/** The last use is written once in this time, not at each request. */
const NOTE_USE_EVERY = 3_600_000;

/** Finds the terminal behind a key or session; null if there is none, it has expired, or the terminal is blocked. */
export async function identifyTerminal(
  store: Pick<TerminalStore, 'byKey' | 'used'>,
  now: Date,
  token: string,
): Promise<Callers['terminal'] | null> {
  const kind = readApiKey(token);
  if (kind !== 'live' && kind !== 'test') return null;
  const holder = await store.byKey(hash(token));
  if (holder === null || !works(holder, now) || holder.live !== (kind === 'live')) return null;
  if (holder.lastUsedAt === null || now.getTime() - holder.lastUsedAt.getTime() > NOTE_USE_EVERY) {
    await store.used(hash(token), now);
  }
  const { terminal, retailer, retailerName, live, permitted } = holder;
  return { kind: 'terminal', terminal, retailer, retailerName, live, permitted };
}

function works({ blocked, expiresAt }: KeyHolder, now: Date): boolean {
  return !blocked && (expiresAt === null || expiresAt > now);
}
