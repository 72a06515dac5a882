import type { Callers } from '../../http/caller.ts';
import type { Clock } from '../../kernel/world.ts';
import { hash } from '../../keys/hash.ts';
import { SCOPES_OF } from '../../officers/officer.ts';
import { isFresh, isHolderToken, isOfficerToken } from './session.ts';
import type { SessionStore } from './store.ts';

interface Needs {
  readonly sessions: Pick<SessionStore, 'ofHolder' | 'ofOfficer'>;
  readonly now: Clock;
}

/** Finds the holder behind a session's token; null if it is unknown or over, or its wallet is locked. */
export async function identifyHolderSession(
  { sessions, now }: Needs,
  token: string,
): Promise<Callers['holder'] | null> {
  if (!isHolderToken(token)) return null;
  const session = await sessions.ofHolder(hash(token), now());
  if (session === null) return null;
  const { person, wallet, id } = session;
  const proof = isFresh(session, now()) ? 'fresh' : 'session';
  return { kind: 'holder', person, wallet, proof, token: session.hash, session: id };
}

/** Finds the officer behind the token of a cookie; null if it is unknown or over. */
export async function identifyOfficerSession(
  { sessions, now }: Needs,
  token: string,
): Promise<Callers['officer'] | null> {
  if (!isOfficerToken(token)) return null;
  const session = await sessions.ofOfficer(hash(token), now());
  if (session === null) return null;
  const { id, officer, verifiedAt, expiresAt } = session;
  return {
    kind: 'officer',
    actor: officer.id,
    scopes: SCOPES_OF[officer.role],
    session: { id, officer: officer.id, fresh: isFresh(session, now()), verifiedAt, expiresAt },
  };
}
