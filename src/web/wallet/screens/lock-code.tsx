import { Button } from '../../design/button.tsx';
import type { App } from '../device/app.ts';
import { say } from '../say.ts';
import { Page } from './page.tsx';
import { StockProgress } from './stock-progress.tsx';

/** The code that locks this wallet from elsewhere: seen now, on paper afterwards, and nowhere else. */
export function LockCode({ app, lockCode }: { readonly app: App; readonly lockCode: string | null }) {
  const done = (): void => {
    void app.household.show(app).then(() => app.go({ at: 'home' }));
  };
  if (lockCode === null) {
    return (
      <Page title={say('wallet.home.title')} actions={<Button onClick={done}>{say('wallet.home')}</Button>}>
        <p>{say('wallet.home.refilled')}</p>
      </Page>
    );
  }
  return (
    <Page
      title={say('wallet.enrol.lock_code')}
      actions={
        <>
          <Button kind="main" onClick={done}>
            {say('wallet.enrol.written')}
          </Button>
          <Button onClick={() => print()}>{say('wallet.enrol.print')}</Button>
        </>
      }
    >
      <p class="lock-code figures" dir="ltr">
        {lockCode}
      </p>
      <p>{say('wallet.enrol.lock_code.what')}</p>
      <p>{say('wallet.enrol.lock_code.where')}</p>
      <StockProgress app={app} />
      <p class="printed">
        {say('wallet.enrol.print.where', { address: `${location.origin}${location.pathname}` })}
      </p>
    </Page>
  );
}
