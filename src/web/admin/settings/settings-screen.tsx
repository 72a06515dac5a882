import type { Office } from '../office.ts';
import type { Officer } from '../officer.ts';
import { hrefOf, type Tab, tabsOf } from '../route.ts';
import { say } from '../say.ts';
import { KeysSheet } from './keys-sheet.tsx';
import { ServiceSheet } from './service-sheet.tsx';
import { StaffSheet } from './staff-sheet.tsx';
import { YouSheet } from './you-sheet.tsx';

interface SettingsProps {
  readonly office: Office;
  readonly officer: Officer;
  readonly tab: Tab;
}

/** Staff, keys, the service, and oneself: as much of it as the role sees. */
export function SettingsScreen({ office, officer, tab }: SettingsProps) {
  const tabs = tabsOf(officer);
  return (
    <section class="sheet">
      <h1>{say('admin.part.settings')}</h1>
      {tabs.length > 1 && (
        <nav aria-label={say('admin.settings.parts')}>
          <ul class="tabs">
            {tabs.map((one) => (
              <li key={one}>
                <a
                  href={hrefOf({ at: 'settings', tab: one })}
                  aria-current={one === tab ? 'page' : undefined}
                >
                  {say(`admin.settings.${one}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {tab === 'staff' && <StaffSheet office={office} officer={officer} />}
      {tab === 'keys' && <KeysSheet office={office} officer={officer} />}
      {tab === 'service' && <ServiceSheet office={office} />}
      {tab === 'you' && <YouSheet office={office} officer={officer} />}
    </section>
  );
}
