import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { listed, locale, sayAll } from '../../language/language.ts';
import { timeOfDay } from '../../language/words.ts';
import { findChoice } from '../choice.ts';
import type { App } from '../device/app.ts';
import type { Entry } from '../history.ts';
import { say } from '../say.ts';
import { titleOf } from '../showing-view.ts';
import { Note, Page } from './page.tsx';
import { Unlocking, useVault } from './unlocking.tsx';
import { learned, named } from './words.ts';

/** Who asked, what, and what they learned: on this phone and nowhere else. */
export function History({ app }: { readonly app: App }) {
  const lock = useVault(app);
  const entries = useSignal<readonly Entry[] | null>(null);
  const sure = useSignal(false);
  const vault = lock.vault.value;
  useEffect(() => {
    void vault?.history().then((read) => {
      entries.value = read;
    });
  }, [vault]);
  const erase = async (): Promise<void> => {
    await vault?.eraseHistory();
    entries.value = [];
    sure.value = false;
    app.notice.value = say('wallet.history.erased');
  };
  const some = (entries.value?.length ?? 0) > 0;
  const eraseButton = (
    <Button kind="danger" onClick={() => (sure.value = true)}>
      {say('wallet.history.erase')}
    </Button>
  );
  return (
    <Page title={say('wallet.history.title')} onBack={app.back} {...(some && { actions: eraseButton })}>
      <p class="muted">{say('wallet.history.where')}</p>
      {app.notice.value !== '' && <Note text={app.notice.value} />}
      {vault === null && <Unlocking lock={lock} words={say('wallet.history.locked')} />}
      {entries.value !== null && <Entries app={app} entries={entries.value} />}
      {sure.value && (
        <Dialog
          title={say('wallet.history.erase')}
          onClose={() => (sure.value = false)}
          actions={
            <Button kind="danger" onClick={() => void erase()}>
              {say('wallet.history.erase.do')}
            </Button>
          }
        >
          <p>{say('wallet.history.erase.sure')}</p>
        </Dialog>
      )}
    </Page>
  );
}

function Entries({ app, entries }: { readonly app: App; readonly entries: readonly Entry[] }) {
  if (entries.length === 0) return <p>{say('wallet.history.empty')}</p>;
  const days = grouped(entries);
  return (
    <>
      {[...days].map(([day, those]) => (
        <section key={day} class="day">
          <h2>{day}</h2>
          <ul>
            {those.map((entry) => (
              <Line key={entry.id} app={app} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Line({ app, entry }: { readonly app: App; readonly entry: Entry }) {
  const { shop, asked, told, kind } = entry;
  const choice = findChoice(app.face.value?.claims ?? [], entry.choice);
  const what = {
    shown: () => say('wallet.history.shown'),
    refused: () => say('wallet.history.refused', { shop: shop?.name ?? '' }),
    told: () => say('wallet.history.told', { shop: shop?.name ?? '', claims: listed(told.map(learned)) }),
  }[kind];
  return (
    <li class="entry">
      <p class="entry-head">
        <time class="figures" dateTime={entry.at}>
          {timeOfDay(new Date(entry.at), locale())}
        </time>
        <span>{choice === null ? listed(asked.map(named)) : sayAll(titleOf(choice))}</span>
      </p>
      <p>{what()}</p>
      {kind === 'refused' && (
        <p class="muted">{say('wallet.history.asked', { claims: listed(asked.map(named)) })}</p>
      )}
      {shop !== null && (
        <Button kind="quiet" onClick={() => app.go({ at: 'report', entry: { shop, asked } })}>
          {say('wallet.used.report')}
        </Button>
      )}
    </li>
  );
}

function dayOf({ at }: Entry): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'full' }).format(new Date(at));
}

function grouped(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) days.set(dayOf(entry), [...(days.get(dayOf(entry)) ?? []), entry]);
  return days;
}
