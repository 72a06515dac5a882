import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Id } from '../../../kernel/ids.ts';
import type { getPerson } from '../../../people/endpoints.ts';
import { Button } from '../../design/button.tsx';
import { sayAll } from '../../language/language.ts';
import type { Said } from '../../language/words.ts';
import { statusName } from '../names.ts';
import type { Office } from '../office.ts';
import { Note } from '../parts/note.tsx';
import { Panel } from '../parts/panel.tsx';
import { say } from '../say.ts';
import { dayText } from '../times.ts';
import { troubleOf } from '../trouble.ts';
import { OfferSection } from './offer-section.tsx';
import { nameOf, type Person } from './person.ts';
import { StateBadge } from './state-badge.tsx';
import { WalletList } from './wallet-list.tsx';

interface PersonProps {
  readonly office: Office;
  readonly id: Id<'person'>;
  /** Entered a moment ago. */
  readonly isNew: boolean;
  readonly mayWrite: boolean;
}

/** One person: what is known, the offer, and the phones. */
export function PersonPanel({ office, id, isNew, mayWrite }: PersonProps) {
  const person = useSignal<Person | null>(null);
  const wrong = useSignal<Said | null>(null);
  const read = async (): Promise<void> => {
    const found = await office.call<typeof getPerson>('GET /v1/people/{id}', { params: { id } });
    wrong.value = found.kind === 'answered' ? null : troubleOf(found);
    if (found.kind === 'answered') person.value = found.body;
  };
  useEffect(() => void read(), []);
  const back = { to: { at: 'people', panel: null }, words: say('admin.people.back') } as const;
  if (person.value === null) {
    return (
      <Panel title={say(wrong.value === null ? 'admin.loading' : 'admin.part.people')} back={back}>
        <Note kind="wrong" text={wrong.value && sayAll(wrong.value)} />
        {wrong.value !== null && <Button onClick={() => void read()}>{say('admin.again')}</Button>}
      </Panel>
    );
  }
  const name = nameOf(person.value);
  return (
    <Panel key="there" title={<bdi>{name}</bdi>} back={back}>
      <Note kind="done" text={isNew ? say('admin.new.entered', { name }) : null} />
      <Known person={person.value} />
      {mayWrite && <OfferSection office={office} person={person.value} onRefused={() => void read()} />}
      <WalletList office={office} person={person.value} mayLock={mayWrite} />
    </Panel>
  );
}

function Known({ person }: { readonly person: Person }) {
  const { birth_date, statuses, has_portrait, external_id, state } = person;
  return (
    <dl class="known">
      <Fact name={say('admin.person.born')}>{dayText(birth_date)}</Fact>
      <Fact name={say('admin.person.statuses')}>
        {statuses.length === 0 && say('admin.person.no_statuses')}
        {statuses.map(({ type, until }) => (
          <span class="known-line" key={type}>
            {say('admin.person.until', { status: sayAll(statusName(type)), date: dayText(until) })}
          </span>
        ))}
      </Fact>
      <Fact name={say('admin.person.portrait')}>
        {say(has_portrait ? 'admin.person.has_portrait' : 'admin.person.no_portrait')}
      </Fact>
      {external_id !== null && (
        <Fact name={say('admin.person.number')}>
          <bdi>{external_id}</bdi>
        </Fact>
      )}
      <Fact name={say('admin.person.state')}>
        <StateBadge state={state} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
