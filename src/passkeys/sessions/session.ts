import { base64url } from '../../kernel/bytes.ts';
import type { Id, Mint } from '../../kernel/ids.ts';
import type { World } from '../../kernel/world.ts';
import { hash } from '../../keys/hash.ts';
import type { Owner, Passkey } from '../passkey.ts';

/** Somebody who signed in, as it is kept: the token is known to their device only. */
export interface Session {
  readonly id: Id<'session'>;
  readonly hash: string;
  readonly passkey: Id<'passkey'>;
  readonly owner: Owner;
  /** When the user was verified, which is when it began. */
  readonly verifiedAt: Date;
  /** When it was last used, to the minute. Holders' sessions are not watched: this is when they began. */
  readonly usedAt: Date;
  readonly expiresAt: Date;
}

/** A session with its token, which is told this once. */
export interface NewSession {
  readonly session: Session;
  readonly token: string;
}

/** Milliseconds for which a user verification opens what asks for a recent one. */
const FRESH_FOR = 300_000;

const HOUR = 3_600_000;
const HOLDER_PREFIX = 'cp_holder_';
const TOKEN = /^[\w-]{43}$/;

/** How long sessions last, in hours. */
export interface SessionHours {
  readonly holder: number;
  readonly officer: number;
}

/** A fresh session of whoever has just proven a passkey. The tokens of the two kinds have different forms. */
export function newSession(
  { world, mint, sessionHours }: { world: World; mint: Mint; sessionHours: SessionHours },
  { id, owner }: Pick<Passkey, 'id' | 'owner'>,
): NewSession {
  const now = world.now();
  const secret = base64url(world.random(32));
  const token = owner.kind === 'holder' ? HOLDER_PREFIX + secret : secret;
  const expiresAt = new Date(now.getTime() + sessionHours[owner.kind] * HOUR);
  const begun = { verifiedAt: now, usedAt: now, expiresAt };
  const session = { id: mint('session'), hash: hash(token), passkey: id, owner, ...begun };
  return { session, token };
}

/** Whether nobody has used it for so many milliseconds. */
export function isIdle({ usedAt }: Pick<Session, 'usedAt'>, now: Date, idle: number): boolean {
  return now.getTime() - usedAt.getTime() >= idle;
}

/** Whether a bearer token can be that of a holder's session. */
export function isHolderToken(text: string): boolean {
  return text.startsWith(HOLDER_PREFIX) && TOKEN.test(text.slice(HOLDER_PREFIX.length));
}

/** Whether the value of a cookie can be that of an officer's session. */
export function isOfficerToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Whether the user was verified less than five minutes ago. */
export function isFresh({ verifiedAt }: Pick<Session, 'verifiedAt'>, now: Date): boolean {
  return now.getTime() - verifiedAt.getTime() < FRESH_FOR;
}
