/** The running console: who signed in, and the calls that are made in their name. */

import { signal } from '@preact/signals';
import type {
  beginOfficerRegistration,
  beginOfficerSignIn,
  endOfficerSession,
  getOfficerSession,
  registerOfficerPasskey,
  signInOfficer,
} from '../../passkeys/officers/endpoints.ts';
import type { Call } from '../api/client.ts';
import type { Said } from '../language/words.ts';
import type { Officer } from './officer.ts';
import type { PasskeyDevice } from './passkey-device.ts';
import { said } from './said.ts';
import { troubleOf, type Unanswered } from './trouble.ts';

/** Before the door, at it with a set-up link, or inside. */
export type Place =
  | { readonly at: 'starting' }
  | { readonly at: 'signed_out'; readonly said: Said | null }
  | { readonly at: 'set_up'; readonly token: string }
  | { readonly at: 'open'; readonly officer: Officer };

interface Needs {
  readonly call: Call;
  readonly passkeys: PasskeyDevice;
}

export class Office {
  readonly place = signal<Place>({ at: 'starting' });
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Calls a route of officers, with the session's cookie. A session that has ended leads back to the door. */
  readonly call: Call = async (address, sent) => {
    const outcome = await this.#needs.call(address, { ...sent, credentials: 'same-origin' as const });
    const ended = outcome.kind === 'refused' && outcome.problem.code === 'unauthenticated';
    if (ended && this.place.value.at === 'open') this.#leave(said('admin.door.ended'));
    return outcome;
  };

  /** Calls what is there for everybody, and says nothing of who asks. */
  readonly callBare: Call = (address, sent) => this.#needs.call(address, sent);

  /** Opens at a set-up link, or with the session that this browser still has. */
  async start(setupToken: string | null): Promise<void> {
    if (setupToken !== null) {
      this.place.value = { at: 'set_up', token: setupToken };
      return;
    }
    const current = await this.call<typeof getOfficerSession>('GET /v1/officer-sessions/current', {});
    if (current.kind === 'answered') this.#enter(current.body);
    else this.#leave(isNobody(current) ? null : troubleOf(current));
  }

  /** Registers the passkey of whoever opened a set-up link. What it answers went wrong. */
  async setUp(token: string): Promise<Said | null> {
    const begun = await this.call<typeof beginOfficerRegistration>(
      'POST /v1/officer-passkeys/registrations',
      { body: { setup_token: token } },
    );
    if (begun.kind !== 'answered') return isWrong(begun) ? said('admin.set_up.wrong') : troubleOf(begun);
    const credential = await this.#needs.passkeys.create(begun.body.options);
    if (typeof credential === 'string') return said(`admin.touch.${credential}`);
    const { challenge_id } = begun.body;
    const done = await this.call<typeof registerOfficerPasskey>('POST /v1/officer-passkeys', {
      body: { challenge_id, credential },
    });
    if (done.kind !== 'answered') return isWrong(done) ? said('admin.set_up.failed') : troubleOf(done);
    this.#enter(done.body);
    return null;
  }

  /** Signs in with a passkey. What it answers went wrong. */
  async signIn(): Promise<Said | null> {
    const begun = await this.call<typeof beginOfficerSignIn>('POST /v1/officer-passkeys/sign-ins', {
      body: {},
    });
    if (begun.kind !== 'answered') return troubleOf(begun);
    const credential = await this.#needs.passkeys.signIn(begun.body.options);
    if (typeof credential === 'string') return said(`admin.touch.${credential}`);
    const { challenge_id } = begun.body;
    const done = await this.call<typeof signInOfficer>('POST /v1/officer-sessions', {
      body: { challenge_id, credential },
    });
    if (done.kind !== 'answered') return isWrong(done) ? said('admin.sign_in.unknown') : troubleOf(done);
    this.#enter(done.body);
    return null;
  }

  /** Ends the session. What it answers went wrong: then somebody is still signed in. */
  async signOut(): Promise<Said | null> {
    const ended = await this.call<typeof endOfficerSession>('DELETE /v1/officer-sessions/current', {});
    if (ended.kind === 'answered') this.#leave(said('admin.door.left'));
    return ended.kind === 'answered' || isNobody(ended) ? null : said('admin.sign_out.failed');
  }

  #enter({ officer }: { readonly officer: Officer }): void {
    this.place.value = { at: 'open', officer };
  }

  #leave(words: Said | null): void {
    this.place.value = { at: 'signed_out', said: words };
  }
}

function isWrong(ended: Unanswered): boolean {
  return ended.kind === 'refused' && ended.problem.code === 'invalid_request';
}

function isNobody(ended: Unanswered): boolean {
  return ended.kind === 'refused' && ended.problem.code === 'unauthenticated';
}
