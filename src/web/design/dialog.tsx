import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { say } from '../language/language.ts';
import { Button } from './button.tsx';

interface DialogProps {
  readonly title: string;
  /** Called when it was closed, also by Escape. */
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** What can be done, the main thing last. */
  readonly actions?: ComponentChildren;
}

/** Stands before the page until it is answered; the browser keeps the focus inside and gives it back afterwards. */
export function Dialog({ title, onClose, children, actions }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Closed while it is still in the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={heading}>{title}</h2>
      <div class="dialog-body">{children}</div>
      <div class="dialog-actions">
        <Button kind="quiet" onClick={onClose}>
          {say('close')}
        </Button>
        {actions}
      </div>
    </dialog>
  );
}
