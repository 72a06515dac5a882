import { useSignal } from '@preact/signals';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { sayAll } from '../../language/language.ts';
import { portraitOf } from '../device/portrait.ts';
import { say } from '../say.ts';
import type { DraftProps } from './person-draft.ts';

/** A portrait from a file, shown as it is sent. */
export function PortraitField({ draft, wrong, onChange }: DraftProps) {
  const unreadable = useSignal(false);
  /** A field for files keeps what was chosen; a new one has forgotten it. */
  const removed = useSignal(0);
  const found = wrong['/portrait'];
  const take = async (file: File | undefined): Promise<void> => {
    const portrait = file === undefined ? null : await portraitOf(file);
    unreadable.value = file !== undefined && portrait === null;
    onChange({ portrait });
  };
  const remove = (): void => {
    removed.value += 1;
    onChange({ portrait: null });
  };
  return (
    <div class="form-part portrait">
      <Field
        key={removed.value}
        label={say('admin.person.portrait')}
        hint={say('admin.new.portrait_hint')}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        wrong={unreadable.value ? say('admin.wrong.not_a_picture') : found ? sayAll(found) : null}
        onChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
      />
      {draft.portrait !== null && (
        <div class="portrait-chosen">
          <img src={draft.portrait} alt={say('admin.new.portrait_of')} />
          <Button kind="quiet" icon="cross" onClick={remove}>
            {say('admin.new.remove_portrait')}
          </Button>
        </div>
      )}
    </div>
  );
}
