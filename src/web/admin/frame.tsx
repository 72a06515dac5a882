import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { Icon, type IconName } from '../design/icon.tsx';
import { sayAll } from '../language/language.ts';
import { LanguageSwitch } from '../language/language-switch.tsx';
import type { Said } from '../language/words.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { listenForShortcuts } from './device/shortcuts.ts';
import { LogScreen } from './log/log-screen.tsx';
import type { Office } from './office.ts';
import type { Officer } from './officer.ts';
import { OverviewScreen } from './overview/overview-screen.tsx';
import { Note } from './parts/note.tsx';
import { PeopleScreen } from './people/people-screen.tsx';
import { PoliciesScreen } from './policies/policies-screen.tsx';
import { ReportsScreen } from './reports-screen.tsx';
import { partsOf, type Route, routeFor } from './route.ts';
import { say } from './say.ts';
import { SettingsScreen } from './settings/settings-screen.tsx';
import { TillsScreen } from './tills/tills-screen.tsx';

interface FrameProps {
  readonly office: Office;
  readonly officer: Officer;
}

/** The console: the parts that the officer's role may see, and the one that the address names. */
export function Frame({ office, officer }: FrameProps) {
  const hash = useHash();
  const route = routeFor(hash, officer);
  const Letter = office.letter.value;
  useEffect(listenForShortcuts, []);
  return (
    <>
      <div class="frame">
        <button class="skip" type="button" onClick={() => document.getElementById('content')?.focus()}>
          {say('admin.skip')}
        </button>
        <header class="rail">
          <p class="brand">Counterproof</p>
          <Parts officer={officer} at={route.at} />
          <Who office={office} officer={officer} />
        </header>
        <main id="content" class="content" tabIndex={-1}>
          <Screen office={office} officer={officer} route={route} />
        </main>
        {office.confirming.value !== null && <ConfirmDialog office={office} />}
      </div>
      {Letter !== null && <div class="letter">{Letter()}</div>}
    </>
  );
}

function Screen({ office, officer, route }: FrameProps & { readonly route: Route }) {
  switch (route.at) {
    case 'overview':
      return <OverviewScreen office={office} officer={officer} />;
    case 'people':
      return <PeopleScreen office={office} officer={officer} panel={route.panel} />;
    case 'tills':
      return <TillsScreen office={office} officer={officer} retailer={route.retailer} />;
    case 'policies':
      return <PoliciesScreen office={office} officer={officer} policy={route.policy} />;
    case 'reports':
      return <ReportsScreen office={office} />;
    case 'log':
      return <LogScreen office={office} />;
    case 'settings':
      return <SettingsScreen key={route.tab} office={office} officer={officer} tab={route.tab} />;
  }
}

const ICONS: Readonly<Record<Route['at'], IconName>> = {
  overview: 'chart',
  people: 'person',
  tills: 'till',
  policies: 'rules',
  reports: 'help',
  log: 'ledger',
  settings: 'settings',
};

function Parts({ officer, at }: { readonly officer: Officer; readonly at: Route['at'] }) {
  const list = useRef<HTMLUListElement>(null);
  // Where the parts stand in a row that is too long, the one that is open is in view.
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at]);
  return (
    <nav aria-label={say('admin.parts')}>
      <ul class="parts" ref={list}>
        {partsOf(officer).map((part) => (
          <li key={part.at}>
            <a href={`#${part.at}`} aria-current={part.at === at ? 'page' : undefined}>
              <Icon name={ICONS[part.at]} size={20} />
              {say(`admin.part.${part.at}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Who({ office, officer }: FrameProps) {
  const wrong = useSignal<Said | null>(null);
  const busy = useSignal(false);
  const leave = async (): Promise<void> => {
    busy.value = true;
    wrong.value = await office.signOut();
    busy.value = false;
  };
  return (
    <div class="who">
      <p class="who-name">
        <bdi>{officer.name}</bdi> <span class="quiet">{say(`admin.role.${officer.role}`)}</span>
      </p>
      <LanguageSwitch />
      <Button kind="quiet" icon="leave" busy={busy.value} onClick={() => void leave()}>
        {say('admin.sign_out')}
      </Button>
      <Note kind="wrong" text={wrong.value && sayAll(wrong.value)} />
    </div>
  );
}

function useHash(): string {
  const hash = useSignal(location.hash);
  useEffect(() => {
    const follow = (): void => {
      hash.value = location.hash;
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return hash.value;
}
