import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import { copyText } from '../device/copy-text.ts';
import { Note } from './note.tsx';

interface OnceProps {
  readonly title: string;
  readonly label: string;
  /** What is shown this once. */
  readonly text: string;
  /** What the button says that copies it. */
  readonly copy: string;
  readonly children?: ComponentChildren;
}

/** A link or a key that is shown this once, to be copied. */
export function OnceShown({ title, label, text, copy, children }: OnceProps) {
  const card = useRef<HTMLElement>(null);
  const copied = useSignal<Said | null>(null);
  useEffect(() => card.current?.focus(), []);
  return (
    <section class="offer" ref={card} tabIndex={-1} aria-label={title}>
      <div class="offer-link">
        <p class="offer-head">{title}</p>
        <Field
          label={label}
          value={text}
          readOnly
          dir="ltr"
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <Button
          icon="copy"
          onClick={() =>
            void copyText(text).then((words) => {
              copied.value = words;
            })
          }
        >
          {copy}
        </Button>
        <Note kind="done" text={copied.value && sayAll(copied.value)} />
        {children}
      </div>
    </section>
  );
}
