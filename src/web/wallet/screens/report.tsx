import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { listed } from '../../language/language.ts';
import type { App } from '../device/app.ts';
import type { Entry } from '../history.ts';
import { sendReport } from '../report.ts';
import { say } from '../say.ts';
import { Note, Page } from './page.tsx';
import { named } from './words.ts';

const MOST_WORDS = 500;

/** A nameless word about a shop. */
export function Report({ app, entry }: { readonly app: App; readonly entry: Pick<Entry, 'shop' | 'asked'> }) {
  const id = useId();
  const words = useSignal('');
  const came = useSignal<'sent' | 'failed' | null>(null);
  const { shop, asked } = entry;
  const send = async (): Promise<void> => {
    const sent = shop !== null && (await sendReport(app.phone, { shop: shop.id, asked, words: words.value }));
    came.value = sent ? 'sent' : 'failed';
  };
  const sent = came.value === 'sent';
  return (
    <Page
      title={say('wallet.report.title', { shop: shop?.name ?? '' })}
      onBack={app.back}
      actions={
        sent ? (
          <Button onClick={() => app.go({ at: 'home' })}>{say('wallet.home')}</Button>
        ) : (
          <Button kind="main" onClick={() => void send()}>
            {say('wallet.report.do')}
          </Button>
        )
      }
    >
      {came.value !== null && (
        <Note kind={sent ? 'plain' : 'wrong'} text={say(`wallet.report.${came.value}`)} />
      )}
      {!sent && (
        <>
          <p>{say('wallet.report.asked', { claims: listed(asked.map(named)) })}</p>
          <div class="field">
            <label for={id}>{say('wallet.report.words')}</label>
            <p class="field-hint" id={`${id}-hint`}>
              {say('wallet.report.words.hint')}
            </p>
            <textarea
              id={id}
              aria-describedby={`${id}-hint`}
              rows={4}
              maxLength={MOST_WORDS}
              value={words.value}
              onInput={(event) => (words.value = event.currentTarget.value)}
            />
          </div>
          <p class="muted">{say('wallet.report.what')}</p>
        </>
      )}
    </Page>
  );
}
