import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { sayAll } from '../../language/language.ts';
import { choicesOf, type Offered, offeredBy } from '../choice.ts';
import type { App } from '../device/app.ts';
import { type Face, runningLow } from '../face.ts';
import { say } from '../say.ts';
import { titleOf } from '../showing-view.ts';
import { signIn } from '../sign-in.ts';
import { openWith } from '../unlock.ts';
import { Note, Page } from './page.tsx';

/** What can be shown, the least first, and whatever is worth knowing before one goes to the till. */
export function Home({ app, face }: { readonly app: App; readonly face: Face }) {
  const now = app.phone.world.now();
  const { usual, more } = choicesOf(face.claims);
  // Whether there is a network, a browser knows only half: asking the issuer tells, and is needed for a code anyway.
  useEffect(() => void app.reach(), []);
  const few = runningLow(face, now).length > 0;
  return (
    <Page
      title={face.name ?? say('wallet.title')}
      aside={<SettingsButton app={app} />}
      actions={<Ways app={app} />}
    >
      {!app.online.value && <Note text={say('wallet.offline')} />}
      {app.notice.value !== '' && <Note text={app.notice.value} />}
      <section class="offers" aria-labelledby="offers">
        <h2 id="offers">{say('wallet.home.title')}</h2>
        {usual.length === 0 && <p class="muted">{say('wallet.home.nothing')}</p>}
        {usual.length > 0 && <Choices app={app} offered={offeredBy(face, usual, now)} />}
        {more.length > 0 && (
          <details class="more">
            <summary>{say('wallet.home.more')}</summary>
            <Choices app={app} offered={offeredBy(face, more, now)} />
          </details>
        )}
      </section>
      {few && app.online.value && <Refill app={app} face={face} />}
    </Page>
  );
}

function Choices({ app, offered }: { readonly app: App; readonly offered: readonly Offered[] }) {
  return (
    <ul class="choices">
      {offered.map(({ choice, left }) => (
        <li key={choice.id}>
          <button
            type="button"
            class="choice"
            disabled={left === 0}
            onClick={() => app.go({ at: 'show', choice })}
          >
            <span class="choice-title">{sayAll(titleOf(choice))}</span>
            <span class="choice-left">
              {left === 0 ? say('wallet.home.none') : say('wallet.home.left', { count: left })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** New copies take a fresh sign-in, and the same touch opens the vault that they go into. */
function Refill({ app, face }: { readonly app: App; readonly face: Face }) {
  const busy = useSignal(false);
  const wrong = useSignal('');
  const run = async (): Promise<void> => {
    busy.value = true;
    wrong.value = '';
    const signed = await signIn(app.phone);
    const vault = typeof signed === 'string' ? signed : await openWith(app.phone, face.lock, signed.touch);
    if (typeof signed === 'string') wrong.value = say(`wallet.sign_in.${signed}`);
    else if (typeof vault === 'string') wrong.value = say('wallet.sign_in.wrong_passkey');
    else {
      await vault.keepSession(signed.session);
      const { refill } = await import('../refill.ts');
      const trouble = await refill(app.phone, vault, signed.session);
      await app.look();
      if (trouble === null) app.notice.value = say('wallet.home.refilled');
      else
        wrong.value =
          trouble === 'stale' ? say('wallet.sign_in.stale') : say(`wallet.enrol.trouble.${trouble}`);
    }
    busy.value = false;
  };
  return (
    <section class="refill">
      <p>{say('wallet.home.low')}</p>
      <Button busy={busy.value} onClick={() => void run()}>
        {say('wallet.home.refill')}
      </Button>
      {wrong.value !== '' && <Note kind="wrong" text={wrong.value} />}
    </section>
  );
}

function SettingsButton({ app }: { readonly app: App }) {
  return (
    <button type="button" class="way" onClick={() => app.go({ at: 'settings' })}>
      <Icon name="settings" />
      <span>{say('wallet.settings')}</span>
    </button>
  );
}

function Ways({ app }: { readonly app: App }) {
  return (
    <nav class="ways" aria-label={say('wallet.title')}>
      <button type="button" class="way" onClick={() => app.go({ at: 'history' })}>
        <Icon name="history" />
        <span>{say('wallet.history')}</span>
      </button>
      <button type="button" class="way" onClick={() => app.go({ at: 'help' })}>
        <Icon name="help" />
        <span>{say('wallet.help')}</span>
      </button>
    </nav>
  );
}
