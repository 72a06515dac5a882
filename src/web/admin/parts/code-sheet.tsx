import { useSignal } from '@preact/signals';
import { Button } from '../../design/button.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import { copyText } from '../device/copy-text.ts';
import { say } from '../say.ts';
import { Note } from './note.tsx';

/** Recovery codes, to be copied or printed. */
export function CodeSheet({ codes }: { readonly codes: readonly string[] }) {
  const copied = useSignal<Said | null>(null);
  const copy = async (): Promise<void> => {
    copied.value = await copyText(codes.join('\n'));
  };
  return (
    <div class="stack">
      <p>{say('admin.codes.how')}</p>
      <ol class="codes figures" dir="ltr">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div class="actions">
        <Button icon="copy" onClick={() => void copy()}>
          {say('admin.codes.copy')}
        </Button>
        <Button icon="print" onClick={() => print()}>
          {say('admin.codes.print')}
        </Button>
      </div>
      <Note kind="done" text={copied.value && sayAll(copied.value)} />
    </div>
  );
}
