import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import type { IconName } from '../../design/icon.tsx';
import type { Said } from '../../language/words.ts';
import { sameWords } from '../same-words.ts';
import { say } from '../say.ts';
import { useAct } from './act.ts';
import { Note } from './note.tsx';
import { PlainForm } from './plain-form.tsx';
import { TextField } from './text-field.tsx';

interface SureProps {
  readonly title: string;
  /** What to type before it can be done; null where that is not asked. */
  readonly typed?: string | null;
  /** Whether a reason belongs to it. */
  readonly reasoned?: boolean;
  readonly action: string;
  readonly icon?: IconName;
  readonly danger?: boolean;
  /** Does it. What it answers went wrong. */
  readonly onDo: (reason: string) => Promise<Said | null>;
  readonly onClose: () => void;
  /** What will happen, and what will not. */
  readonly children: ComponentChildren;
}

/** Stands before what hurts: says what will happen and what will not, and asks for the name, and for a reason. */
export function SureDialog(props: SureProps) {
  const { typed = null, reasoned = false, danger = true } = props;
  const name = useSignal('');
  const reason = useSignal('');
  const missing = useSignal<'reason' | 'name' | null>(null);
  const act = useAct(async () => {
    const named = typed === null || sameWords(name.value, typed);
    missing.value = reasoned && reason.value.trim() === '' ? 'reason' : named ? null : 'name';
    return missing.value === null ? props.onDo(reason.value.trim()) : null;
  });
  const doIt = (): void => void act.run();
  const actions = (
    <Button kind={danger ? 'danger' : 'main'} icon={props.icon ?? 'check'} busy={act.busy} onClick={doIt}>
      {props.action}
    </Button>
  );
  return (
    <Dialog title={props.title} onClose={props.onClose} actions={actions}>
      <PlainForm class="stack" onSubmit={doIt}>
        {props.children}
        {reasoned && (
          <TextField
            label={say('admin.sure.reason')}
            hint={say('admin.sure.reason_hint')}
            text={reason}
            longest={200}
            wrong={missing.value === 'reason' ? say('admin.wrong.missing') : null}
          />
        )}
        {typed !== null && (
          <TextField
            label={say('admin.sure.type', { name: typed })}
            text={name}
            longest={250}
            wrong={missing.value === 'name' ? say('admin.sure.other') : null}
          />
        )}
        <Note kind="wrong" text={act.wrong} />
        <button type="submit" hidden />
      </PlainForm>
    </Dialog>
  );
}
