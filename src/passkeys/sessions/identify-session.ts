import type { Callers } from '../../http/caller.ts';
import type { Clock } from '../../kernel/world.ts';
import { hash } from '../../keys/hash.ts';
import { SCOPES_OF } from '../../officers/officer.ts';
import { isFresh, isHolderToken, isIdle, isOfficerToken } from './session.ts';
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

interface OfficerNeeds {
  readonly sessions: Pick<SessionStore, 'ofOfficer' | 'used'>;
  readonly now: Clock;
  /** Milliseconds without a request after which a session is over. */
  readonly idle: number;
}

/** The last use is written once in this time, not at each request. */
const NOTE_USE_EVERY = 60_000;

/** Finds the officer behind the token of a cookie; null if it is unknown or over, or nobody used it for too long. */
export async function identifyOfficerSession(
  { sessions, now, idle }: OfficerNeeds,
  token: string,
): Promise<Callers['officer'] | null> {
  if (!isOfficerToken(token)) return null;
  const session = await sessions.ofOfficer(hash(token), now());
  if (session === null || isIdle(session, now(), idle)) return null;
  if (isIdle(session, now(), NOTE_USE_EVERY)) await sessions.used(session.id, now());
  const { id, officer, passkey, verifiedAt, expiresAt } = session;
  return {
    kind: 'officer',
    actor: officer.id,
    scopes: SCOPES_OF[officer.role],
    session: { id, officer: officer.id, passkey, fresh: isFresh(session, now()), verifiedAt, expiresAt },
  };
}
