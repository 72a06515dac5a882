import type { InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';

type FieldProps = InputHTMLAttributes<HTMLInputElement> & {
  readonly label: string;
  /** What belongs in it, in a few words. */
  readonly hint?: string;
  /** What is wrong, in a sentence; read aloud as soon as it is there. */
  readonly wrong?: string | null;
};

/** One thing to fill in, with its name above it and what is wrong below it. */
export function Field({ label, hint, wrong = null, ...input }: FieldProps) {
  const id = useId();
  const [hintId, wrongId] = [`${id}-hint`, `${id}-wrong`];
  const described = [hint && hintId, wrong !== null && wrongId].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="field-hint" id={hintId}>
          {hint}
        </p>
      )}
      <input
        {...input}
        id={id}
        aria-invalid={wrong !== null}
        {...(described !== '' && { 'aria-describedby': described })}
      />
      <p class="field-wrong" id={wrongId} role="alert">
        {wrong}
      </p>
    </div>
  );
}
