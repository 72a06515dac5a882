import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { Keypad } from '../keypad.tsx';
import { Panel } from '../panel.tsx';
import { say } from '../say.ts';
import { digitsIn } from '../typed-code.ts';
import type { KioskMode } from './kiosk-mode.ts';
import { FEWEST_DIGITS, MOST_DIGITS } from './lock.ts';

/** Asks staff for the exit code. It can be typed or pressed, is never shown, and waits longer after each wrong one. */
export function ExitPanel({ mode, onBack }: { readonly mode: KioskMode; readonly onBack: () => void }) {
  const [digits, setDigits] = useState('');
  const [state, setState] = useState<'asks' | 'tries' | 'wrong'>('asks');
  const input = useRef<HTMLInputElement>(null);
  const { wait } = mode;
  useEffect(() => input.current?.focus(), []);
  const take = (text: string): void => {
    mode.touched();
    setDigits(digitsIn(text).slice(0, MOST_DIGITS));
  };
  const may = digits.length >= FEWEST_DIGITS && wait === 0 && state !== 'tries';
  const leave = async (): Promise<void> => {
    setState('tries');
    const left = await mode.leave(digits);
    setDigits('');
    setState(left ? 'asks' : 'wrong');
  };
  return (
    <Panel title={say('kiosk.exit')} back={say('kiosk.exit_back')} onBack={onBack}>
      <form
        class="type"
        onSubmit={(event) => {
          event.preventDefault();
          if (may) void leave();
        }}
      >
        <label
          class="type-code exit-code"
          data-is={state === 'wrong' && digits === '' ? 'wrong' : 'unfinished'}
        >
          <span class="for-readers">{say('kiosk.code')}</span>
          <span class="exit-dots" aria-hidden="true">
            {'●'.repeat(digits.length)}
            <span class="type-room">{'○'.repeat(Math.max(0, FEWEST_DIGITS - digits.length))}</span>
          </span>
          {/* No keyboard comes up, since there are keys; and no password manager asks customers to keep the code. */}
          <input
            ref={input}
            class="type-input"
            value={digits}
            onInput={(event) => take(event.currentTarget.value)}
            inputMode="none"
            autocomplete="off"
            dir="ltr"
            aria-describedby="exit"
          />
        </label>
        <p id="exit" class={`type-words ${state === 'wrong' ? 'type-wrong' : ''}`} role="status">
          {wordsOf(state, wait)}
        </p>
        <Keypad digits={digits} onTake={take} />
        <Button kind="main" type="submit" busy={state === 'tries'} disabled={!may && state !== 'tries'}>
          {say('kiosk.exit')}
        </Button>
      </form>
    </Panel>
  );
}

function wordsOf(state: 'asks' | 'tries' | 'wrong', wait: number): string {
  if (state === 'tries') return say('kiosk.trying');
  if (wait > 0) return say('kiosk.wait', { count: wait });
  return say(state === 'wrong' ? 'kiosk.wrong' : 'kiosk.code');
}
