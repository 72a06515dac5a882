import type { ComponentChildren } from 'preact';

interface FormProps {
  readonly onSubmit: () => void;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A form that is sent by a script, and judged by the console and the service rather than by the browser. */
export function PlainForm({ onSubmit, class: name = 'form', children }: FormProps) {
  return (
    <form
      class={name}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
