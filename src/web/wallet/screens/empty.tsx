import { useSignal } from '@preact/signals';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { LanguageSwitch } from '../../language/language-switch.tsx';
import type { App } from '../device/app.ts';
import { keepsApart } from '../device/ios.ts';
import { readOfferLink } from '../offer.ts';
import type { Whose } from '../roster.ts';
import { say } from '../say.ts';
import { Note, Page } from './page.tsx';

/** A phone that holds nothing: how something comes onto it, and what to do about one that was lost. */
export function Empty({ app }: { readonly app: App }) {
  return (
    <Page
      title={say('wallet.title')}
      aside={<LanguageSwitch />}
      actions={
        <>
          <Button kind="main" icon="scan" onClick={() => app.go({ at: 'scan' })}>
            {say('wallet.empty.scan')}
          </Button>
          <div class="pair">
            <Button kind="quiet" onClick={() => app.go({ at: 'return' })}>
              {say('wallet.empty.return')}
            </Button>
            <Button kind="quiet" onClick={() => app.go({ at: 'lost' })}>
              {say('wallet.empty.lost')}
            </Button>
          </div>
        </>
      }
    >
      {!app.online.value && <Note text={say('wallet.offline')} />}
      <section class="blank">
        <h2>{say('wallet.empty.title')}</h2>
        <p>{say('wallet.empty.what')}</p>
        {keepsApart() && <Note text={`${say('wallet.ios.title')}. ${say('wallet.ios.what')}`} />}
      </section>
      <Paste app={app} />
    </Page>
  );
}

/** The link of an offer by hand. */
export function Paste({ app, whose }: { readonly app: App; readonly whose?: Whose | undefined }) {
  const text = useSignal('');
  const wrong = useSignal(false);
  const open = (event: Event): void => {
    event.preventDefault();
    const link = readOfferLink(text.value);
    wrong.value = link === null;
    if (link !== null) app.go({ at: 'enrol', offer: link, ...(whose && { whose }) });
  };
  return (
    <form class="paste" onSubmit={open}>
      <Field
        label={say('wallet.empty.paste')}
        wrong={wrong.value ? say('wallet.empty.paste.wrong') : null}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
        inputMode="url"
        autocomplete="off"
        dir="ltr"
      />
      <Button type="submit">{say('wallet.empty.open')}</Button>
    </form>
  );
}
