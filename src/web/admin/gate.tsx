import { useSignal } from '@preact/signals';
import { Button } from '../design/button.tsx';
import { sayAll } from '../language/language.ts';
import { LanguageSwitch } from '../language/language-switch.tsx';
import type { Said } from '../language/words.ts';
import type { Office, Place } from './office.ts';
import { Note } from './parts/note.tsx';
import { say } from './say.ts';

interface GateProps {
  readonly office: Office;
  readonly place: Extract<Place, { readonly at: 'signed_out' | 'set_up' }>;
}

/** The door: a passkey opens it, and a set-up link makes one. */
export function Gate({ office, place }: GateProps) {
  const busy = useSignal(false);
  const wrong = useSignal<Said | null>(null);
  const settingUp = place.at === 'set_up';
  const enter = async (): Promise<void> => {
    busy.value = true;
    wrong.value = null;
    wrong.value = settingUp ? await office.setUp(place.token) : await office.signIn();
    busy.value = false;
  };
  const before = settingUp ? null : place.said;
  return (
    <main class="gate">
      <div class="gate-form">
        <p class="brand">Counterproof</p>
        <h1>{say(settingUp ? 'admin.set_up.title' : 'admin.sign_in.title')}</h1>
        <p>{say(settingUp ? 'admin.set_up.how' : 'admin.sign_in.how')}</p>
        {settingUp && <p class="quiet">{say('admin.set_up.once')}</p>}
        <Note kind="wrong" text={wrong.value && sayAll(wrong.value)} />
        <Note kind="plain" text={wrong.value === null && before !== null ? sayAll(before) : null} />
        <div class="actions">
          <Button kind="main" icon="lock" busy={busy.value} onClick={() => void enter()}>
            {say(settingUp ? 'admin.set_up.do' : 'admin.sign_in.do')}
          </Button>
          {settingUp && (
            <Button kind="quiet" onClick={() => void office.start(null)}>
              {say('admin.set_up.instead')}
            </Button>
          )}
        </div>
        {!settingUp && <p class="quiet small">{say('admin.sign_in.no_link')}</p>}
      </div>
      <LanguageSwitch />
    </main>
  );
}
