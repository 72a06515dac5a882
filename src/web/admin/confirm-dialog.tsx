import { useSignal } from '@preact/signals';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { sayAll } from '../language/language.ts';
import type { Said } from '../language/words.ts';
import type { Office } from './office.ts';
import { Note } from './parts/note.tsx';
import { say } from './say.ts';

/** Asks for the passkey again, before what cannot be undone. */
export function ConfirmDialog({ office }: { readonly office: Office }) {
  const busy = useSignal(false);
  const wrong = useSignal<Said | null>(null);
  const confirm = async (): Promise<void> => {
    busy.value = true;
    wrong.value = await office.confirm();
    busy.value = false;
  };
  const actions = (
    <Button kind="main" icon="lock" busy={busy.value} onClick={() => void confirm()}>
      {say('admin.confirm.do')}
    </Button>
  );
  return (
    <Dialog title={say('admin.confirm.title')} onClose={() => office.leaveUnconfirmed()} actions={actions}>
      <div class="stack">
        <p>{say('admin.confirm.how')}</p>
        <Note kind="wrong" text={wrong.value && sayAll(wrong.value)} />
      </div>
    </Dialog>
  );
}
