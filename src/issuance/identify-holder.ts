import type { Callers } from '../http/caller.ts';
import { hash } from '../keys/hash.ts';
import type { TokenStore } from './store.ts';

const SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** Finds the holder behind an access token; null if it is unknown or expired, or its wallet is locked. */
export async function identifyHolder(
  tokens: Pick<TokenStore, 'byHash'>,
  now: Date,
  token: string,
): Promise<Callers['holder'] | null> {
  if (!SHAPE.test(token)) return null;
  const tokenHash = hash(token);
  const found = await tokens.byHash(tokenHash, now);
  if (found === null) return null;
  const { person, wallet } = found;
  return { kind: 'holder', person, wallet, proof: 'offer', token: tokenHash, session: null };
}
