import { Button } from '../../design/button.tsx';
import type { App } from '../device/app.ts';
import { say } from '../say.ts';
import { Page } from './page.tsx';

const PARTS = ['show', 'learn', 'service', 'offline'] as const;

/** What the wallet does and what it does not, in a few sentences. */
export function Help({ app }: { readonly app: App }) {
  const lock = app.face.value?.lock ?? null;
  return (
    <Page
      title={say('wallet.help.title')}
      onBack={app.back}
      actions={<Button onClick={() => app.go({ at: 'lost' })}>{say('wallet.empty.lost')}</Button>}
    >
      {PARTS.map((part) => (
        <section key={part} class="stack-small">
          <h2>{say(`wallet.help.${part}`)}</h2>
          <p>{say(`wallet.help.${part}.what`)}</p>
        </section>
      ))}
      {lock !== null && (
        <section class="stack-small">
          <h2>{say('wallet.help.lock')}</h2>
          <p>{say(`wallet.help.${lock.kind}${lock.pin === undefined ? '' : '_pin'}.what`)}</p>
        </section>
      )}
    </Page>
  );
}
