import type { Callers } from '../http/caller.ts';
import { readApiKey } from '../keys/api-key.ts';
import { hash } from '../keys/hash.ts';
import type { AdminKeyStore } from './store.ts';

/** The last use is written once in this time, not at each request. */
const NOTE_USE_EVERY = 3_600_000;

/** Finds the officer behind an admin key; null if there is none, or the key has expired. */
export async function identifyOfficer(
  store: AdminKeyStore,
  now: Date,
  token: string,
): Promise<Callers['officer'] | null> {
  if (readApiKey(token) !== 'admin') return null;
  const key = await store.byHash(hash(token));
  if (key === null || (key.expiresAt !== null && key.expiresAt <= now)) return null;
  if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() > NOTE_USE_EVERY) {
    await store.used(key.id, now);
  }
  return { kind: 'officer', actor: key.id, scopes: key.scopes, session: null };
}
