import { useState } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { Icon } from '../../design/icon.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import { type OfferedPolicy, personalIn } from '../basket.ts';
import { fillScreen, leaveFullScreen, mayFillScreen } from '../device/full-screen.ts';
import { Panel } from '../panel.tsx';
import { said } from '../said.ts';
import { say } from '../say.ts';
import { digitsIn } from '../typed-code.ts';
import type { KioskMode } from './kiosk-mode.ts';
import { MOST_DIGITS, weakness } from './lock.ts';

interface SetupProps {
  readonly mode: KioskMode;
  readonly policies: readonly OfferedPolicy[];
  readonly onBack: () => void;
}

interface Wrong {
  readonly at: 'asked' | 'code' | 'again';
  readonly words: Said;
}

/** Makes the till a kiosk: what it asks of everybody, and the code that leads out of it. */
export function SetupPanel({ mode, policies, onBack }: SetupProps) {
  const [chosen, setChosen] = useState(() => stillFit(mode.before, policies));
  const [code, setCode] = useState('');
  const [again, setAgain] = useState('');
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [busy, setBusy] = useState(false);
  const wordsAt = (at: Wrong['at']) => (wrong?.at === at ? sayAll(wrong.words) : null);
  const start = async (): Promise<void> => {
    const found = wrongIn({ chosen, code, again });
    setWrong(found);
    if (found !== null) return;
    // First of all: browsers give the screen only at the touch itself.
    fillScreen();
    setBusy(true);
    const words = await mode.open(chosen, code);
    if (words === null) return;
    leaveFullScreen();
    setBusy(false);
    setWrong({ at: 'asked', words });
  };
  return (
    <Panel title={say('kiosk.title')} onBack={onBack}>
      <form
        class="kiosk-setup"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void start();
        }}
      >
        <p class="quiet">{say('kiosk.what')}</p>
        <Asked policies={policies} chosen={chosen} onChange={setChosen} wrong={wordsAt('asked')} />
        <CodeField name="kiosk.code" value={code} onChange={setCode} wrong={wordsAt('code')} />
        <CodeField name="kiosk.code_again" value={again} onChange={setAgain} wrong={wordsAt('again')} />
        <p class="quiet">{say('kiosk.forgotten')}</p>
        {!mayFillScreen() && <p class="quiet">{say('kiosk.no_screen')}</p>}
        <Button kind="main" type="submit" busy={busy}>
          {say(busy ? 'kiosk.starting' : 'kiosk.start')}
        </Button>
      </form>
    </Panel>
  );
}

interface AskedProps extends Pick<SetupProps, 'policies'> {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly wrong: string | null;
}

function Asked({ policies, chosen, onChange, wrong }: AskedProps) {
  const toggle = (id: string): void =>
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <fieldset class="kiosk-asked">
      <legend>{say('kiosk.asked')}</legend>
      <ul>
        {policies.map((policy) => {
          const why = personalIn(policy);
          const pressed = chosen.includes(policy.id);
          return (
            <li key={policy.id}>
              <button
                type="button"
                class="sold-button"
                aria-pressed={pressed}
                disabled={why !== null}
                onClick={() => toggle(policy.id)}
              >
                <span class="sold-title">
                  <bdi>{policy.title}</bdi>
                  {why !== null && <span class="sold-note">{say(`kiosk.not_${why}`)}</span>}
                </span>
                {pressed && <Icon name="check" />}
              </button>
            </li>
          );
        })}
      </ul>
      <p class="field-wrong" role="alert">
        {wrong}
      </p>
    </fieldset>
  );
}

interface CodeFieldProps {
  readonly name: 'kiosk.code' | 'kiosk.code_again';
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly wrong: string | null;
}

/** Shown as it is typed, with nobody but staff there: what is typed twice unseen is mistyped twice. */
function CodeField({ name, value, onChange, wrong }: CodeFieldProps) {
  return (
    <Field
      label={say(name)}
      {...(name === 'kiosk.code' && { hint: say('kiosk.code_hint') })}
      value={value}
      onInput={(event) => onChange(digitsIn(event.currentTarget.value).slice(0, MOST_DIGITS))}
      wrong={wrong}
      inputMode="numeric"
      autocomplete="off"
      dir="ltr"
    />
  );
}

function stillFit(before: readonly string[], policies: readonly OfferedPolicy[]): readonly string[] {
  const fit = policies.filter((policy) => personalIn(policy) === null).map(({ id }) => id);
  return before.filter((id) => fit.includes(id));
}

interface Filled {
  readonly chosen: readonly string[];
  readonly code: string;
  readonly again: string;
}

function wrongIn({ chosen, code, again }: Filled): Wrong | null {
  if (chosen.length === 0) return { at: 'asked', words: said('kiosk.nothing_chosen') };
  const weak = weakness(code);
  if (weak !== null) return { at: 'code', words: said(`kiosk.code_${weak}`) };
  return again === code ? null : { at: 'again', words: said('kiosk.code_differs') };
}
