import type { Signal } from '@preact/signals';
import { Field } from '../../design/field.tsx';

interface TextProps {
  readonly label: string;
  readonly hint?: string;
  readonly wrong?: string | null;
  readonly longest?: number;
  readonly text: Signal<string>;
}

/** A line of text that somebody writes; nothing is suggested for it. */
export function TextField({ label, hint, wrong = null, longest = 100, text }: TextProps) {
  return (
    <Field
      label={label}
      {...(hint !== undefined && { hint })}
      value={text.value}
      wrong={wrong}
      maxLength={longest}
      autocomplete="off"
      spellcheck={false}
      dir="auto"
      onInput={({ currentTarget }) => {
        text.value = currentTarget.value;
      }}
    />
  );
}
