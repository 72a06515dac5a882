import { useSignal } from '@preact/signals';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import type { App } from '../device/app.ts';
import { type LockByCode, lockWithCode } from '../lost.ts';
import { say } from '../say.ts';
import { Note, Page } from './page.tsx';

const FORM = 'lock';

/** Locking a phone that is gone, from whichever phone is at hand. */
export function Lost({ app }: { readonly app: App }) {
  const code = useSignal('');
  const busy = useSignal(false);
  const came = useSignal<LockByCode | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy.value || code.value.trim() === '') return;
    busy.value = true;
    came.value = await lockWithCode(app.phone, code.value);
    busy.value = false;
  };
  const locked = came.value === 'locked';
  const lockButton = (
    <Button kind="danger" icon="lock" type="submit" form={FORM} busy={busy.value}>
      {say('wallet.lost.do')}
    </Button>
  );
  return (
    <Page title={say('wallet.lost.title')} onBack={app.back} {...(!locked && { actions: lockButton })}>
      {locked ? (
        <>
          <Note text={say('wallet.lost.locked')} />
          <p>{say('wallet.lost.anew')}</p>
        </>
      ) : (
        <form id={FORM} class="stack" onSubmit={(event) => void submit(event)}>
          <p>{say('wallet.lost.what')}</p>
          <Field
            label={say('wallet.lost.code')}
            hint={say('wallet.lost.code.hint')}
            wrong={came.value && say(`wallet.lost.${came.value}`)}
            value={code.value}
            onInput={(event) => (code.value = event.currentTarget.value)}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            dir="ltr"
            class="code-field"
          />
        </form>
      )}
      <section class="stack">
        <h2>{say('wallet.lost.no_code')}</h2>
        <p>{say('wallet.lost.no_code.what')}</p>
        <Button onClick={() => app.go({ at: 'return' })}>{say('wallet.return.sign_in')}</Button>
      </section>
    </Page>
  );
}
