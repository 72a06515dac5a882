import { useEffect } from 'preact/hooks';
import { keepFocus } from './device/keep-focus.ts';
import { Frame } from './frame.tsx';
import { Gate } from './gate.tsx';
import { KeepCodes } from './keep-codes.tsx';
import type { Office } from './office.ts';
import { say } from './say.ts';

/** The whole page: the door, or the console behind it. */
export function App({ office }: { readonly office: Office }) {
  const place = office.place.value;
  useEffect(keepFocus, []);
  useEffect(() => {
    document.title = `${say('admin.title')} · Counterproof`;
  });
  if (place.at === 'starting') return <main aria-busy="true" aria-label={say('admin.loading')} />;
  if (place.at === 'codes') return <KeepCodes office={office} place={place} />;
  if (place.at === 'open') return <Frame office={office} officer={place.officer} />;
  return <Gate office={office} place={place} key={place.at} />;
}
