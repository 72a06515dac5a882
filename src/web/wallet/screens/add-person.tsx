import { Button } from '../../design/button.tsx';
import type { App } from '../device/app.ts';
import { called } from '../people-words.ts';
import { say } from '../say.ts';
import { Paste } from './empty.tsx';
import { Page } from './page.tsx';
import { SetPin } from './set-pin.tsx';

/** Somebody more on this phone. Whoever is on it has a PIN first: the phone's own lock opens every passkey. */
export function AddPerson({ app }: { readonly app: App }) {
  if (app.face.value?.lock.pin === undefined) {
    return <SetPin app={app} why={say('wallet.people.first_pin', { name: called(app) })} done={() => {}} />;
  }
  return (
    <Page
      title={say('wallet.people.add')}
      onBack={app.back}
      actions={
        <>
          <Button kind="main" icon="scan" onClick={() => app.go({ at: 'scan', whose: 'new' })}>
            {say('wallet.empty.scan')}
          </Button>
          <Button kind="quiet" onClick={() => app.go({ at: 'return', whose: 'new' })}>
            {say('wallet.people.return')}
          </Button>
        </>
      }
    >
      <p>{say('wallet.people.add.what')}</p>
      <Paste app={app} whose="new" />
    </Page>
  );
}
