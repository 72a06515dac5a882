import { useSignal } from '@preact/signals';
import { Button } from '../design/button.tsx';
import { Field } from '../design/field.tsx';
import { sayAll } from '../language/language.ts';
import { LanguageSwitch } from '../language/language-switch.tsx';
import type { Said } from '../language/words.ts';
import type { Office, Place } from './office.ts';
import { Note } from './parts/note.tsx';
import { say } from './say.ts';

interface GateProps {
  readonly office: Office;
  readonly place: Extract<Place, { readonly at: 'signed_out' | 'set_up' | 'recover' }>;
}

/** The door: a passkey opens it, and a set-up link or a recovery code makes one. */
export function Gate({ office, place }: GateProps) {
  const busy = useSignal(false);
  const code = useSignal('');
  const wrong = useSignal<Said | null>(null);
  const enter = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    wrong.value = null;
    if (place.at === 'set_up') wrong.value = await office.setUp(place.token);
    else if (place.at === 'recover') wrong.value = await office.useRecoveryCode(code.value);
    else wrong.value = await office.signIn();
    busy.value = false;
  };
  const before = place.at === 'signed_out' ? place.said : null;
  return (
    <main class="gate">
      <form
        class="gate-form"
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <p class="brand">Counterproof</p>
        <h1>{say(TITLES[place.at])}</h1>
        <p>{say(HOW[place.at])}</p>
        {place.at === 'set_up' && <p class="quiet">{say('admin.set_up.once')}</p>}
        {place.at === 'recover' && (
          <Field
            label={say('admin.recover.code')}
            value={code.value}
            maxLength={64}
            autocomplete="off"
            spellcheck={false}
            dir="ltr"
            onInput={({ currentTarget }) => {
              code.value = currentTarget.value;
            }}
          />
        )}
        <Note kind="wrong" text={wrong.value && sayAll(wrong.value)} />
        <Note kind="plain" text={wrong.value === null && before !== null ? sayAll(before) : null} />
        <div class="actions">
          <Button kind="main" icon="lock" type="submit" busy={busy.value}>
            {say(place.at === 'signed_out' ? 'admin.sign_in.do' : 'admin.set_up.do')}
          </Button>
          <OtherWay office={office} place={place} />
        </div>
        {place.at === 'signed_out' && <p class="quiet small">{say('admin.sign_in.no_link')}</p>}
      </form>
      <LanguageSwitch />
    </main>
  );
}

function OtherWay({ office, place }: GateProps) {
  if (place.at === 'signed_out') {
    return (
      <Button kind="quiet" onClick={() => office.recover()}>
        {say('admin.recover.instead')}
      </Button>
    );
  }
  return (
    <Button kind="quiet" onClick={() => void office.start(null)}>
      {say('admin.set_up.instead')}
    </Button>
  );
}

const TITLES = {
  signed_out: 'admin.sign_in.title',
  set_up: 'admin.set_up.title',
  recover: 'admin.recover.title',
} as const;

const HOW = {
  signed_out: 'admin.sign_in.how',
  set_up: 'admin.set_up.how',
  recover: 'admin.recover.how',
} as const;
