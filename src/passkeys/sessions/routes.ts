import type { z } from 'zod';
import type { Page, PageAsked } from '../../db/page.ts';
import { reply } from '../../http/endpoint.ts';
import { listBody, pageAsked } from '../../http/fields.ts';
import { serve, type Web } from '../../http/serve.ts';
import type { Id } from '../../kernel/ids.ts';
import type { SignInAsked } from '../prove-passkey.ts';
import { type SignedInCaller, sessionOf } from './end-session.ts';
import * as contract from './endpoints.ts';
import type { NewSession, Session } from './session.ts';
import type { BegunSession } from './sign-in.ts';

/** The use cases of sessions, with what they need already given. */
export interface SessionVerbs {
  signIn(asked: SignInAsked): Promise<BegunSession>;
  list(caller: SignedInCaller, asked: PageAsked): Promise<Page<Session>>;
  end(caller: SignedInCaller, id: Id<'session'>): Promise<void>;
}

export function sessionRoutes(web: Web, { sessions }: { readonly sessions: SessionVerbs }): void {
  const signedOut = (caller: SignedInCaller): Record<string, string> =>
    caller.kind === 'officer' ? { 'Set-Cookie': web.officerCookie.clear() } : {};

  serve(web, contract.signIn, async ({ body }) => {
    const { begun, wallet } = await sessions.signIn(assertionOf(body));
    return reply(201, shownSession(begun, wallet));
  });

  serve(web, contract.listSessions, async ({ query, caller }) => {
    const current = sessionOf(caller);
    const page = await sessions.list(caller, pageAsked(query));
    return reply(
      200,
      listBody(page, (session) => shownListed(session, session.id === current)),
    );
  });

  serve(web, contract.endCurrentSession, async ({ caller }) => {
    await sessions.end(caller, sessionOf(caller));
    return reply(204, undefined, signedOut(caller));
  });

  serve(web, contract.endSession, async ({ params, caller }) => {
    await sessions.end(caller, params.id);
    return reply(204, undefined, params.id === sessionOf(caller) ? signedOut(caller) : {});
  });
}

/** A sign-in as it came, without what nobody reads of it. */
export function assertionOf(body: z.output<typeof contract.signIn.body.schema>): SignInAsked {
  const { id, rawId, type, response } = body.credential;
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return {
    challengeId: body.challenge_id,
    response: {
      id,
      rawId,
      type,
      response: { clientDataJSON, authenticatorData, signature, ...(userHandle && { userHandle }) },
      clientExtensionResults: {},
    },
  };
}

export function shownSession({ session, token }: NewSession, wallet: Id<'wallet'>) {
  return {
    id: session.id,
    object: 'session' as const,
    wallet_id: wallet,
    token,
    ...shownTimes(session),
  };
}

function shownListed(session: Session, current: boolean) {
  const { id, owner, passkey: passkey_id, usedAt } = session;
  const [wallet_id, last_used_at] =
    owner.kind === 'holder' ? [owner.wallet, null] : [null, usedAt.toISOString()];
  const shown = { id, object: 'session' as const, wallet_id, passkey_id, current, last_used_at };
  return { ...shown, ...shownTimes(session) };
}

export function shownTimes({ expiresAt, verifiedAt }: Pick<Session, 'expiresAt' | 'verifiedAt'>) {
  return { expires_at: expiresAt.toISOString(), verified_at: verifiedAt.toISOString() };
}
