import { useSignal } from '@preact/signals';
import { Button } from '../../design/button.tsx';
import type { App } from '../device/app.ts';
import { say } from '../say.ts';
import { openToRelock, type Relockable, setPin } from '../set-pin.ts';
import type { UnlockTrouble } from '../unlock.ts';
import { ChoosePin } from './choose-pin.tsx';
import { Note, Page } from './page.tsx';

interface SetPinProps {
  readonly app: App;
  /** Why now, where it is not the holder's own idea. */
  readonly why?: string;
  readonly done: () => void;
}

/** From the owner's touch to a vault under another PIN. */
export function SetPin({ app, why, done }: SetPinProps) {
  const opened = useSignal<Relockable | null>(null);
  const trouble = useSignal<UnlockTrouble | null>(null);
  const busy = useSignal(false);
  const open = async (): Promise<void> => {
    const face = app.face.value;
    const came = face === null ? 'wrong_passkey' : await openToRelock(app.phone, face);
    trouble.value = typeof came === 'string' ? came : null;
    opened.value = typeof came === 'string' ? null : came;
  };
  const set = async (relockable: Relockable, pin: string): Promise<void> => {
    busy.value = true;
    await setPin(app.phone, relockable, pin);
    await app.look();
    await app.household.changed();
    done();
  };
  const now = opened.value;
  const has = app.face.value?.lock.pin !== undefined;
  return (
    <Page
      title={say(has ? 'wallet.pin.change' : 'wallet.pin.set')}
      onBack={app.back}
      {...(now === null && {
        actions: (
          <Button kind="main" icon="lock" onClick={() => void open()}>
            {say('wallet.show.unlock')}
          </Button>
        ),
      })}
    >
      {now === null && why !== undefined && <p>{why}</p>}
      {now === null && <p>{say('wallet.pin.what')}</p>}
      {now === null && trouble.value !== null && <Note kind="wrong" text={wordsOf(trouble.value)} />}
      {busy.value && <p role="status">{say('wallet.pin.sealing')}</p>}
      {now !== null && !busy.value && <ChoosePin choose={(pin) => void set(now, pin)} />}
    </Page>
  );
}

function wordsOf(trouble: UnlockTrouble): string {
  if (trouble === 'wrong_passkey') return say('wallet.show.wrong_passkey');
  return trouble === 'refused' ? say('wallet.pin.locked') : say('wallet.sign_in.unsupported');
}
