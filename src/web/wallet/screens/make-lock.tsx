import { useSignal } from '@preact/signals';
import { Button } from '../../design/button.tsx';
import type { App } from '../device/app.ts';
import type { LockTrouble } from '../enrol.ts';
import { say } from '../say.ts';
import { Note, Page } from './page.tsx';

interface MakeLockProps {
  readonly app: App;
  readonly wrong: LockTrouble | null;
  readonly make: () => Promise<void>;
}

/** The passkey that locks this phone's wallet. */
export function MakeLock({ app, wrong, make }: MakeLockProps) {
  const busy = useSignal(false);
  const run = async (): Promise<void> => {
    busy.value = true;
    await make();
    busy.value = false;
  };
  const supported = app.phone.passkeys.supported;
  return (
    <Page
      title={say('wallet.enrol.lock')}
      actions={
        <Button kind="main" icon="lock" busy={busy.value} disabled={!supported} onClick={() => void run()}>
          {say('wallet.enrol.lock.do')}
        </Button>
      }
    >
      <p>{say('wallet.enrol.lock.what')}</p>
      {!supported && <Note kind="wrong" text={say('wallet.enrol.lock.unsupported')} />}
      {wrong !== null && <Note kind="wrong" text={wordsOf(wrong)} />}
    </Page>
  );
}

function wordsOf(wrong: LockTrouble): string {
  if (wrong === 'refused' || wrong === 'unsupported') return say(`wallet.enrol.lock.${wrong}`);
  return say(`wallet.enrol.trouble.${wrong}`);
}
