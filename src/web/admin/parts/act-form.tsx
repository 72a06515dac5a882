import type { ComponentChildren } from 'preact';
import { Button } from '../../design/button.tsx';
import type { IconName } from '../../design/icon.tsx';
import type { Act } from './act.ts';
import { Note } from './note.tsx';
import { PlainForm } from './plain-form.tsx';

interface ActFormProps {
  readonly act: Act;
  /** What the button says that does it. */
  readonly action: string;
  readonly icon?: IconName;
  /** What was done the last time. */
  readonly done?: string | null;
  /** What else can be pressed. */
  readonly beside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A form that does one thing: what is filled in, what went wrong, and the button that does it. */
export function ActForm({ act, action, icon = 'check', done = null, beside, children }: ActFormProps) {
  return (
    <PlainForm onSubmit={() => void act.run()}>
      {children}
      <Note kind="wrong" text={act.wrong} />
      <Note kind="done" text={done} />
      <div class="actions">
        <Button kind="main" icon={icon} type="submit" busy={act.busy}>
          {action}
        </Button>
        {beside}
      </div>
    </PlainForm>
  );
}
