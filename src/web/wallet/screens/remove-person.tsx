import { useSignal } from '@preact/signals';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import type { App } from '../device/app.ts';
import { enter } from '../enter.ts';
import { lockOne } from '../lost.ts';
import { called } from '../people-words.ts';
import { say } from '../say.ts';
import { Note, Page } from './page.tsx';

const FORM = 'remove';

/** Taking a wallet off this phone: what goes with it, what stays, and the name typed. */
export function RemovePerson({ app }: { readonly app: App }) {
  const name = called(app);
  const [typed, alsoLock] = [useSignal(''), useSignal(false)];
  const [wrong, trouble, busy] = [useSignal(false), useSignal(''), useSignal(false)];
  const remove = async (event: Event): Promise<void> => {
    event.preventDefault();
    wrong.value = !isName(typed.value, name);
    trouble.value = '';
    if (wrong.value || busy.value) return;
    busy.value = true;
    const left = alsoLock.value ? await lockAtService(app) : '';
    busy.value = false;
    if (left !== '') {
      trouble.value = left;
      return;
    }
    const { household } = app;
    await household.remove(app.holder);
    household.app.value.notice.value = say('wallet.people.removed', { name });
  };
  return (
    <Page
      title={say('wallet.people.remove', { name })}
      onBack={app.back}
      actions={
        <Button kind="danger" type="submit" form={FORM} busy={busy.value}>
          {say('wallet.people.remove', { name })}
        </Button>
      }
    >
      <p>{say('wallet.people.remove.goes')}</p>
      <p>{say('wallet.people.remove.stays')}</p>
      <form id={FORM} class="stack" onSubmit={(event) => void remove(event)}>
        <label class="tick">
          <input
            type="checkbox"
            checked={alsoLock.value}
            onChange={(event) => (alsoLock.value = event.currentTarget.checked)}
          />
          <span>{say('wallet.people.remove.lock')}</span>
        </label>
        <Field
          label={say('wallet.people.remove.type', { name })}
          wrong={wrong.value ? say('wallet.people.remove.wrong', { name }) : null}
          value={typed.value}
          onInput={(event) => (typed.value = event.currentTarget.value)}
          autocomplete="off"
          spellcheck={false}
        />
      </form>
      {trouble.value !== '' && <Note kind="wrong" text={trouble.value} />}
    </Page>
  );
}

function isName(typed: string, name: string): boolean {
  return typed.trim().toLocaleLowerCase() === name.trim().toLocaleLowerCase();
}

/** Locks the wallet for good, which its holder has to be there for; answers what went wrong, or nothing. */
async function lockAtService(app: App): Promise<string> {
  const face = app.face.value;
  if (face === null || face.wallet === null) return '';
  const inside = await enter(app.phone, face);
  if (typeof inside === 'string') return say(`wallet.sign_in.${inside}`);
  return (await lockOne(app.phone, inside.session, face.wallet))
    ? ''
    : say('wallet.people.remove.not_locked');
}
