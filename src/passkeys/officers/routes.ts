import type { z } from 'zod';
import type { Callers, OfficerSession } from '../../http/caller.ts';
import { reply } from '../../http/endpoint.ts';
import { serve, type Web } from '../../http/serve.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Clock } from '../../kernel/world.ts';
import { type Officer, SCOPES_OF } from '../../officers/officer.ts';
import type { RegistrationAsked } from '../add-passkey.ts';
import type { SignInOptions } from '../begin-sign-in.ts';
import type { SignInAsked } from '../prove-passkey.ts';
import type { RegistrationOptions } from '../registration-options.ts';
import {
  type NamedPasskey,
  registrationOf,
  shownPasskey,
  shownRegistration,
  shownSignIn,
} from '../routes.ts';
import { type SignedInCaller, sessionOf } from '../sessions/end-session.ts';
import { assertionOf, shownTimes } from '../sessions/routes.ts';
import type { Session } from '../sessions/session.ts';
import type { OfficerProof } from './begin-officer-registration.ts';
import * as contract from './endpoints.ts';
import type { SignedIn } from './register-officer-passkey.ts';

/** An officer, and the times of the session. */
interface CurrentOfficer {
  readonly officer: Officer;
  readonly session: Pick<Session, 'id' | 'verifiedAt' | 'expiresAt'>;
}

/** The use cases of officers who sign in, with what they need already given. */
export interface OfficerVerbs {
  beginRegistration(proof: OfficerProof): Promise<RegistrationOptions>;
  /** Begins a session in place of the one that the browser had. */
  register(asked: RegistrationAsked, had: OfficerSession | null): Promise<SignedIn>;
  passkeys(officer: Id<'officer'>): Promise<readonly NamedPasskey[]>;
  removePasskey(officer: Id<'officer'>, id: Id<'passkey'>): Promise<void>;
  beginSignIn(): Promise<SignInOptions>;
  /** The same of a session. */
  signIn(asked: SignInAsked, had: OfficerSession | null): Promise<SignedIn>;
  find(id: Id<'officer'>): Promise<Officer>;
  end(caller: SignedInCaller, id: Id<'session'>): Promise<void>;
  readonly now: Clock;
}

export function officerRoutes(web: Web, { officers }: { readonly officers: OfficerVerbs }): void {
  const begun = ({ officer, begun: { session, token } }: SignedIn) => {
    const cookie = web.officerCookie.set(token, officers.now(), session.expiresAt);
    return reply(201, shown({ officer, session }), { 'Set-Cookie': cookie });
  };

  serve(web, contract.beginOfficerRegistration, async ({ body, caller }) => {
    return reply(201, shownRegistration(await officers.beginRegistration(proofOf(body, hadBy(caller)))));
  });

  serve(web, contract.registerOfficerPasskey, async ({ body, caller }) =>
    begun(await officers.register(registrationOf(body), hadBy(caller))),
  );

  serve(web, contract.listOfficerPasskeys, async ({ caller }) => {
    const { officer, passkey } = ownSession(caller);
    const data = (await officers.passkeys(officer)).map((one) => ({
      ...shownPasskey(one),
      current: one.id === passkey,
    }));
    return reply(200, { object: 'list' as const, data, has_more: false, next_cursor: null });
  });

  serve(web, contract.beginOfficerSignIn, async () => reply(201, shownSignIn(await officers.beginSignIn())));

  // After `sign-ins`, which its path would take for an id.
  serve(web, contract.removeOfficerPasskey, async ({ params, caller }) => {
    await officers.removePasskey(ownSession(caller).officer, params.id);
    return reply(204, undefined);
  });

  serve(web, contract.signInOfficer, async ({ body, caller }) =>
    begun(await officers.signIn(assertionOf(body), hadBy(caller))),
  );

  serve(web, contract.getOfficerSession, async ({ caller }) => {
    const session = ownSession(caller);
    return reply(200, shown({ officer: await officers.find(session.officer), session }));
  });

  serve(web, contract.endOfficerSession, async ({ caller }) => {
    await officers.end(caller, sessionOf(caller));
    return reply(204, undefined, { 'Set-Cookie': web.officerCookie.clear() });
  });
}

/** The session that the browser has, if any. */
function hadBy(caller: Callers['public' | 'officer']): OfficerSession | null {
  return caller.kind === 'officer' ? caller.session : null;
}

function ownSession({ session }: Callers['officer']): OfficerSession {
  if (session === null) throw new Error('an admin key has no session');
  return session;
}

function proofOf(
  { setup_token, recovery_code }: z.output<typeof contract.beginOfficerRegistration.body.schema>,
  session: OfficerSession | null,
): OfficerProof {
  if (setup_token !== undefined) return { setupToken: setup_token };
  return recovery_code === undefined ? { session } : { recoveryCode: recovery_code };
}

function shown({ officer, session }: CurrentOfficer) {
  const { id, name, role } = officer;
  return {
    id: session.id,
    object: 'officer_session' as const,
    officer: { id, name, role, scopes: [...SCOPES_OF[role]] },
    ...shownTimes(session),
  };
}
