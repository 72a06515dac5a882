import { useSignal } from '@preact/signals';
import type { Office } from '../office.ts';
import { useAct } from '../parts/act.ts';
import { ActForm } from '../parts/act-form.tsx';
import { TextField } from '../parts/text-field.tsx';
import { say } from '../say.ts';

interface AddProps {
  readonly office: Office;
  readonly onAdded: (name: string) => void;
}

/** Makes a further passkey, under the name that the officer gives it. */
export function AddPasskey({ office, onAdded }: AddProps) {
  const name = useSignal('');
  const missing = useSignal(false);
  const add = useAct(async () => {
    const called = name.value.trim();
    missing.value = called === '';
    if (missing.value) return null;
    const wrong = await office.addPasskey(called);
    if (wrong !== null) return wrong;
    name.value = '';
    onAdded(called);
    return null;
  });
  return (
    <details class="form-box">
      <summary>{say('admin.own.add')}</summary>
      <ActForm act={add} action={say('admin.own.add')} icon="plus">
        <p class="quiet">{say('admin.own.add_what')}</p>
        <TextField
          label={say('admin.own.name')}
          hint={say('admin.own.name_hint')}
          longest={50}
          text={name}
          wrong={missing.value ? say('admin.wrong.missing') : null}
        />
      </ActForm>
    </details>
  );
}
