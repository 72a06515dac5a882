import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { sayAll } from '../../language/language.ts';
import { choicesOf, type Offered, offeredBy, passClaimOf } from '../choice.ts';
import type { App } from '../device/app.ts';
import { learnOfPasses, stockIfDue } from '../device/stocking.ts';
import { enter } from '../enter.ts';
import { type Face, passesOf, runningLow } from '../face.ts';
import { called } from '../people-words.ts';
import { say } from '../say.ts';
import { titleOf } from '../showing-view.ts';
import { Note, Page } from './page.tsx';
import { StockSection } from './stock-section.tsx';
import { Who, WhoShows } from './who-shows.tsx';

/** What can be shown, the least first, and whatever is worth knowing before one goes to the till. */
export function Home({ app, face }: { readonly app: App; readonly face: Face }) {
  const now = app.phone.world.now();
  const { usual, more } = choicesOf(face.claims);
  const stocked = passesOf(face).length > 0;
  useEffect(() => {
    // Whoever is about to show a pass asks nobody anything. For a ticket the issuer is needed anyway, and it tells
    // whether there is a network, of which a browser knows only half.
    if (!stocked) void app.reach().then(() => learn(app));
  }, []);
  const few = runningLow(face, now).length > 0;
  const asking = useSignal(false);
  const shared = app.household.holders.value.length > 1;
  const title = shared ? called(app) : (face.name ?? say('wallet.title'));
  return (
    <Page
      title={title}
      {...(shared && { heading: <Who app={app} ask={() => (asking.value = true)} /> })}
      aside={<SettingsButton app={app} />}
      actions={<Ways app={app} />}
    >
      {!app.online.value && <Note text={say(stocked ? 'wallet.offline.passes' : 'wallet.offline')} />}
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
      <StockSection app={app} face={face} />
      {asking.value && <WhoShows app={app} close={() => (asking.value = false)} />}
    </Page>
  );
}

/** A wallet that never heard of passes finds out whether there are any. */
async function learn(app: App): Promise<void> {
  if (app.online.value && app.book.value.seen.length === 0 && app.stocking.value === null) {
    await learnOfPasses(app);
  }
}

function Choices({ app, offered }: { readonly app: App; readonly offered: readonly Offered[] }) {
  const passes = app.book.value.seen.length > 0;
  return (
    <ul class="choices">
      {offered.map((one) => (
        <li key={one.choice.id}>
          <button
            type="button"
            class="choice"
            disabled={one.left === 0 && one.passes === 0}
            onClick={() => app.go({ at: 'show', choice: one.choice, by: wayOf(one, passes) })}
          >
            <span class="choice-title">{sayAll(titleOf(one.choice))}</span>
            <span class="choice-left">{leftOf(one, passes)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Where there are passes, a ticket is something that one asks for. */
function wayOf({ choice }: Offered, passes: boolean): 'pass' | 'ticket' {
  return passes && passClaimOf(choice) !== null ? 'pass' : 'ticket';
}

function leftOf(one: Offered, passes: boolean): string {
  if (one.passes > 0) return say('wallet.home.offline', { count: one.passes });
  if (one.left === 0) return say('wallet.home.none');
  if (wayOf(one, passes) === 'pass') return say('wallet.home.no_pass');
  return say('wallet.home.left', { count: one.left });
}

/** New copies take a fresh sign-in, and the same touch opens the vault that they go into. */
function Refill({ app, face }: { readonly app: App; readonly face: Face }) {
  const busy = useSignal(false);
  const wrong = useSignal('');
  const run = async (): Promise<void> => {
    busy.value = true;
    wrong.value = '';
    const inside = await enter(app.phone, face);
    if (typeof inside === 'string') wrong.value = say(`wallet.sign_in.${inside}`);
    else {
      const { refill } = await import('../refill.ts');
      const trouble = await refill(app.phone, inside.vault, inside.session);
      await app.look();
      if (trouble === null) app.notice.value = say('wallet.home.refilled');
      else
        wrong.value =
          trouble === 'stale' ? say('wallet.sign_in.stale') : say(`wallet.enrol.trouble.${trouble}`);
      if (trouble === null) void stockIfDue(app, inside.vault);
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
