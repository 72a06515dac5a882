import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { say } from '../language/language.ts';
import { Keypad } from './keypad.tsx';
import { Panel } from './panel.tsx';
import { groupsOf, readTyped, type TypedCode } from './typed-code.ts';

interface TypePanelProps {
  readonly live: boolean;
  readonly onCheck: (digits: string) => void;
  readonly onBack: () => void;
}

/** Takes a code by hand, from a keyboard or from the keys on the screen, and names a wrong digit at once. */
export function TypePanel({ live, onCheck, onBack }: TypePanelProps) {
  const [digits, setDigits] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const typed = readTyped(digits, live);
  const take = (text: string): void => setDigits(readTyped(text, live).digits);
  useEffect(() => input.current?.focus(), []);
  return (
    <Panel title={say('till.type')} onBack={onBack}>
      <form
        class="type"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.is === 'whole') onCheck(typed.digits);
        }}
      >
        <label class="type-code" data-is={typed.is}>
          <span class="for-readers">{say('type.label')}</span>
          <Groups digits={digits} />
          <input
            ref={input}
            class="type-input"
            value={digits}
            onInput={(event) => take(event.currentTarget.value)}
            inputMode="numeric"
            autocomplete="off"
            dir="ltr"
            aria-invalid={typed.is === 'wrong'}
            aria-describedby="typed"
          />
        </label>
        <p id="typed" class={`type-words type-${typed.is}`} role="status">
          {wordsOf(typed, live)}
        </p>
        <Keypad digits={digits} onTake={take} />
        <Button kind="main" type="submit" disabled={typed.is !== 'whole'}>
          {say('type.check')}
        </Button>
      </form>
    </Panel>
  );
}

/** The digits in fours as far as they were typed, and room for the others. */
function Groups({ digits }: { readonly digits: string }) {
  return (
    <span class="type-groups figures" dir="ltr" aria-hidden="true">
      {groupsOf(digits).map(({ text, size }, i) => (
        <span key={i} class="type-group">
          {text}
          <span class="type-room">{'·'.repeat(size - text.length)}</span>
        </span>
      ))}
    </span>
  );
}

function wordsOf(typed: TypedCode, live: boolean): string {
  if (typed.is === 'whole') return say('type.whole');
  if (typed.is === 'unfinished') return say('type.missing', { count: typed.missing });
  if (typed.why === 'digit') return say('type.wrong_digit');
  return typed.why === 'test_code'
    ? say('type.test_code')
    : say('type.beginning', { digit: live ? '1' : '9' });
}
