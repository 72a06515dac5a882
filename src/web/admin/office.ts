/** The running console: who signed in, and the calls that are made in their name. */

import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { makeRecoveryCodes } from '../../officers/endpoints.ts';
import type {
  beginOfficerRegistration,
  beginOfficerSignIn,
  endOfficerSession,
  getOfficerSession,
  registerOfficerPasskey,
  signInOfficer,
} from '../../passkeys/officers/endpoints.ts';
import type { getVocabulary } from '../../settings/endpoints.ts';
import type { Call, Outcome } from '../api/client.ts';
import type { Sent } from '../api/contract-types.ts';
import type { Said } from '../language/words.ts';
import type { Officer } from './officer.ts';
import type { PasskeyDevice } from './passkey-device.ts';
import { said } from './said.ts';
import { troubleOf, type Unanswered } from './trouble.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Before the door, at it with a set-up link or without a passkey, shown the recovery codes, or inside. */
export type Place =
  | { readonly at: 'starting' }
  | { readonly at: 'signed_out'; readonly said: Said | null }
  | { readonly at: 'set_up'; readonly token: string }
  | { readonly at: 'recover' }
  | { readonly at: 'codes'; readonly officer: Officer; readonly codes: readonly string[] }
  | { readonly at: 'open'; readonly officer: Officer };

type VocabularyRead = Outcome<typeof getVocabulary>;

interface Needs {
  readonly call: Call;
  readonly passkeys: PasskeyDevice;
}

/** What only the paper shows: the letter that is being printed. */
export type Letter = () => ComponentChildren;

export class Office {
  readonly place = signal<Place>({ at: 'starting' });
  /** Set while a call waits for the officer to confirm with the passkey; what is answered says whether they did. */
  readonly confirming = signal<((sure: boolean) => void) | null>(null);
  readonly letter = signal<Letter | null>(null);
  readonly #needs: Needs;
  #vocabulary: Promise<VocabularyRead> | null = null;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /**
   * Calls a route of officers, with the session's cookie. A session that has ended leads back to the door; where the
   * service wants to know again who it is, the officer is asked, and the call is made once more.
   */
  readonly call: Call = async (address, sent) => {
    const outcome = await this.#send(address, sent);
    const again = outcome.kind === 'refused' && outcome.problem.code === 'verification_required';
    return again && (await this.#sure()) ? this.#send(address, sent) : outcome;
  };

  readonly #send: Call = async (address, sent) => {
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

  /** What the service attests, and its day; read once. Null where it did not say. */
  async vocabulary(): Promise<Vocabulary | null> {
    this.#vocabulary ??= this.call<typeof getVocabulary>('GET /v1/vocabulary', {});
    const read = await this.#vocabulary;
    if (read.kind === 'answered') return read.body;
    this.#vocabulary = null;
    return null;
  }

  /** Leads to where a recovery code is asked for. */
  recover(): void {
    this.place.value = { at: 'recover' };
  }

  /** Registers the passkey of whoever opened a set-up link, and shows the recovery codes. What it answers went wrong. */
  async setUp(token: string): Promise<Said | null> {
    const done = await this.#register({ setup_token: token }, said('admin.set_up.wrong'));
    if ('key' in done) return done;
    const made = await this.call<typeof makeRecoveryCodes>('POST /v1/officer-recovery-codes', {});
    if (made.kind !== 'answered') this.#enter(done);
    else this.place.value = { at: 'codes', officer: done.officer, codes: made.body.codes };
    return null;
  }

  /** Makes a further passkey of whoever is inside, and calls it so. What it answers went wrong. */
  async addPasskey(name: string): Promise<Said | null> {
    const done = await this.#register({}, said('admin.set_up.failed'), name);
    return 'key' in done ? done : null;
  }

  /** Makes a new passkey for whoever has lost theirs and kept a code. What it answers went wrong. */
  async useRecoveryCode(recovery_code: string): Promise<Said | null> {
    const done = await this.#register({ recovery_code }, said('admin.recover.wrong'));
    if ('key' in done) return done;
    this.#enter(done);
    return null;
  }

  /** Goes in once the recovery codes were kept. */
  enter(officer: Officer): void {
    this.#enter({ officer });
  }

  /** Signs in with a passkey. What it answers went wrong. */
  async signIn(): Promise<Said | null> {
    const done = await this.#prove();
    if ('key' in done) return done;
    this.#enter(done);
    return null;
  }

  /** Confirms with the passkey who it is, and lets the call go on that waits. What it answers went wrong. */
  async confirm(): Promise<Said | null> {
    const { value: place } = this.place;
    const done = await this.#prove();
    if ('key' in done) return done;
    const same = place.at === 'open' && place.officer.id === done.officer.id;
    // Somebody else's passkey: that is who acts from now on, and the call was not theirs.
    if (!same) this.#enter(done);
    this.#answer(same);
    return null;
  }

  /** Does not confirm: the call stays refused. */
  leaveUnconfirmed(): void {
    this.#answer(false);
  }

  #sure(): Promise<boolean> {
    this.#answer(false);
    return new Promise((resolve) => {
      this.confirming.value = resolve;
    });
  }

  #answer(sure: boolean): void {
    const waiting = this.confirming.value;
    this.confirming.value = null;
    waiting?.(sure);
  }

  async #register(
    proof: Sent<typeof beginOfficerRegistration>['body'],
    wrong: Said,
    name?: string,
  ): Promise<{ readonly officer: Officer } | Said> {
    const path = 'POST /v1/officer-passkeys/registrations';
    const begun = await this.call<typeof beginOfficerRegistration>(path, { body: proof });
    if (begun.kind !== 'answered') return isWrong(begun) ? wrong : troubleOf(begun);
    const credential = await this.#needs.passkeys.create(begun.body.options);
    if (typeof credential === 'string') return said(`admin.touch.${credential}`);
    const { challenge_id } = begun.body;
    const done = await this.call<typeof registerOfficerPasskey>('POST /v1/officer-passkeys', {
      body: { challenge_id, credential, ...(name !== undefined && { name }) },
    });
    if (done.kind !== 'answered') return isWrong(done) ? said('admin.set_up.failed') : troubleOf(done);
    return done.body;
  }

  async #prove(): Promise<{ readonly officer: Officer } | Said> {
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
    return done.body;
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
    this.#answer(false);
    this.letter.value = null;
    this.place.value = { at: 'signed_out', said: words };
  }
}

function isWrong(ended: Unanswered): boolean {
  return ended.kind === 'refused' && ended.problem.code === 'invalid_request';
}

function isNobody(ended: Unanswered): boolean {
  return ended.kind === 'refused' && ended.problem.code === 'unauthenticated';
}
