import type { z } from 'zod';
import type { Page, PageAsked } from '../db/page.ts';
import type { Callers } from '../http/caller.ts';
import { reply } from '../http/endpoint.ts';
import { listBody, pageAsked } from '../http/fields.ts';
import { serve, type Web } from '../http/serve.ts';
import type { Id } from '../kernel/ids.ts';
import type { RegistrationAsked } from './add-passkey.ts';
import type { SignInOptions } from './begin-sign-in.ts';
import * as contract from './endpoints.ts';
import type { Passkey } from './passkey.ts';
import type { RegisteredPasskey } from './register-passkey.ts';
import type { RegistrationOptions } from './registration-options.ts';
import { shownSession } from './sessions/routes.ts';

/** A passkey with the name that its owner gave it. */
export type NamedPasskey = Passkey & { readonly name: string };

/** The use cases of a wallet's passkeys, with what they need already given. */
export interface PasskeyVerbs {
  beginRegistration(holder: Callers['holder']): Promise<RegistrationOptions>;
  register(holder: Callers['holder'], asked: RegistrationAsked): Promise<RegisteredPasskey>;
  list(wallet: Id<'wallet'>, asked: PageAsked): Promise<Page<NamedPasskey>>;
  remove(wallet: Id<'wallet'>, id: Id<'passkey'>): Promise<void>;
  beginSignIn(): Promise<SignInOptions>;
}

export function passkeyRoutes(web: Web, passkeys: PasskeyVerbs): void {
  serve(web, contract.beginRegistration, async ({ caller }) =>
    reply(201, shownRegistration(await passkeys.beginRegistration(caller))),
  );

  serve(web, contract.registerPasskey, async ({ body, caller }) => {
    const { passkey, begun, lockCode } = await passkeys.register(caller, registrationOf(body));
    return reply(201, {
      passkey: shownPasskey({ ...passkey, name: body.name }),
      session: shownSession(begun, caller.wallet),
      lock_code: lockCode,
    });
  });

  serve(web, contract.listPasskeys, async ({ query, caller }) =>
    reply(200, listBody(await passkeys.list(caller.wallet, pageAsked(query)), shownPasskey)),
  );

  // Before the passkey of an id, whose path would take `sign-ins` for one.
  serve(web, contract.beginSignIn, async () => reply(201, shownSignIn(await passkeys.beginSignIn())));

  serve(web, contract.removePasskey, async ({ params, caller }) => {
    await passkeys.remove(caller.wallet, params.id);
    return reply(204, undefined);
  });
}

/** A registration as it came, without what nobody reads of it. */
export function registrationOf(
  body: z.output<typeof contract.registerPasskey.body.schema>,
): RegistrationAsked {
  const { id, rawId, type, response } = body.credential;
  const { clientDataJSON, attestationObject, transports = [] } = response;
  return {
    challengeId: body.challenge_id,
    name: body.name,
    transports,
    response: {
      id,
      rawId,
      type,
      response: { clientDataJSON, attestationObject },
      clientExtensionResults: {},
    },
  };
}

export function shownRegistration({ challengeId, options }: RegistrationOptions) {
  return { challenge_id: challengeId, options };
}

export function shownSignIn({ challengeId, options }: SignInOptions) {
  return { challenge_id: challengeId, options };
}

export function shownPasskey({ id, name, createdAt, lastUsedAt, backedUp }: NamedPasskey) {
  return {
    id,
    object: 'passkey' as const,
    name,
    created_at: createdAt.toISOString(),
    last_used_at: lastUsedAt?.toISOString() ?? null,
    backed_up: backedUp,
  };
}
