import { useSignal } from '@preact/signals';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import type { App } from '../device/app.ts';
import { calledOn } from '../people-words.ts';
import type { HolderId, Whose as WhoseIs } from '../roster.ts';
import { say } from '../say.ts';
import { Page } from './page.tsx';

interface WhoseProps {
  readonly app: App;
  readonly choose: (whose: WhoseIs) => void;
}

/** Whom an offer is for, on a phone that somebody is on. Nobody's wallet gives way unless that was said twice. */
export function Whose({ app, choose }: WhoseProps) {
  const sure = useSignal<HolderId | null>(null);
  const holders = app.household.holders.value;
  const nameOf = (id: HolderId): string => calledOn(holders, id);
  return (
    <Page title={say('wallet.whose.title')} onBack={app.back}>
      <ul class="choices">
        <li>
          <button type="button" class="choice" onClick={() => choose('new')}>
            <span class="choice-title">{say('wallet.whose.new')}</span>
            <span class="choice-left">{say('wallet.whose.new.what')}</span>
          </button>
        </li>
        {holders.map(({ id }) => (
          <li key={id}>
            <button type="button" class="choice" onClick={() => (sure.value = id)}>
              <span class="choice-title">{nameOf(id)}</span>
              <span class="choice-left">{say('wallet.whose.again')}</span>
            </button>
          </li>
        ))}
      </ul>
      {sure.value !== null && (
        <Sure
          name={nameOf(sure.value)}
          close={() => (sure.value = null)}
          replace={() => sure.value !== null && choose(sure.value)}
        />
      )}
    </Page>
  );
}

interface SureProps {
  readonly name: string;
  readonly close: () => void;
  readonly replace: () => void;
}

function Sure({ name, close, replace }: SureProps) {
  return (
    <Dialog
      title={say('wallet.whose.replace', { name })}
      onClose={close}
      actions={
        <Button kind="danger" onClick={replace}>
          {say('wallet.whose.replace', { name })}
        </Button>
      }
    >
      <p>{say('wallet.whose.replace.what', { name })}</p>
    </Dialog>
  );
}
