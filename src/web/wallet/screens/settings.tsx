import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { LanguageSwitch } from '../../language/language-switch.tsx';
import type { App } from '../device/app.ts';
import { enter } from '../enter.ts';
import { momentInFull } from '../moment.ts';
import { say } from '../say.ts';
import { endOne, type OwnSession, ownSessions } from '../sessions.ts';
import type { Session } from '../vault.ts';
import { Note, Page } from './page.tsx';
import { PeopleSection } from './people-section.tsx';
import { Unlocking, useVault } from './unlocking.tsx';

export function Settings({ app }: { readonly app: App }) {
  return (
    <Page title={say('wallet.settings.title')} onBack={app.back}>
      {app.notice.value !== '' && <Note text={app.notice.value} />}
      <section class="stack-small">
        <h2>{say('wallet.settings.language')}</h2>
        <LanguageSwitch />
      </section>
      <Storage />
      <Sessions app={app} />
      {app.face.value !== null && <PeopleSection app={app} />}
      <section class="stack-small">
        <h2>{say('wallet.settings.wallets')}</h2>
        <Button onClick={() => app.go({ at: 'return' })}>{say('wallet.settings.wallets.do')}</Button>
      </section>
    </Page>
  );
}

/** Whether the browser may throw the wallet away, and asking it not to. */
function Storage() {
  const kept = useSignal<boolean | null>(null);
  useEffect(() => {
    void navigator.storage?.persisted?.().then((is) => {
      kept.value = is;
    });
  }, []);
  const ask = async (): Promise<void> => {
    kept.value = (await navigator.storage?.persist?.()) ?? false;
  };
  return (
    <section class="stack-small">
      <h2>{say('wallet.settings.storage')}</h2>
      {kept.value === true && <p>{say('wallet.settings.persisted')}</p>}
      {kept.value === false && (
        <>
          <p>{say('wallet.settings.not_persisted')}</p>
          <Button onClick={() => void ask()}>{say('wallet.settings.persist')}</Button>
        </>
      )}
      <p class="muted">{say('wallet.settings.open')}</p>
    </section>
  );
}

type Listed = readonly OwnSession[] | 'stale' | 'failed';

/** Who is signed in. The token that asks lies in the vault, so the vault is opened first. */
function Sessions({ app }: { readonly app: App }) {
  const lock = useVault(app);
  const session = useSignal<Session | null>(null);
  const list = useSignal<Listed | null>(null);
  const read = async (with_: Session | null): Promise<void> => {
    session.value = with_;
    list.value = with_ === null ? 'stale' : ((await ownSessions(app.phone, with_)) ?? 'failed');
  };
  const vault = lock.vault.value;
  useEffect(() => {
    void vault?.session().then(read);
  }, [vault]);
  return (
    <section class="stack-small">
      <h2>{say('wallet.settings.sessions')}</h2>
      <p>{say('wallet.settings.sessions.what')}</p>
      {vault === null && <Unlocking lock={lock} words={say('wallet.settings.sessions.show')} />}
      {list.value === 'failed' && <Note kind="wrong" text={say('wallet.settings.sessions.failed')} />}
      {list.value === 'stale' && <SignInAgain app={app} then={read} />}
      {typeof list.value === 'object' && list.value !== null && session.value !== null && (
        <SessionList app={app} session={session.value} list={list.value} again={read} />
      )}
    </section>
  );
}

interface AgainProps {
  readonly app: App;
  readonly then: (session: Session) => Promise<void>;
}

function SignInAgain({ app, then }: AgainProps) {
  const wrong = useSignal('');
  const run = async (): Promise<void> => {
    const face = app.face.value;
    const inside = face === null ? 'wrong_passkey' : await enter(app.phone, face);
    if (typeof inside === 'string') wrong.value = say(`wallet.sign_in.${inside}`);
    else await then(inside.session);
  };
  return (
    <>
      <p>{say('wallet.settings.sessions.none')}</p>
      <Button onClick={() => void run()}>{say('wallet.return.sign_in')}</Button>
      {wrong.value !== '' && <Note kind="wrong" text={wrong.value} />}
    </>
  );
}

interface SessionListProps {
  readonly app: App;
  readonly session: Session;
  readonly list: readonly OwnSession[];
  readonly again: (session: Session) => Promise<void>;
}

function SessionList({ app, session, list, again }: SessionListProps) {
  const end = async (one: OwnSession): Promise<void> => {
    await endOne(app.phone, session, one);
    await again(session);
  };
  return (
    <ul class="rows">
      {list.map((one) => {
        const date = momentInFull(new Date(one.verified_at));
        return (
          <li key={one.id} class="row">
            <p>{say('wallet.settings.session', { date })}</p>
            {one.current ? (
              <p class="muted">{say('wallet.settings.session.this')}</p>
            ) : (
              <Button onClick={() => void end(one)}>{say('wallet.settings.session.end', { date })}</Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
