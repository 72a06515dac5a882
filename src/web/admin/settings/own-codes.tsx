import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { countRecoveryCodes, makeRecoveryCodes } from '../../../officers/endpoints.ts';
import { Button } from '../../design/button.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import type { Office } from '../office.ts';
import { CodeSheet } from '../parts/code-sheet.tsx';
import { Note } from '../parts/note.tsx';
import { SureDialog } from '../parts/sure-dialog.tsx';
import { say } from '../say.ts';
import { troubleOf } from '../trouble.ts';

/** The officer's own recovery codes: how many are left, and new ones. */
export function OwnCodes({ office }: { readonly office: Office }) {
  const left = useSignal<number | null>(null);
  const codes = useSignal<readonly string[] | null>(null);
  const wrong = useSignal<Said | null>(null);
  const asking = useSignal(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const count = async (): Promise<void> => {
    const read = await office.call<typeof countRecoveryCodes>('GET /v1/officer-recovery-codes', {});
    if (read.kind === 'answered') left.value = read.body.left;
    else wrong.value = troubleOf(read);
  };
  useEffect(() => void count(), []);
  // They stand above the button that made them, and are shown this once.
  useEffect(() => {
    if (codes.value !== null) heading.current?.focus();
  }, [codes.value]);
  const make = async (): Promise<Said | null> => {
    const made = await office.call<typeof makeRecoveryCodes>('POST /v1/officer-recovery-codes', {});
    if (made.kind !== 'answered') return troubleOf(made);
    codes.value = made.body.codes;
    left.value = made.body.codes.length;
    asking.value = false;
    return null;
  };
  return (
    <section class="part">
      <h2 ref={heading} tabIndex={-1}>
        {say('admin.codes.heading')}
      </h2>
      <p class="quiet">{say('admin.codes.what')}</p>
      <Note kind="wrong" text={wrong.value && sayAll(wrong.value)} />
      {codes.value === null && left.value !== null && <p>{say('admin.codes.left', { count: left.value })}</p>}
      {codes.value !== null && <CodeSheet codes={codes.value} />}
      <div class="actions">
        <Button
          icon="again"
          onClick={() => {
            asking.value = true;
          }}
        >
          {say('admin.codes.make')}
        </Button>
      </div>
      {asking.value && (
        <SureDialog
          title={say('admin.codes.make_title')}
          action={say('admin.codes.make')}
          danger={false}
          onDo={make}
          onClose={() => {
            asking.value = false;
          }}
        >
          <p>{say('admin.codes.make_what')}</p>
        </SureDialog>
      )}
    </section>
  );
}
