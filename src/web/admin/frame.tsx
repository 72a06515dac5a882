import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../design/button.tsx';
import { Icon, type IconName } from '../design/icon.tsx';
import { sayAll } from '../language/language.ts';
import { LanguageSwitch } from '../language/language-switch.tsx';
import type { Said } from '../language/words.ts';
import type { Office } from './office.ts';
import type { Officer } from './officer.ts';
import { Empty } from './parts/empty.tsx';
import { Note } from './parts/note.tsx';
import { PeopleScreen } from './people/people-screen.tsx';
import { ReportsScreen } from './reports-screen.tsx';
import { partsOf, type Route, routeFor } from './route.ts';
import { say } from './say.ts';
import { TillsScreen } from './tills/tills-screen.tsx';

interface FrameProps {
  readonly office: Office;
  readonly officer: Officer;
}

/** The console: the parts that the officer's role may see, and the one that the address names. */
export function Frame({ office, officer }: FrameProps) {
  const hash = useHash();
  const route = routeFor(hash, officer);
  return (
    <div class="frame">
      <button class="skip" type="button" onClick={() => document.getElementById('content')?.focus()}>
        {say('admin.skip')}
      </button>
      <header class="rail">
        <p class="brand">Counterproof</p>
        <Parts officer={officer} at={route?.at ?? null} />
        <Who office={office} officer={officer} />
      </header>
      <main id="content" class="content" tabIndex={-1}>
        {route === null ? (
          <Empty title={say('admin.nothing')} />
        ) : (
          <Screen office={office} officer={officer} route={route} />
        )}
      </main>
    </div>
  );
}

function Screen({ office, officer, route }: FrameProps & { readonly route: Route }) {
  if (route.at === 'people') return <PeopleScreen office={office} officer={officer} panel={route.panel} />;
  if (route.at === 'tills')
    return <TillsScreen office={office} officer={officer} retailer={route.retailer} />;
  return <ReportsScreen office={office} />;
}

const ICONS: Readonly<Record<Route['at'], IconName>> = { people: 'person', tills: 'till', reports: 'ledger' };

function Parts({ officer, at }: { readonly officer: Officer; readonly at: Route['at'] | null }) {
  return (
    <nav aria-label={say('admin.parts')}>
      <ul class="parts">
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
