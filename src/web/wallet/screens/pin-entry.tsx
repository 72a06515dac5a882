import { useSignal } from '@preact/signals';
import type { ComponentChildren, RefObject } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { locale } from '../../language/language.ts';
import { digitsIn, PIN_LENGTH } from '../pin.ts';
import { say } from '../say.ts';

const KEYS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** What keeps a PIN out of what browsers and password managers remember and offer again. */
const NOT_KEPT = {
  autocomplete: 'off',
  autocorrect: 'off',
  spellcheck: false,
  'data-1p-ignore': true,
  'data-bwignore': true,
  'data-lpignore': 'true',
  'data-form-type': 'other',
} as const;

interface PinEntryProps {
  readonly label: string;
  /** What is wrong with the last one, in a sentence. */
  readonly wrong: string;
  /** While no digit is taken: one is being tried, or has to wait. */
  readonly closed: boolean;
  /** Stands where else stands what is wrong. */
  readonly instead?: ComponentChildren;
  /** Gets each six digits; they are cleared at once. */
  readonly take: (pin: string) => void;
}

/** Six digits, by the keys on the screen or by any others. They are seen as dots only. */
export function PinEntry({ label, wrong, closed, instead, take }: PinEntryProps) {
  const digits = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  const [id, wrongId] = [useId(), useId()];
  const enter = (typed: string): void => {
    const now = closed ? '' : digitsIn(typed);
    digits.value = now.length < PIN_LENGTH ? now : '';
    if (field.current !== null) field.current.value = digits.value;
    if (now.length === PIN_LENGTH) take(now);
  };
  const erase = (): void => enter(digits.value.slice(0, -1));
  useKeyboard(field, (key) => (key === 'Backspace' ? erase() : enter(`${digits.value}${key}`)));
  return (
    <div class="pin">
      <label for={id}>{label}</label>
      <div class="pin-field" dir="ltr">
        <input
          ref={field}
          id={id}
          class="pin-input"
          inputMode="numeric"
          pattern="[0-9]*"
          {...NOT_KEPT}
          value={digits.value}
          readOnly={closed}
          aria-invalid={wrong !== ''}
          aria-describedby={wrongId}
          onInput={(event) => enter(event.currentTarget.value)}
        />
        <Dots count={closed ? 0 : digits.value.length} />
      </div>
      <div class="pin-said">
        <p class="pin-wrong" id={wrongId} role="alert">
          {wrong}
        </p>
        {instead}
      </div>
      <Keys closed={closed} press={(key) => enter(`${digits.value}${key}`)} erase={erase} />
    </div>
  );
}

/**
 * Where there is a keyboard already it has the field; a phone would put its own over the keys here. It is heard from the
 * moment that the words are there, so that whoever types without looking loses no digit.
 */
function useKeyboard(field: RefObject<HTMLInputElement | null>, press: (key: string) => void): void {
  const latest = useRef(press);
  latest.current = press;
  useLayoutEffect(() => {
    if (!hasFingers()) field.current?.focus();
    const hear = (event: KeyboardEvent): void => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (event.target !== field.current && plain && /^(\d|Backspace)$/.test(event.key))
        latest.current(event.key);
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
}

function hasFingers(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}

function Dots({ count }: { readonly count: number }) {
  return (
    <span class="pin-dots" aria-hidden="true">
      {Array.from({ length: PIN_LENGTH }, (_, at) => (
        <span key={at} class={at < count ? 'pin-dot pin-dot-full' : 'pin-dot'} />
      ))}
    </span>
  );
}

interface KeysProps {
  readonly closed: boolean;
  readonly press: (digit: number) => void;
  readonly erase: () => void;
}

/** The keys of a telephone, in the same order in every language. */
function Keys({ closed, press, erase }: KeysProps) {
  const digit = (value: number) => (
    <button
      key={value}
      type="button"
      class={`pin-key ${value === 0 ? 'pin-key-zero' : ''}`}
      aria-disabled={closed}
      onClick={() => press(value)}
    >
      {new Intl.NumberFormat(locale()).format(value)}
    </button>
  );
  return (
    <fieldset class="pin-keys" dir="ltr" tabIndex={-1} autofocus={hasFingers()}>
      <legend class="for-readers">{say('wallet.pin.keys')}</legend>
      {KEYS.map(digit)}
      {digit(0)}
      <button type="button" class="pin-key pin-key-erase" aria-disabled={closed} onClick={erase}>
        {say('wallet.pin.erase')}
      </button>
    </fieldset>
  );
}
